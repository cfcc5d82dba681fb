"""facts.csv: the promised columns, nothing hidden, nothing that a sheet would run."""

from __future__ import annotations

import csv

import pyarrow as pa
import pytest

from evenrise.publishing.facts_csv import COLUMNS, write_facts
from evenrise.statistics.small_numbers import protect
from evenrise.vocabulary.facts import FACT_COLUMNS
from tests.support.example_review import LEAKS, SECRETS, fact, facts


def written(protected, folder):
    path = folder / "facts.csv"
    write_facts(protected, path)
    with path.open(newline="", encoding="utf-8") as file:
        return path, list(csv.DictReader(file))


def table(rows):
    return pa.table(
        {
            name: pa.array([row[name] for row in rows], getattr(pa, kind)())
            for name, kind in FACT_COLUMNS.items()
        }
    )


def test_the_columns_are_exactly_those_promised(tmp_path):
    path, rows = written(facts(), tmp_path)
    promised = (
        "indicator,definition_version,authority,school_year,level,organization_id,"
        "organization_name,group_family,group,numerator,denominator,value,lower,upper,"
        "status,source_file,snapshot"
    )
    assert path.read_text(encoding="utf-8").splitlines()[0] == promised
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(facts())


def test_numbers_are_written_as_they_are(tmp_path):
    _, rows = written(facts(), tmp_path)
    first = rows[0]
    assert (first["numerator"], first["denominator"]) == ("53", "1502")
    assert float(first["value"]) == pytest.approx(53 / 1502, abs=1e-15)
    assert 0.02 < float(first["lower"]) < float(first["value"]) < float(first["upper"])


def test_hidden_numbers_are_empty_cells(tmp_path):
    path, rows = written(facts(), tmp_path)
    hidden = [row for row in rows if row["status"] == "suppressed"]
    assert hidden
    assert all(row["value"] == row["numerator"] == "" for row in hidden)
    text = path.read_text(encoding="utf-8")
    assert not [leak for leak in LEAKS if leak in text]
    for x, n in SECRETS:
        assert f",{x},{n}," not in text


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=cmd|' /C'!A0"],
)
def test_a_name_that_looks_like_a_formula_is_text(tmp_path, name):
    row = fact(("all", "all"), 60.0, 900.0, organization_name=name)
    _, rows = written(protect(table([row])), tmp_path)
    assert rows[0]["organization_name"] == "'" + name


def test_names_with_commas_quotes_and_lines_survive(tmp_path):
    name = 'St. "Ana", K-8\nNorth'
    row = fact(("all", "all"), 60.0, 900.0, organization_name=name)
    _, rows = written(protect(table([row])), tmp_path)
    assert rows[0]["organization_name"] == name


def test_dictionary_encoded_text_is_made_safe_too(tmp_path):
    given = table([fact(("all", "all"), 60.0, 900.0, organization_name="=1+1")])
    at = given.column_names.index("organization_name")
    names = given.column(at).dictionary_encode()
    encoded = given.set_column(at, "organization_name", names)
    _, rows = written(protect(encoded), tmp_path)
    assert rows[0]["organization_name"] == "'=1+1"
