"""Published facts in the product's own shape, and declared mappings."""

from __future__ import annotations

import pytest

from evenrise.records.sources import SOURCES
from evenrise.records.sources.published.mapping import (
    find,
    read_mapping,
    shipped,
)
from evenrise.vocabulary.errors import DefinitionProblem
from tests.support.source_imports import imported, written


HEADER = (
    "indicator,school_year,level,organization_id,organization_name,group_family,group,"
    "numerator,denominator,value,status\n"
)


def test_own_facts_are_typed_worked_out_and_refused_by_line(tmp_path):
    text = HEADER + (
        "graduation,2018-19,district,D1,Bay,all,all,90,100,,\n"
        "graduation,2018-19,district,D1,Bay,gender,female,*,*,,\n"
        "graduation,2018-19,district,D1,Bay,gender,male,,,0.85,reported\n"
        "graduation,2018-19,district,D1,Bay,gender,boys,9,10,,\n"
        "graduation,soon,district,D1,Bay,all,all,9,10,,\n"
        "graduation,2019,county,C1,Coast,all,all,nine,10,,\n"
        "graduation,2019,planet,P1,Earth,all,all,9,10,,\n"
        "graduation,2019,state,S1,Coast,foster*gender,foster*female,0,0,,\n"
    )
    read = imported(tmp_path / "store", written(tmp_path, "facts.csv", text))
    words = {"indicator": "graduation", "school_year": 2019}
    fact = read.fact("D1", **words)
    assert (fact["value"], fact["status"]) == (0.9, "reported")
    assert (fact["district_id"], fact["origin"]) == ("D1", "published")
    hidden = read.fact("D1", group_family="gender", group="female", **words)
    assert (hidden["status"], hidden["value"]) == ("suppressed", None)
    printed = read.fact("D1", group_family="gender", group="male", **words)
    assert printed["value"] == 0.85
    nobody = read.fact(
        "S1", group_family="foster*gender", group="foster*female", **words
    )
    assert nobody["status"] == "no_students"
    columns = {line: column for line, column, _ in read.refused()}
    assert columns == {5: "group", 6: "school_year", 7: "numerator", 8: "level"}
    assert read.names()["D1"] == "Bay"


MAPPING = """
name = { en = "Invented state", es = "Estado inventado" }
columns = ["Yr", "Agency", "Subgroup"]
[school_year]
column = "Yr"
[organization]
level = "district"
id = "Agency"
width = 3
prefix = "IV"
[total]
level = "state"
id = "IV"
name = "Invented"
words = ["Statewide"]
columns = ["Agency"]
[[rows]]
column = "Subgroup"
[rows.codes]
Everybody = "all"
Girls = "gender:female"
"Gifted" = "none"
[[indicators]]
indicator = "chronic_absence"
count = "Absent"
students = "Count"
rate = "Pct"
of = 100
"""


def test_a_mapping_beside_the_file_reads_it(tmp_path):
    written(tmp_path / "in", "iv.mapping.toml", MAPPING)
    text = (
        "Invented agency report\n\nYr,Agency,Subgroup,Count,Absent,Pct\n"
        "2022-23,7,Everybody,200,20,10.0\n"
        "2022-23,7,Girls,s,s,s\n"
        "2022-23,7,Gifted,20,2,10.0\n"
        "2022-23,7,Left-handed,20,2,10.0\n"
        "2022-23,Statewide,Everybody,5000,400,8.0\n"
        "2022-23,Bay,Everybody,5000,400,8.0\n"
    )
    written(tmp_path / "in", "report.csv", text)
    read = imported(tmp_path / "store", tmp_path / "in")
    words = {"indicator": "chronic_absence", "school_year": 2023}
    assert read.counts("IV007", **words) == (20, 200)
    assert read.counts("IV", **words) == (400, 5000)
    girls = read.fact("IV007", group_family="gender", group="female", **words)
    assert girls["status"] == "suppressed"
    assert girls["authority"] == "Invented state"
    assert len(read.facts) == 3
    (question,) = read.questions("published.new_group_code")
    assert "left-handed" in question.text.en
    assert "gifted" not in question.text.en
    assert [column for _, column, _ in read.refused()] == ["Agency"]
    assert read.sources()["iv.mapping.toml"] == "mapped"
    assert "holds no records" in read.notes()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('"gender:female"', '"gender:girl"'), "gender:girl"),
        (('level = "district"', 'level = "planet"'), "planet"),
        (('id = "Agency"\n', ""), "organization.id"),
        (("[[indicators]]", "[[other]]"), "indicators"),
        (('students = "Count"', ""), "students"),
        (("columns = [", "columns = 3 # ["), "columns"),
        (("[school_year]", "[school_year"), "TOML"),
    ],
)
def test_a_wrong_mapping_is_one_sentence(change, words):
    with pytest.raises(DefinitionProblem, match=r"iv\.toml") as told:
        read_mapping(MAPPING.replace(*change), "iv.toml")
    assert words in str(told.value)
    assert "\n" not in str(told.value)


def test_columns_are_found_folded_by_ending_and_by_place():
    folded = ("chronicallyabsent", "chronicallyabsent_2", "20192020studentcount")
    assert find(folded, ["# Chronically Absent"]) == "chronicallyabsent"
    assert find(folded, ["% Chronically Absent (2)"]) == "chronicallyabsent_2"
    assert find(folded, ["Enrollment", "*Student Count"]) == "20192020studentcount"
    assert find(folded, ["Enrollment (9-12)"]) is None


def test_every_shipped_mapping_is_whole():
    names = [mapping.name.en for mapping in shipped()]
    assert len(names) >= 3
    assert all(mapping.needs and mapping.figures for mapping in shipped())


def test_every_source_introduces_itself_in_both_languages():
    keys = [source.card.key for source in SOURCES]
    assert len(keys) == len(set(keys))
    for source in SOURCES:
        card = source.card
        for text in (card.name, card.what, card.how_often, card.merge_rule):
            assert text.en != ""
            assert text.es != ""
            assert text.en != text.es or text.en.startswith(("OneRoster", "Ed-Fi"))
