"""Rows of a file that is tried: read as people write them, and said wrong by column."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.tried_file import TriedFileForm
from evenrise.workspace.foundation.tried_rows import (
    ColumnProblem,
    columns_in,
    day_in,
    rows_in,
    whole_in,
    yes_in,
)


def _read(text, most=5, filled=""):
    return rows_in(text, needed=("email", "came"), most=most, filled=filled)


def test_rows_are_read_as_a_spreadsheet_writes_them():
    text = '\ufeff Email ,CAME,note\nana@x.us, yes ,"two\nlines"\nbo@x.us,no,\'=1\n'
    assert columns_in(text) == {"email", "came", "note"}
    assert _read(text) == [
        (3, {"email": "ana@x.us", "came": "yes", "note": "two\nlines"}),
        (4, {"email": "bo@x.us", "came": "no", "note": "=1"}),
    ]


def test_short_and_long_rows_and_what_a_database_cannot_take():
    rows = _read("email,came\nana@x.us\nb\x00o@x.us,yes,more,and more\n")
    assert [row for _line, row in rows] == [
        {"email": "ana@x.us", "came": ""},
        {"email": "bo@x.us", "came": "yes"},
    ]


def test_rows_that_say_nothing_are_passed_over_and_not_counted():
    text = "email,came\n" + "a,\n" * 9 + "b,yes\n"
    assert _read(text, most=1, filled="came") == [(11, {"email": "b", "came": "yes"})]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "lacks these columns: email, came"),
        ("email\na", "lacks these columns: came"),
        ("email,came\n" + "a,yes\n" * 6, "at most 5 rows"),
        ("email,came\n" + "a" * 200_000, "not a CSV file"),
        ("a" * 200_000, "not a CSV file"),
    ],
)
def test_what_is_no_such_file_is_said(text, said):
    with pytest.raises(InputProblem, match=said):
        _read(text)


def test_the_columns_of_what_is_no_file_are_refused_too():
    with pytest.raises(InputProblem, match="not a CSV file"):
        columns_in("a" * 200_000)


def test_a_day_is_read_and_held_against_the_latest():
    today = dt.date(2026, 8, 1)
    assert day_in({"on": "2026-08-01"}, "on", latest=today) == today
    assert day_in({"on": ""}, "on", today) == today
    assert day_in({}, "on", today) == today


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("8/1/2026", "write it as 2026-08-01"),
        ("", "write it as 2026-08-01"),
        ("0026-08-01", "2000 to 2100"),
        ("2026-08-02", "has not come yet"),
    ],
)
def test_a_cell_that_is_no_such_day_names_its_column(text, said):
    with pytest.raises(ColumnProblem, match=said) as found:
        day_in({"held_on": text}, "held_on", latest=dt.date(2026, 8, 1))
    assert found.value.column == "held_on"


def test_a_whole_number_is_read_or_what_is_usual_taken():
    assert whole_in({"n": "3"}, "n", 1, 3, 2) == 3
    assert whole_in({"n": ""}, "n", 1, 3, 9) == 3
    for text in ("0", "4", "1.5", "²", "9" * 40):
        with pytest.raises(ColumnProblem, match="from 1 to 3"):
            whole_in({"n": text}, "n", 1, 3, 2)


def test_yes_and_no_in_both_languages():
    assert [yes_in({"c": text}, "c") for text in ("Sí", "x", "TRUE", "0", "No")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    with pytest.raises(ColumnProblem, match="yes or no"):
        yes_in({"c": "perhaps"}, "c")


class _Small(TriedFileForm):
    largest = 1


def _sent(content: bytes) -> _Small:
    return _Small({"text": ""}, {"file": SimpleUploadedFile("a.csv", content)})


def test_a_form_takes_the_file_or_else_the_text_that_was_tried():
    form = _sent("\ufeffn\nMuñoz".encode())
    assert form.is_valid()
    assert form.whole() == "n\nMuñoz"
    form = _Small({"text": " a\n1"})
    assert form.is_valid()
    assert form.whole() == " a\n1"
    assert not _Small({"text": ""}).is_valid()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"a" * 1_000_001, "larger than 1 MB"), ("Muñoz".encode("cp1252"), "UTF-8")],
)
def test_a_form_refuses_what_it_cannot_read(content, said):
    assert said in str(_sent(content).errors["file"])
