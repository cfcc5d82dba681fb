"""Uploads: safe names, limits with a sentence, nothing served back, nothing left."""

from __future__ import annotations

import stat

import pytest
from django.urls import reverse
from hypothesis import given, strategies as st

from evenrise.workspace.data import uploads
from evenrise.workspace.data.models import Import
from evenrise.workspace.data.uploads import folder_of, safe_name
from tests.web.data.conftest import as_csv, sent


WAITING = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def browser(home, settings, as_person):
    """A steward's browser; the worker does not come."""
    settings.TASKS = WAITING
    return as_person("steward")


def drop(browser, *files, **fields):
    return browser.post(reverse("bring_in"), {"files": list(files), **fields})


def nothing_is_left(home) -> bool:
    return not [path for path in home.uploads.iterdir() if path.is_dir()]


@given(st.text(max_size=300))
def test_any_name_becomes_one_safe_part_of_a_path(name) -> None:
    told = safe_name(name)
    assert told
    assert len(told.encode()) <= 4 * 120
    assert told == told.strip(" .")
    assert not set(told) & set('/\\\x00\n\r:*?"<>|;`$')


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\ana\asistencia año 2026.csv", "asistencia año 2026.csv"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("x" * 300 + ".csv", "x" * 108 + ".csv"),
        ("a\x00b.csv", "a_b.csv"),
    ],
)
def test_names_that_attack_are_only_names(name, told) -> None:
    assert safe_name(name) == told


@pytest.mark.django_db
def test_what_is_dropped_lies_on_the_disk_for_its_owner_alone(browser, rows) -> None:
    content = as_csv(rows("attendance"))
    answer = drop(browser, sent("../a.csv", content), sent("a.csv", content))
    one = Import.objects.get()
    assert answer.url.endswith(one.key)
    folder = folder_of(one.key)
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    assert [path.relative_to(folder).as_posix() for path in found] == [
        "2/a.csv",
        "a.csv",
    ]
    assert [path.read_bytes() for path in found] == [content, content]
    for path in found:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.django_db
def test_nothing_of_an_upload_is_served_back(browser, rows) -> None:
    drop(browser, sent("page.html", b"<script>alert(1)</script>"))
    one = Import.objects.get()
    for address in (
        f"/data/imports/{one.key}/page.html",
        f"/uploads/{one.key}/page.html",
        f"/data/uploads/{one.key}/page.html",
        f"/static/{one.key}/page.html",
    ):
        assert browser.get(address).status_code == 404
    page = browser.get(reverse("import", args=[one.key])).content
    assert b"<script>alert" not in page


@pytest.mark.django_db
def test_a_name_with_letters_of_markup_is_only_a_name(browser) -> None:
    drop(browser, sent('<img src=x onerror="alert(1)">.csv', b"a,b\n1,2\n"))
    one = Import.objects.get()
    page = browser.get(reverse("import", args=[one.key])).content
    assert b"<img" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [("MOST_FILES", 2, "fit into one import"), ("MOST_BYTES", 100, "takes at most")],
)
def test_a_drop_beyond_a_limit_is_told_and_leaves_nothing(
    browser, home, monkeypatch, limit, value, words
) -> None:
    monkeypatch.setattr(uploads, limit, value)
    files = [sent(f"{n}.csv", b"a,b\n" * 20) for n in range(3)]
    answer = drop(browser, *files)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Import.objects.exists()
    assert nothing_is_left(home)


@pytest.mark.django_db
def test_more_files_than_the_framework_takes_are_told(browser, home, settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    answer = drop(browser, *(sent(f"{n}.csv", b"a\n1\n") for n in range(5)))
    assert answer.status_code == 422
    assert "fit into one import" in answer.content.decode()
    assert nothing_is_left(home)


@pytest.mark.django_db
def test_a_full_disk_is_told(browser, home, monkeypatch) -> None:
    monkeypatch.setattr(uploads, "_SPARE", 2**62)
    answer = drop(browser, sent("a.csv", b"a,b\n1,2\n"))
    assert answer.status_code == 422
    assert "nearly full" in answer.content.decode()
    assert nothing_is_left(home)


@pytest.mark.django_db
def test_without_a_file_or_with_a_day_to_come_nothing_begins(browser, home) -> None:
    empty = sent("empty.csv", b"")
    for fields in ({}, {"files": empty}):
        answer = browser.post(reverse("bring_in"), fields)
        assert answer.status_code == 422
        assert "Choose at least one file" in answer.content.decode()
    answer = drop(browser, sent("a.csv", b"a\n1\n"), as_of="2199-01-01")
    assert answer.status_code == 422
    assert "a day that has been" in answer.content.decode()
    assert not Import.objects.exists()
    assert nothing_is_left(home)


@pytest.mark.django_db
def test_a_drop_from_another_site_is_refused_and_leaves_nothing(browser, home) -> None:
    browser.handler.enforce_csrf_checks = True
    answer = drop(browser, sent("a.csv", b"a\n1\n"))
    assert answer.status_code == 403
    assert not Import.objects.exists()
    assert nothing_is_left(home)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role",
    ["superintendent", "cabinet", "principal", "counselor", "teacher", "board"],
)
def test_for_others_the_place_to_drop_is_not_there(home, as_person, role) -> None:
    browser = as_person(role)
    assert browser.get(reverse("bring_in")).status_code == 404
    assert drop(browser, sent("a.csv", b"a\n1\n")).status_code == 404
    assert browser.get(reverse("imports")).status_code == 404
    assert nothing_is_left(home)


def test_an_empty_file_alone_is_told(browser, home) -> None:
    answer = drop(browser, sent("students.csv", b""))
    assert "with something in it" in answer.content.decode()
    assert not Import.objects.exists()
