"""No hidden number is anywhere in the file: not in a cell, a sentence or a picture."""

from __future__ import annotations

import sqlite3
from typing import Any

from evenrise.publishing.page_store.tables import HIDDEN, STATUSES
from evenrise.statistics.small_numbers import HiddenBecause
from evenrise.vocabulary.facts import Status
from tests.support.facts import at_school, fact, facts
from tests.support.page_stores import district_rows, review, store_of
from tests.unit.publishing.page_store.conftest import Invented


# Counts that must be hidden, since all but a few students had the outcome; nothing else
# looks like them.
SECRETS = ((917_424, 917_431), (816_244, 816_253))
LEAKS = ("917424", "917,424", "816244", "816,244", "0.99999", "99.999")


def cells(path: Any) -> list[Any]:
    """Every cell of every table."""
    with sqlite3.connect(path) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            )
        ]
        return [
            cell
            for name in names
            for row in connection.execute(f"SELECT * FROM {name}")  # noqa: S608
            for cell in row
        ]


def test_secrets_are_nowhere(tmp_path):
    rows = district_rows()
    for number, (x, n) in enumerate(SECRETS, 51):
        place = at_school(str(number), f"Secret {number}", origin="computed")
        place |= {"source_file": None, "source_row": None, "snapshot": "drawn"}
        for year in (2025, 2026):
            rows.append(fact(year, "all", "all", x + 200_000, n + 500_000, **place))
            rows.append(fact(year, "disability", "disability", x, n, **place))
            other = ("disability", "not_disability")
            rows.append(fact(year, *other, 200_000, 500_000, **place))
    target = tmp_path / "x.sqlite"
    store = store_of(review(facts(*rows)), target)
    lines = [
        one
        for one in store.each_fact()
        if one.organization.name.startswith("Secret") and one.group == "disability"
    ]
    assert [one.status for one in lines] == [Status.SUPPRESSED] * 4
    assert [one.denominator for one in lines] == [917_431, 816_253] * 2
    store.close()
    told = cells(target)
    numbers = {cell for cell in told if isinstance(cell, int | float)}
    assert 917_431 in numbers  # so a number that stands there is found
    assert not numbers & {x for x, _ in SECRETS}
    assert not numbers & {x / n for x, n in SECRETS}
    texts = "\n".join(cell for cell in told if isinstance(cell, str))
    assert "<svg" in texts
    for leak in LEAKS:
        assert leak not in texts, leak


def test_a_row_that_is_suppressed_is_empty(invented: Invented):
    suppressed = STATUSES.index(Status.SUPPRESSED)
    bound = HIDDEN.index(HiddenBecause.BOUND)
    with sqlite3.connect(invented.pages.path) as connection:
        (rows,) = connection.execute(
            "SELECT count(*) FROM fact WHERE status = ?", (suppressed,)
        ).fetchone()
        (full,) = connection.execute(
            "SELECT count(*) FROM fact WHERE status = ? AND (numerator IS NOT NULL"
            " OR value IS NOT NULL OR other_x IS NOT NULL OR other_n IS NOT NULL"
            " OR difference IS NOT NULL OR low IS NOT NULL OR concerned IS NOT NULL)",
            (suppressed,),
        ).fetchone()
        (told,) = connection.execute(
            "SELECT count(*) FROM fact WHERE status = ? AND hidden <> ?"
            " AND (lower IS NOT NULL OR upper IS NOT NULL)",
            (suppressed, bound),
        ).fetchone()
    assert rows > 500
    assert full == 0
    assert told == 0


def test_shares_use_protected_numbers_alone(invented: Invented):
    protected = {
        (row["organization_id"], row["group_family"], row["group"]): row["denominator"]
        for row in invented.made.protected.table.to_pylist()
        if (row["indicator"], row["school_year"])
        == invented.pages.schools()[0].counted_in
    }
    seen = hidden = 0
    for school in invented.pages.schools():
        for one in school.shares:
            name = (
                school.organization.organization_id,
                one.group_family,
                one.group,
            )
            assert one.students == protected[name], name
            seen += 1
            hidden += one.hidden
    assert seen > 50
    assert hidden > 5
