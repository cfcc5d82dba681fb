"""Texts a spreadsheet would run are found wherever they stand, and nothing else is."""

from __future__ import annotations

import pytest

from tests.unit.records.district import bring_in, folder, written


def _notes(home, names: list[str]) -> list[str]:
    lines = [f'{n:03d},"{name}",high' for n, name in enumerate(names, start=1)]
    schools = "school_id,name,level\n" + "\n".join(lines) + "\n"
    report = bring_in(home / "store", folder(home / "in", schools=schools))
    written(report)
    story = next(one for one in report.files if one.name == "schools.csv")
    return [note.en for note in story.notes if "formula" in note.en]


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd", "-cmd", "="])
def test_a_formula_between_other_names_is_told_with_its_line(tmp_path, cell):
    (note,) = _notes(tmp_path, ["Ash", "Elm", cell, "Yew", "(Oak)"])
    assert "line 4)" in note


@pytest.mark.parametrize(
    "names",
    [
        ["Ash", "Yew"],
        ["-5", "+7", "-.5"],
        ["Ash = Elm", "A@B", "Élan"],
        ["!", "~", "10"],
    ],
)
def test_signed_numbers_and_inner_signs_are_none(tmp_path, names):
    assert _notes(tmp_path, names) == []
