"""Pictures and pages of a release: do they know a number that the feed withholds?

Everything public is drawn from one file of pages. First the file: what is hidden has
no number in it, in no column, and none that only a hidden number could give. Then the
pages as a stranger reads them: points that speak (`data-say`), titles, tables.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from html import unescape

import pytest

from evenrise.workspace.reports.releasing import pages_of_release


pytestmark = pytest.mark.django_db
NUMBERS = (
    "numerator", "value", "other_x", "difference", "low", "high", "adjusted_p",
)  # fmt: skip


@pytest.fixture
def store(released):
    """The file from which every public page is drawn."""
    path = pages_of_release(released).path
    con = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    con.row_factory = sqlite3.Row
    yield con
    con.close()


def test_a_hidden_fact_has_no_number_in_any_column(store):
    rows = [dict(row) for row in store.execute("SELECT * FROM fact")]
    hidden = [row for row in rows if row["hidden"] is not None]
    assert len(hidden) > 100
    for row in hidden:
        assert [name for name in NUMBERS if row[name] is not None] == []
        if row["upper"] is not None:  # "5% or less" is said in the feed too
            assert round(row["upper"] * 100, 6) % 1 == 0
            assert row["lower"] in {None, 0.0} or row["upper"] == 1.0


def test_all_others_are_told_only_where_all_students_are(store):
    """Of all others and a group the number of all follows: that must be public."""
    rows = [dict(row) for row in store.execute("SELECT * FROM fact")]
    everyone = {
        (row["indicator"], row["school_year"], row["organization"]): row
        for row in rows
        if row["member"] == _all_students(store)
    }
    told = [row for row in rows if row["other_x"] is not None]
    assert len(told) > 20
    for row in told:
        key = (row["indicator"], row["school_year"], row["organization"])
        whole = everyone.get(key)
        if whole is not None and whole["numerator"] is None:
            both = (row["numerator"], row["other_x"])
            assert None in both, (key, row["member"])


def _all_students(store) -> int:
    found = store.execute("SELECT id FROM member WHERE family = 'all'").fetchall()
    return int(found[0][0])


def test_pictures_are_drawn_by_language_and_width_and_from_public_facts(
    client, released
):
    """Each point that says a number says one that the feed tells."""
    public = _public_numbers(client)
    said = 0
    for address in _addresses(client):
        page = client.get(address).content.decode()
        for told in re.findall(r'data-say="([^"]*)"', page):
            words = unescape(told)
            for n in re.findall(r"\bn[ =\u00a0]+([\d,]*\d)", words):
                said += 1
                assert n in public, (address, words)
            if re.search(r"fewer than|too few|hidden", words):
                assert not re.search(r"\bn[ =\u00a0]+\d|\d+ of \d", words), (
                    address,
                    words,
                )
    assert said > 50


def _public_numbers(client) -> set[str]:
    """Counts of the feed, and what is left of all students beside a group in it."""
    feed = client.get("/feeds/facts.csv").getvalue().decode()
    rows = list(csv.DictReader(io.StringIO(feed)))
    names = ("indicator", "school_year", "level", "organization_id")
    everyone = {
        tuple(row[name] for name in names): row
        for row in rows
        if row["group_family"] == "all"
    }
    numbers: set[float] = set()
    for row in rows:
        whole = everyone.get(tuple(row[name] for name in names), {})
        for name in ("numerator", "denominator"):
            if row[name]:
                numbers.add(float(row[name]))
                if whole.get(name):
                    numbers.add(float(whole[name]) - float(row[name]))
    return {f"{number:,.0f}" for number in numbers}


def _addresses(client) -> list[str]:
    found, seen = ["/en/"], {"/en/"}
    for address in found:
        if len(found) > 120:
            break
        page = client.get(address).content.decode()
        for link in re.findall(r'href="(/en/[^"?#]*)', page):
            if link not in seen:
                seen.add(link)
                found.append(link)
    return found
