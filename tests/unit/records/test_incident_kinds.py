"""The kinds of incidents that a district names in its settings."""

from __future__ import annotations

import pytest

from evenrise.records.settings import DistrictSettings
from evenrise.vocabulary.errors import ArgumentProblem


def read(tmp_path, text):
    path = tmp_path / "district.toml"
    path.write_text(text, encoding="utf-8")
    return DistrictSettings.read(path)


def test_codes_are_read_in_small_letters(tmp_path):
    own = read(tmp_path, '[incident_kinds]\nserious = [" Fighting", "WEAPON"]\n')
    assert own.incident_kinds == {"serious": ("fighting", "weapon")}
    assert read(tmp_path, 'name = "Evenside"').incident_kinds == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[incident_kinds]\nbad = ["x"]', "use serious or state_offense"),
        ('[incident_kinds]\nserious = "x"', "must be a list of codes"),
        ("[incident_kinds]\nserious = [1]", "must be a list of codes"),
        ("incident_kinds = 3", "must be a table"),
    ],
)
def test_what_it_may_not_hold(tmp_path, text, told):
    with pytest.raises(ArgumentProblem, match=told):
        read(tmp_path, text)
