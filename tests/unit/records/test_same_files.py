"""Files that share a name, a content or a fact: each read once, none confused."""

from __future__ import annotations

import os
import zipfile

import pytest

from evenrise.records.files.walking import files_under
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.text import Text
from tests.support.source_imports import imported, written


HEADER = (
    "AcademicYear,AggregateLevel,CountyCode,DistrictCode,SchoolCode,{charter},"
    "ReportingCategory,CumulativeEnrollment,"
    "Unduplicated Count of Students Suspended (Total),Suspension Rate (Total)\n"
)
ROWS = (
    "{year},D,19,64980,0000000,All,TA,9000,{count},{rate}\n"
    "{year},D,19,64980,0000000,All,GF,4400,40,0.9\n"
)


def _suspensions(year="2022-23", count=180, charter="CharterYN"):
    rate = f"{count / 90:.1f}"
    return HEADER.format(charter=charter) + ROWS.format(
        year=year, count=count, rate=rate
    )


def test_one_name_in_two_folders_is_two_files(tmp_path):
    one, other = tmp_path / "2022", tmp_path / "2023"
    written(one, "susp.txt", _suspensions("2021-22", 222))
    written(other, "susp.txt", _suspensions("2022-23", 192, "Charter School"))
    found = imported(tmp_path / "store", one, other)
    assert set(found.sources()) == {"2022/susp.txt", "2023/susp.txt"}
    assert found.counts("1964980", school_year=2022) == (222, 9000)
    assert found.counts("1964980", school_year=2023) == (192, 9000)
    assert found.fact("1964980", school_year=2022)["source_file"] == "2022/susp.txt"


def test_a_file_reached_twice_is_read_once(tmp_path):
    path = written(tmp_path / "in", "susp.txt", _suspensions())
    (tmp_path / "in" / "again.txt").symlink_to(path)
    names = [name for name, _ in files_under([path, tmp_path / "in", path])]
    assert names == ["susp.txt"]


def test_a_zip_with_two_members_of_one_name(tmp_path):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("susp.txt", _suspensions("2021-22", 222))
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr("susp.txt", _suspensions("2022-23", 192, "Charter School"))
    found = imported(tmp_path / "store", path)
    assert set(found.sources()) == {"all.zip!susp.txt", "all.zip!susp.txt (2)"}
    assert found.counts("1964980", school_year=2022) == (222, 9000)
    assert found.counts("1964980", school_year=2023) == (192, 9000)


def test_a_copy_is_noted_and_counted_once(tmp_path):
    written(tmp_path / "in", "a.csv", _suspensions())
    written(tmp_path / "in", "b.csv", _suspensions())
    found = imported(tmp_path / "store", tmp_path / "in")
    assert found.counts("1964980", school_year=2023) == (180, 9000)
    assert found.report.questions == ()
    assert "2 figures of this file stand in a.csv already" in found.notes()
    assert [story.kept for story in found.report.files] == [2, 0]


def test_files_that_disagree_are_asked_about(tmp_path):
    written(tmp_path / "in", "a.csv", _suspensions(count=180))
    written(tmp_path / "in", "b.csv", _suspensions(count=190))
    found = imported(tmp_path / "store", tmp_path / "in")
    assert found.counts("1964980", school_year=2023) == (180, 9000)
    (question,) = found.questions("published.files_disagree")
    assert question.file == "b.csv"
    assert question.where == "line 2"
    assert "190 of 9,000 on line 2, 180 of 9,000 on line 2 of a.csv" in question.text.en
    assert "1 figure of this file stands in a.csv already" in found.notes()


def test_two_authorities_are_never_added(tmp_path):
    facts = (
        "indicator,authority,school_year,level,organization_id,group_family,group,"
        "numerator,denominator\n"
    )
    for authority in ("CDE", "Dashboard"):
        facts += (
            f"suspension,{authority},2023,district,1,all,all,5,100\n"
            f"suspension,{authority},2023,district,1,gender,female,2,50\n"
            f"suspension,{authority},2023,district,1,gender,male,3,50\n"
        )
    path = written(tmp_path / "in", "published_facts.csv", facts)
    assert imported(tmp_path / "store", path).report.questions == ()


def test_a_pipe_is_named_and_never_waited_for(tmp_path):
    pipe = tmp_path / "records.csv"
    os.mkfifo(pipe)
    with pytest.raises(ArgumentProblem, match="is a pipe or a device"):
        files_under([pipe])
    assert files_under([tmp_path]) == []


def test_one_column_used_twice_is_told_with_both_uses(tmp_path):
    text = (
        "AcademicYear,CountyCode,DistrictCode,ReportingCategory,CohortStudents,"
        "Regular HS Diploma Graduates (Count),Met UC/CSU Grad Req's (Count)\n"
        "2022-23,19,64980,TA,800,700,400\n"
    )
    path = written(tmp_path / "in", "acgr.csv", text)
    (story,) = imported(tmp_path / "store", path).report.files
    told = story.matched["Regular HS Diploma Graduates (Count)"]
    assert told == "graduation: count; a_g_completion: students"


def test_pictures_beside_the_data_are_no_failure_but_damage_is(tmp_path):
    written(tmp_path / "in", "susp.csv", _suspensions())
    (tmp_path / "in" / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert imported(tmp_path / "store", tmp_path / "in").report.exit_code == 0
    (tmp_path / "in" / "all.zip").write_bytes(b"PK\x03\x04 cut off")
    assert imported(tmp_path / "store", tmp_path / "in").report.exit_code == 4


def test_a_review_and_a_store_below_the_data_are_passed_by(tmp_path):
    written(tmp_path / "in", "susp.csv", _suspensions())
    imported(tmp_path / "in" / "store", tmp_path / "in" / "susp.csv")
    for name in ("findings.json", "facts.csv", "import.json"):
        written(tmp_path / "in" / "review", name, "indicator,value\n")
    written(tmp_path / "in" / "older", "facts.csv", "indicator,value\n")
    names = [name for name, _ in files_under([tmp_path / "in"])]
    assert names == ["susp.csv", "older/facts.csv"]


def test_slides_beside_the_data_are_not_unpacked(tmp_path):
    written(tmp_path / "in", "susp.csv", _suspensions())
    with zipfile.ZipFile(tmp_path / "in" / "board.pptx", "w") as packed:
        packed.writestr("ppt/presentation.xml", "<p/>")
        packed.writestr("ppt/embeddings/sheet.csv", _suspensions("2021-22"))
    report = imported(tmp_path / "store", tmp_path / "in").report
    assert report.exit_code == 0
    (slides,) = [story for story in report.files if story.name == "board.pptx"]
    assert slides.problem == Text(
        "board.pptx is a slide show, not a table: export it as CSV.",
        "board.pptx es una presentación y no una tabla: expórtelo como CSV.",
    )


def test_a_year_that_has_not_begun_is_refused_by_line(tmp_path):
    text = _suspensions() + ROWS.format(year="2098-99", count=180, rate="2.0")
    path = written(tmp_path / "in", "susp.csv", text)
    found = imported(tmp_path / "store", path)
    assert set(found.facts["school_year"].to_pylist()) == {2023}
    assert [(line, column) for line, column, _ in found.refused()] == [
        (4, "AcademicYear"),
        (5, "AcademicYear"),
    ]
    assert "begins after 2026-11-22" in found.refused()[0][2]


def test_counts_tell_the_value_where_a_share_is_printed_in_per_cent(tmp_path):
    text = (
        "indicator,school_year,level,organization_id,group_family,group,"
        "numerator,denominator,value\n"
        "graduation,2023,district,1,all,all,94,100,94\n"
    )
    path = written(tmp_path / "in", "published_facts.csv", text)
    assert imported(tmp_path / "store", path).fact("1")["value"] == 0.94
