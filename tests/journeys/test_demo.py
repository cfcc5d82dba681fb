"""`./dev demo`: the review finds what was planted in the invented district."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


STUDENTS = 12_000


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("demo") / "demo"
    done = subprocess.run(
        [
            sys.executable, "-m", "evenrise", "demo", "--students", str(STUDENTS),
            "--out", str(out), "--no-open", "--as-of", "2026-11-22",
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "findings" in done.stdout
    return out


@pytest.fixture(scope="module")
def findings(demo: Path) -> list[dict]:
    return json.loads((demo / "review" / "findings.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def truths(demo: Path) -> dict[str, dict]:
    told = json.loads((demo / "records.truths.json").read_text(encoding="utf-8"))
    return {truth["key"]: truth for truth in told["planted"]}


def schools(truth: dict) -> dict[str, str]:
    return dict(truth["schools"])


def about(findings: list[dict], **wanted: object) -> list[dict]:
    return [one for one in findings if all(one.get(k) == v for k, v in wanted.items())]


def test_a_gap_that_differs_by_school_is_found_there_and_not_elsewhere(
    findings, truths
) -> None:
    truth = truths["absence_gap_by_school"]
    gaps = about(
        findings, kind="gap", indicator="chronic_absence", group="english_learner"
    )
    found = {one["organization_id"] for one in gaps}
    cast = schools(truth)
    assert {cast["absence_gap_a"], cast["absence_gap_b"]} <= found
    assert cast["absence_even"] not in found


def test_a_school_that_does_better_by_the_same_children_is_found(
    findings, truths
) -> None:
    school = schools(truths["bright_spot"])["bright_spot"]
    assert about(findings, kind="school", organization_id=school)
    spots = about(findings, kind="bright_spot")
    assert {one["organization_id"] for one in spots} == {school}


def test_a_gap_that_closed_by_a_fall_is_not_praised(findings, truths) -> None:
    truth = truths["levelling_down"]
    changes = about(
        findings, kind="change", indicator="met_standard_ela", group="low_income"
    )
    latest = [one for one in changes if one["school_year"] == truth["school_years"][0]]
    assert any("no progress" in one["sentence"]["en"] for one in latest)


def test_both_rose_and_the_gap_closed_is_told(findings) -> None:
    changes = about(
        findings, kind="change", indicator="met_standard_math", group="low_income"
    )
    assert any("Both rates rose" in one["sentence"]["en"] for one in changes)


def test_a_combination_worse_than_the_sum_of_its_parts_is_found(findings) -> None:
    pairs = about(findings, kind="intersection", indicator="d_f_rate")
    assert "english_learner*disability" in {one["group"] for one in pairs}


def test_uneven_discipline_at_one_school_is_found(findings, truths) -> None:
    school = schools(truths["uneven_discipline"])["uneven_discipline"]
    gaps = about(
        findings,
        kind="gap",
        indicator="suspension",
        group="black",
        organization_id=school,
    )
    assert gaps


def test_slow_feedback_at_one_school_is_found(findings, truths) -> None:
    school = schools(truths["slow_feedback"])["slow_feedback"]
    assert about(findings, indicator="feedback_days", organization_id=school)


def test_the_slip_of_the_file_is_a_question(findings) -> None:
    assert about(findings, kind="data_quality", indicator="a_g_completion")
    gaps = about(findings, kind="gap", indicator="a_g_completion")
    assert 2024 not in {one["school_year"] for one in gaps}


def test_no_child_and_no_record_is_in_what_is_published(demo: Path) -> None:
    students = (demo / "records" / "students.csv").read_text(encoding="utf-8")
    rows = students.splitlines()[1:]
    codes = {row.split(",")[0] for row in rows[:2000]}
    for path in (demo / "review").rglob("*"):
        if path.suffix in {".html", ".json", ".csv"}:
            words = set(path.read_text(encoding="utf-8").replace('"', ",").split(","))
            assert not codes & words
