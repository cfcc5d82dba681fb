"""Names are printable: what steers a terminal or turns a line is taken out."""

from __future__ import annotations

import pytest

from tests.support.source_imports import imported, written
from tests.unit.records.district import bring_in, folder, rows, written as snapshot


HEADER = (
    "indicator,school_year,level,organization_id,organization_name,group_family,group,"
    "numerator,denominator\n"
)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("\x1b[31mRed\x07 High", "[31mRed High"),
        ("Abc\u202ehgiH\u202c", "Abc hgiH"),
        ("Peña ’Okina 学校 😀", "Peña ’Okina 学校 😀"),
        ("<b>=1+1</b>", "<b>=1+1</b>"),
        ("A" * 5000, "A" * 160 + "…"),
    ],
)
def test_names_in_facts_and_in_tables(tmp_path, given, kept):
    text = HEADER + f'graduation,2023,district,1,"{given}",all,all,94,100\n'
    path = written(tmp_path / "in", "published_facts.csv", text)
    found = imported(tmp_path / "store", path)
    assert found.fact("1")["organization_name"] == kept
    assert found.names() == {"1": kept}
    schools = f'school_id,name,level\n001,"{given}",elementary\n002,Elm,high\n'
    report = bring_in(tmp_path / "other", folder(tmp_path / "csv", schools=schools))
    assert rows(snapshot(report), "schools", "name")[0] == (kept,)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("facts\udcff\x1b.csv", "facts??.csv"),
        ("facts [2023]*.csv", "facts [2023]*.csv"),
        ("datos año's {1}.csv", "datos año's {1}.csv"),
    ],
)
def test_a_file_name_that_engines_or_terminals_misread(tmp_path, name, told):
    text = HEADER + "graduation,2023,district,1,Oak,all,all,94,100\n"
    home = tmp_path / "in"
    home.mkdir()
    (home / name).write_text(text)
    (home / "facts 2.csv").write_text(text.replace("94", "93").replace(",1,", ",2,"))
    found = imported(tmp_path / "store", home)
    assert set(found.sources()) == {told, "facts 2.csv"}
    assert found.fact("1")["source_file"] == told
    assert found.counts("2") == (93, 100)
