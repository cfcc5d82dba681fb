"""The whole folder: every file promised, both languages, nothing hidden in any."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import lxml.html
import pypdf
import pytest

from evenrise.findings.finding import Certainty
from evenrise.publishing.release import publish
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.text import Text
from tests.support.example_review import (
    LEAKS,
    example_review,
    nothing_found_review,
    one_school_review,
)


PROMISED = {
    "index.html",
    "es/index.html",
    "review.pdf",
    "review.es.pdf",
    "board.pptx",
    "board.es.pptx",
    "facts.csv",
    "findings.json",
    "import.json",
}


class Told:
    """Remembers how far the work said it was."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, float, float]] = []

    def step(self, what: str, done: float, total: float) -> None:
        self.steps.append((what, done, total))


def files(out: Path) -> set[str]:
    return {str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()}


def words_of(path: Path) -> str:
    """Everything that a file says, also inside its packed parts."""
    if path.suffix == ".pdf":
        reader = pypdf.PdfReader(path)
        return "\n".join(page.extract_text() for page in reader.pages)
    if path.suffix == ".pptx":
        return packed(path.read_bytes())
    return path.read_text(encoding="utf-8")


def packed(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = []
        for name in archive.namelist():
            part = archive.read(name)
            parts.append(
                packed(part)
                if name.endswith(".xlsx")
                else part.decode("utf-8", "replace")
            )
    return "\n".join(parts)


def test_the_folder_holds_every_file_promised_and_no_other(published):
    assert files(published) == PROMISED


def test_findings_json_is_a_list_in_both_languages(published):
    found = json.loads((published / "findings.json").read_text(encoding="utf-8"))
    assert [one["key"] for one in found] == [
        one.key for one in example_review().findings
    ]
    assert all(one["sentence"]["en"] and one["sentence"]["es"] for one in found)


def test_import_json_is_the_story_of_the_import(published):
    told = json.loads((published / "import.json").read_text(encoding="utf-8"))
    assert told == {"files": []}


def test_nothing_hidden_is_in_any_file(published):
    read = {name: words_of(published / name) for name in PROMISED}
    leaks = {
        (name, leak) for name, text in read.items() for leak in LEAKS if leak in text
    }
    assert leaks == set()
    # The search can find: what is shown is in every file that shows facts.
    assert "1502" in read["facts.csv"]
    for name in ("index.html", "review.pdf", "board.pptx", "es/index.html"):
        assert "1,502" in read[name], name


def test_progress_is_told_from_none_to_all(tmp_path):
    told = Told()
    publish(one_school_review(), tmp_path / "out", import_story={}, progress=told)
    shares = [done / total for _, done, total in told.steps]
    assert shares[0] == 0
    assert shares[-1] == 1
    assert shares == sorted(shares)


@pytest.mark.parametrize("review", [one_school_review, nothing_found_review])
def test_a_small_review_is_published_whole(tmp_path, review):
    out = tmp_path / "out"
    publish(review(), out, import_story={}, progress=Told())
    assert files(out) == PROMISED


def test_a_review_without_findings_says_so_and_praises_nothing(tmp_path):
    out = tmp_path / "out"
    publish(nothing_found_review(), out, import_story={}, progress=Told())
    page = lxml.html.fromstring((out / "index.html").read_bytes())
    said = page.xpath("//p[@class='empty']")[0].text_content()
    assert "not a proof that there is none" in said


def test_a_story_that_two_families_tell_alike_is_told_once(tmp_path):
    review = one_school_review()
    school = review.schools[0].organization_id
    first = replace(
        review.findings[0], key="gap:one", organization_id=school, group="white"
    )
    again = replace(first, key="gap:two", group_family="race_any")
    section = replace(review.sections[0], findings=(first, again))
    review = replace(review, main=(), sections=(section,), findings=(first, again))
    out = tmp_path / "out"
    publish(review, out, import_story={}, progress=Told())
    page = lxml.html.fromstring((out / "index.html").read_bytes())
    assert page.xpath("//li[@id='gap-one']")
    assert not page.xpath("//*[@id='gap-two']")
    assert page.xpath("//dl[@class='schools']//a/@href") == ["#gap-one"]
    keys = [one["key"] for one in json.loads((out / "findings.json").read_text())]
    assert keys == ["gap:one", "gap:two"]


def test_what_is_unclear_is_one_click_away(tmp_path):
    review = one_school_review()
    clear = replace(review.findings[0], key="gap:clear")
    unclear = replace(
        clear,
        key="gap:unclear",
        certainty=Certainty.UNCLEAR,
        sentence=Text("It is unclear.", "No está claro."),
    )
    section = replace(review.sections[0], findings=(unclear, clear))
    review = replace(review, main=(), sections=(section,), findings=(unclear, clear))
    out = tmp_path / "out"
    publish(review, out, import_story={}, progress=Told())
    page = lxml.html.fromstring((out / "index.html").read_bytes())
    assert page.xpath("//details//li[@id='gap-unclear']")
    assert page.xpath("//li[@id='gap-clear'][not(ancestor::details)]")


def test_one_language_alone(tmp_path):
    out = tmp_path / "out"
    publish(
        one_school_review(), out, languages=("es",), import_story={}, progress=Told()
    )
    assert files(out) == {
        name for name in PROMISED if name not in {"review.pdf", "board.pptx"}
    }
    for name in ("index.html", "es/index.html"):
        text = (out / name).read_text(encoding="utf-8")
        assert '<html lang="es">' in text
        for link in re.findall(r'href="([^"#:]+)"', text):
            assert (out / name).parent.joinpath(link).exists(), link


def test_a_review_of_ours_is_replaced_and_nothing_else_is(tmp_path):
    out = tmp_path / "out"
    for _ in range(2):
        publish(one_school_review(), out, import_story={}, progress=Told())
    (out / "notes.txt").write_text("mine")
    with pytest.raises(ArgumentProblem, match=r"notes\.txt"):
        publish(one_school_review(), out, import_story={}, progress=Told())
    assert (out / "notes.txt").read_text() == "mine"
