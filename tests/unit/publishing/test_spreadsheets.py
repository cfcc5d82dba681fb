"""No cell that leaves the house is a formula, whoever wrote it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import evenrise
from evenrise.publishing.spreadsheets import FORMULA, as_csv, safe_cell, safe_text


RUNS = [
    "=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\nabc", " =1", "   @x",
    "＝1", "＋1", "－1", "＠x", "\x00=1", " \t -1",
]  # fmt: skip
FINE = ["Ana", "", "a=b", "'=1", "12", "O'Neil", "¡Hola!", "3-4"]


@pytest.mark.parametrize("text", RUNS)
def test_what_would_run_is_marked_as_text(text):
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", FINE)
def test_what_would_not_run_is_left_alone(text):
    assert safe_text(text) == text


@pytest.mark.parametrize("text", [*RUNS, *FINE])
def test_a_column_is_judged_as_a_cell_is(text):
    column = pc.match_substring_regex(pa.array([text]), FORMULA)
    assert column[0].as_py() == (safe_text(text) != text)


def test_numbers_of_ours_stay_numbers():
    told = [safe_cell(one) for one in (None, -3, -0.5, 12.0, True)]
    assert told == ["", "-3", "-0.5", "12", "True"]


def test_a_file_opens_with_its_accents():
    content = as_csv(["año", "motivo"], [["2026", "=HYPERLINK(1)"]])
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert content.startswith(b"\xef\xbb\xbf")
    assert read == [["año", "motivo"], ["2026", "'=HYPERLINK(1)"]]


def test_the_guard_stands_in_one_place():
    source = Path(evenrise.__file__).parent
    guards = [
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if re.search(r"＝|\\uff1d", path.read_text(encoding="utf-8"))
    ]
    # Plans are read back from their files: there the mark must also be taken off.
    assert set(guards) <= {
        "publishing/spreadsheets.py",
        "workspace/plans/exchange/csv_file.py",
    }
