"""The page about flags tells what the program says: reasons, sets and settings."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from evenrise.findings.early_warning.reasons import reason_text
from evenrise.indicators.flags.rules import RULE_SETS
from evenrise.records.settings import DistrictSettings


FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
PAGES = {
    language: (FOLDER / f"early-warning{end}.md").read_text("utf-8")
    for language, end in (("en", ""), ("es", ".es"))
}
REASONS = [
    {
        "measure": "absent_share",
        "value": 6,
        "of": 41,
        "detail": {
            "schools": 1,
            "enrolled": 41,
            "absent": 6,
            "excused": 1,
            "medical": 1,
            "unexcused": 3,
            "last": "2025-10-15",
        },
    },
    {
        "measure": "failing_core",
        "value": 2,
        "of": None,
        "detail": {
            "courses": [
                {"title": title, "mark": "F", "posted_on": "2026-01-13"}
                for title in ("Algebra 1", "English 9")
            ]
        },
    },
    {
        "measure": "incidents",
        "value": 3,
        "of": None,
        "detail": {
            "kinds": [
                {"kind": "suspension", "count": 1, "last": "2025-09-05"},
                {"kind": "minor", "count": 2, "last": "2025-10-02"},
            ],
            "days": 1,
        },
    },
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("reason", REASONS, ids=lambda one: one["measure"])
def test_the_reasons_of_the_page(language, reason):
    told = reason_text(reason)[language].replace("\u00a0", " ")
    assert f"> {told}\n" in PAGES[language].replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_set_is_told(language):
    named = set(re.findall(r"\(`(\w+)`", PAGES[language]))
    assert named == set(RULE_SETS)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_settings_of_the_page_are_read(language, tmp_path):
    (toml,) = re.findall(r"```toml\n(.+?)```", PAGES[language], re.DOTALL)
    path = tmp_path / "district.toml"
    path.write_text(toml, encoding="utf-8")
    own = DistrictSettings.read(path)
    assert tomllib.loads(toml)["incident_kinds"].keys() == own.incident_kinds.keys()
    assert own.thresholds == {
        "early_warning.minimum_days": 10,
        "early_warning.passing_mark": 60,
    }
