"""A Spanish speaking data steward drops broken files and reads only Spanish."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import pytest
from django.urls import reverse

from evenrise.workspace.data.models import Import
from evenrise.workspace.data.states import State
from tests.web.conftest import AS_OF
from tests.web.data.conftest import as_csv, sent


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "at_once")]

ENGLISH = {
    "the", "is", "are", "was", "were", "not", "with", "cannot", "and", "of", "it",
    "line", "lines", "row", "rows", "file", "files", "column", "columns", "again",
    "nothing", "blank", "required", "cells", "header", "empty", "damaged",
    "recognised", "export", "write", "must", "has", "have", "one", "which", "without",
}  # fmt: skip


def _main(html: str) -> str:
    return html[html.index("<main") : html.index("</main")]


def _read(html: str) -> set[str]:
    """The words that a reader of Spanish meets."""
    body = _main(html)
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", body, flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]+>", " ", body))
    text = re.sub(r"\S+\.(csv|zip|xlsx|xml|pdf|toml)\S*", " ", text)  # names of files
    text = re.sub(r"‘[^’]*’", " ", text)  # what a cell held
    return set(re.findall(r"[a-zñáéíóúü]+", text.lower()))


def _zip_of(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, content)
    return out.getvalue()


def _broken(rows) -> list[tuple[str, bytes]]:
    days = rows("attendance")
    bad_rows = [
        *days[:-6],
        dict(days[0], date="tomorrow"),
        dict(days[1], status="hm"),
        dict(days[2], student_id=""),
        days[3],
        days[3],
    ]
    short = as_csv(rows("enrollments")) + b"only,two\n"
    return [
        ("attendance.csv", as_csv(bad_rows)),
        ("enrollments.csv", short),
        ("people.csv", b"name,surname\nAna,Torres\n"),
        ("blank.csv", b""),
        ("report.pdf", b"%PDF-1.7 ..."),
        ("table.csv", b"%PDF-1.7 ..."),
        ("broken.zip", b"PK\x03\x04 nothing of a zip"),
        ("inner.zip", _zip_of("inner.csv", b"")),
        ("book.xlsx", _zip_of("xl/workbook.xml", b"<broken")),
        ("interchange.xml", b"<InterchangeStudent><Student>"),
        ("other.csv", b"colour;taste\nred;sweet\n"),
        ("bytes.csv", b"student_id,date\n\x00\x00\x00\n"),
    ]


def test_a_steward_reads_only_spanish_about_broken_files(as_person, rows):
    browser = as_person("steward", "es")
    files = [sent(name, content) for name, content in _broken(rows)]
    answer = browser.post(
        reverse("bring_in"), {"as_of": AS_OF.isoformat(), "files": files}
    )
    one = Import.objects.get()
    assert one.state == State.READY, one.problem
    story = one.story
    assert story["rows_refused"] >= 4
    problems = [file for file in story["files"] if file["problem"]]
    assert len(problems) >= 9
    page = browser.get(answer.url).content.decode()
    assert 'lang="en"' not in _main(page)
    assert _read(page) & ENGLISH == set()
    for file in problems:
        assert unescape(page).count(file["problem_es"]), file["file"]
    refused = browser.get(reverse("import_refused", args=[one.key]))
    told = refused.content.decode("utf-8-sig")
    assert told.splitlines()[0] == "archivo,línea,columna,motivo"
    reasons = {line.rsplit(",", 1)[-1] for line in told.splitlines()[1:]}
    words = set(re.findall(r"[a-zñáéíóúü]+", " ".join(reasons).lower()))
    assert words & ENGLISH == set()


def test_files_of_which_none_can_be_used_are_refused_in_spanish(as_person, rows):
    browser = as_person("steward", "es")
    files = [
        sent("blank.csv", b""),
        sent("other.csv", b"colour;taste\nred;sweet\n"),
        sent("students.csv", b"name,surname\nAna,Torres\n"),
    ]
    answer = browser.post(
        reverse("bring_in"), {"as_of": AS_OF.isoformat(), "files": files}
    )
    one = Import.objects.get()
    assert one.state == State.REFUSED
    page = browser.get(answer.url).content.decode()
    assert 'lang="en"' not in _main(page)
    assert _read(page) & ENGLISH == set()
    assert "no se reconoció" in page


def test_settings_that_cannot_be_read_are_told_in_spanish(as_person, home):
    (home.store / "district.toml").write_text("[connections.sis\n", encoding="utf-8")
    page = as_person("steward", "es").get(reverse("data")).content.decode()
    assert "No se puede leer el archivo de ajustes" in page
    assert "línea 1" in page
    assert _read(page) & ENGLISH == set()


def test_what_was_read_before_stands_marked_as_english(as_person, rows):
    """Stories kept by an older version have no Spanish: they are not passed off."""
    browser = as_person("steward", "es")
    days = as_csv([*rows("attendance")[:-6], dict(rows("attendance")[0], date="x")])
    browser.post(
        reverse("bring_in"),
        {"as_of": AS_OF.isoformat(), "files": [sent("attendance.csv", days)]},
    )
    one = Import.objects.get()
    for file in one.story["files"]:
        for row in file["refused"]:
            del row["reason_es"]
    one.save(update_fields=["story"])
    page = browser.get(reverse("import", args=[one.key])).content.decode()
    assert '<td lang="en">‘x’ is not a date' in page
