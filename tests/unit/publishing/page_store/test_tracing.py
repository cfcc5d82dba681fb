"""Every number leads to its rule, its snapshot, its file and its row."""

from __future__ import annotations

import re

import pytest

from evenrise.indicators.registry import INDICATORS
from evenrise.publishing.page_store import PageStore
from evenrise.publishing.page_store.tracing import rules_of
from evenrise.vocabulary.facts import Origin, Status
from tests.unit.publishing.page_store.conftest import AS_OF, Invented


def test_a_published_number_leads_to_its_file_and_row(drawn: PageStore):
    one = drawn.by_school("suspension", 2026)[0]
    trace = drawn.trace(one)
    assert (trace.file, trace.row) == ("suspension.csv", 1)
    assert trace.origin is Origin.PUBLISHED
    assert trace.files == ()
    assert trace.authority == "California Department of Education"
    assert trace.info.definition.en.startswith("Share of all students")
    assert trace.rules == "suspension/rules.md"
    assert trace.rules_text.startswith("# ")


def test_a_computed_number_leads_to_the_files_of_its_tables(invented: Invented):
    manifest = {one["name"]: one for one in invented.snapshot.manifest["files"]}
    page = invented.pages.indicator_page("chronic_absence")
    assert page is not None
    assert page.everyone is not None
    trace = invented.pages.trace(page.everyone)
    assert trace.origin is Origin.COMPUTED
    assert (trace.snapshot, trace.as_of) == (invented.snapshot.id, AS_OF)
    assert {one.file for one in trace.files} == {"attendance.csv", "enrollments.csv"}
    for one in trace.files:
        assert one.sha256 == manifest[one.file]["sha256"]
        assert one.rows == manifest[one.file]["rows_kept"]
    group = next(one for one in page.groups if one.group_family == "low_income")
    told = {one.file for one in invented.pages.trace(group).files}
    assert {"programs.csv", "students.csv"} <= told


def test_every_fact_has_a_trace(invented: Invented):
    for key in invented.pages.indicators():
        for one in invented.pages.facts(key.key, level="district", pairs=False):
            trace = invented.pages.trace(one)
            assert trace.files or one.status is Status.NOT_COLLECTED, one
            assert trace.definition_version >= 1


def test_a_fact_of_another_store_is_refused(drawn: PageStore, invented: Invented):
    last = list(invented.pages.each_fact())[-1]
    with pytest.raises(KeyError):
        drawn.trace(last)


@pytest.mark.parametrize("key", INDICATORS)
def test_every_indicator_has_its_rules(key):
    assert rules_of(key).startswith("# ")


def _rows(text):
    return [line for line in text.splitlines() if line.startswith("|")]


def _days(text):
    return re.findall(r"\d{4}-\d\d-\d\d", "".join(_rows(text)))


@pytest.mark.parametrize("key", INDICATORS)
def test_the_spanish_rules_have_every_section_and_table(key):
    english, spanish = rules_of(key), rules_of(key, "es")
    assert spanish.startswith(f"# {INDICATORS[key].title.es}: las reglas")
    assert spanish.count("\n### ") == english.count("\n### ")
    assert [len(row.split("|")) for row in _rows(spanish)] == [
        len(row.split("|")) for row in _rows(english)
    ]
    assert _days(spanish) == _days(english)
    assert " the " not in re.sub(r"`[^`]*`|\*[^*]+\*|\|.*", "", spanish)
