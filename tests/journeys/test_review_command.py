"""The main job as a person does it: one command on a real district's public files.

The figures are those that ../shared/data/README.md gives for the district.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import real_data


DISTRICT = "1964980"
FOLDERS = (
    "ca_smmusd_suspension_2019-24",
    "ca_cde_acgr_2018-19",
    "ca_cde_dropouts_2016-17",
)
NAMES = "ca_caaspp_2022_lookups"
WRITTEN = {
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
FACT_HEADER = (
    "indicator,definition_version,authority,school_year,level,organization_id,"
    "organization_name,group_family,group,numerator,denominator,value,lower,upper,"
    "status,source_file,snapshot"
)


def review(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evenrise", "review", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The review of Santa Monica-Malibu, by name, from four folders."""
    out = tmp_path_factory.mktemp("review") / "smmusd"
    folders = [real_data(folder) for folder in (*FOLDERS, NAMES)]
    done = review(*folders, "--district", "Santa Monica-Malibu Unified", "--out", out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def facts(made: Path) -> list[dict[str, str]]:
    with (made / "facts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def findings(made: Path) -> list[dict]:
    return json.loads((made / "findings.json").read_text(encoding="utf-8"))


def test_everything_promised_is_written_and_nothing_else(made: Path) -> None:
    found = {
        path.relative_to(made).as_posix()
        for path in made.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert found == WRITTEN
    with (made / "facts.csv").open(encoding="utf-8") as file:
        assert file.readline().strip().replace('"', "") == FACT_HEADER


@pytest.mark.parametrize(
    ("indicator", "year", "group", "counts"),
    [
        ("suspension", "2020", "all", (165, 10637)),
        ("suspension", "2022", "all", (222, 9582)),
        ("suspension", "2023", "all", (192, 9118)),
        ("suspension", "2024", "all", (164, 8918)),
        ("suspension", "2024", "male", (116, 4581)),
        ("suspension", "2024", "female", (48, 4314)),
        ("suspension", "2024", "disability", (53, 1502)),
        ("suspension", "2024", "low_income", (95, 2755)),
        ("graduation", "2019", "female", (416, 444)),
        ("graduation", "2019", "male", (418, 445)),
        ("graduation", "2019", "hispanic", (257, 281)),
        ("graduation", "2019", "white", (377, 400)),
        ("graduation", "2019", "asian", (56, 57)),
        ("dropout", "2017", "all", (32, 3542)),
        ("dropout", "2017", "hispanic", (12, 1146)),
        ("dropout", "2017", "white", (8, 1602)),
        ("dropout", "2017", "black", (5, 273)),
    ],
)
def test_the_known_figures_of_the_district(
    facts, indicator: str, year: str, group: str, counts: tuple[int, int]
) -> None:
    (row,) = [
        row
        for row in facts
        if (row["indicator"], row["school_year"], row["group"])
        == (indicator, year, group)
        and (row["level"], row["organization_id"]) == ("district", DISTRICT)
    ]
    assert (float(row["numerator"]), float(row["denominator"])) == counts
    assert row["status"] == "reported"
    assert row["organization_name"] == "Santa Monica-Malibu Unified"
    assert float(row["lower"]) <= float(row["value"]) <= float(row["upper"])
    assert row["source_file"]


def test_the_state_stands_beside_the_district(facts) -> None:
    (state,) = [
        row
        for row in facts
        if (row["indicator"], row["level"], row["group"]) == ("dropout", "state", "all")
    ]
    assert (float(state["numerator"]), float(state["denominator"])) == (47249, 1945401)


def test_the_suspension_file_s_false_zeros_are_suppressed(facts) -> None:
    foster = [
        row
        for row in facts
        if (row["indicator"], row["school_year"], row["group"])
        == ("suspension", "2024", "foster")
    ]
    assert foster
    assert {row["status"] for row in foster} == {"suppressed"}
    assert {row["numerator"] for row in foster} == {""}


def test_the_a_g_rate_is_a_question_and_no_finding(findings) -> None:
    about = [one for one in findings if one["indicator"] == "a_g_completion"]
    assert {one["kind"] for one in about} == {"data_quality"}
    of_district = [one for one in about if one["organization_id"] == DISTRICT]
    assert of_district
    assert "4.2" in of_district[0]["sentence"]["en"]
    assert "?" in of_district[0]["sentence"]["en"]


def test_a_finding_has_the_promised_shape(findings) -> None:
    promised = {
        "key", "kind", "indicator", "school_year", "organization_id", "group",
        "reference", "estimate", "students", "evidence", "caveats", "sentence",
    }  # fmt: skip
    for finding in findings:
        assert promised <= set(finding)
        assert set(finding["sentence"]) == {"en", "es"}
        if finding["estimate"] is not None:
            assert {"value", "lower", "upper", "n"} <= set(finding["estimate"])


def test_boys_were_suspended_more_often_by_65_students(findings) -> None:
    (boys,) = [
        one
        for one in findings
        if one["kind"] == "gap"
        and one["group"] == "male"
        and one["indicator"] == "suspension"
        and one["organization_id"] == DISTRICT
    ]
    # 116 of 4,581 against 48 of the 4,337 others: 116 - 4581 * 48 / 4337 = 65.3
    assert boys["students"] == 65
    assert "116" in boys["sentence"]["es"]


def test_every_file_s_story_is_told(made: Path) -> None:
    story = json.loads((made / "import.json").read_text(encoding="utf-8"))
    files = {one["file"]: one for one in story["files"]}
    assert files["dropouts17.txt"]["rows_read"] == 59599
    assert all(one["rows_refused"] == 0 for one in story["files"])
    assert all(len(one["sha256"]) == 64 for one in story["files"])


def test_without_names_the_code_does_the_same(made, facts, tmp_path) -> None:
    out = tmp_path / "by-code"
    done = review(
        *(real_data(folder) for folder in FOLDERS), "--district", DISTRICT, "--out", out
    )
    assert done.returncode == 0, done.stderr
    with (out / "facts.csv").open(encoding="utf-8", newline="") as file:
        mine = list(csv.DictReader(file))
    cut = ("indicator", "school_year", "organization_id", "group", "numerator", "value")
    assert {tuple(r[c] for c in cut) for r in mine} == {
        tuple(r[c] for c in cut) for r in facts
    }


def test_the_folder_is_replaced_whole_and_strangers_folders_are_not(
    made: Path, tmp_path: Path
) -> None:
    stranger = tmp_path / "mine"
    stranger.mkdir()
    (stranger / "thesis.txt").write_text("years of work")
    done = review(real_data(FOLDERS[0]), "--out", stranger)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert (stranger / "thesis.txt").read_text() == "years of work"
    again = review(
        real_data(FOLDERS[0]), "--out", made.parent / "second", "--lang", "es"
    )
    assert again.returncode == 0, again.stderr
    assert (made.parent / "second" / "es" / "index.html").exists()


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["no-such-file.csv", "--out", "x"], 3, "no-such-file.csv"),
        ([FOLDERS[2], "--out", "x"], 2, "--district"),
        ([FOLDERS[0], "--out", "x", "--district", "Atlantis"], 2, "Atlantis"),
        ([FOLDERS[0], "--out", "x", "--lang", "fr"], 2, "fr"),
        ([FOLDERS[0], "--out", "x", "--as-of", "20226-01-01"], 2, "20226"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(
    words, code, says, tmp_path: Path
) -> None:
    words = [real_data(w) if w in FOLDERS else w for w in words]
    words = [tmp_path / "out" if w == "x" else w for w in words]
    done = review(*words)
    assert done.returncode == code
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()
