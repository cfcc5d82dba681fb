"""Two releases of one year, the records changed between them: what both together tell.

The attacker holds both releases. What was shown and is the same is known; and the
difference of two numbers is a number of students of its own.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings, strategies as st

from evenrise.statistics.small_numbers import protect
from evenrise.statistics.small_numbers.ledger import Ledger
from tests.property.test_small_numbers_attack import (
    MOST,
    PAIRS,
    Attacker,
    district,
    key,
)
from tests.support.examples import examples


DAY = dt.date(2025, 6, 1)
COUNTS = ("numerator", "denominator")
two_releases = given(
    about=st.tuples(
        st.integers(0, 10**6),
        st.sampled_from([60, 150, 400, 900]),
        st.integers(0, 3),
        st.sampled_from([0.05, 0.3, 0.75]),
        st.lists(st.sampled_from(PAIRS), max_size=1, unique=True),
    ),
    changed=st.tuples(
        st.sampled_from([0, 1, 5, 40]),
        st.sampled_from([0, 2, 30, 200]),
        st.sampled_from([0, 1, 4, 25]),
    ),
)


def released(folder, first, second):
    """The releases of two states of the records, by one ledger."""
    ledger = Ledger(folder)
    one = protect(first)
    ledger.add(one, DAY)
    return one, protect(second, earlier=ledger.published())


def by_key(told):
    return {key(row): row for row in told.table.to_pylist()}


@settings(max_examples=examples(30), deadline=None, derandomize=True)
@two_releases
def test_the_same_records_are_the_same_release(tmp_path_factory, about, changed):
    facts = district(*about, changed)
    one, two = released(tmp_path_factory.mktemp("ledger"), facts, facts)
    assert two.table.equals(one.table)
    assert (two.exposed, two.withdrawn) == (one.exposed, one.withdrawn)


@settings(
    max_examples=examples(20),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@two_releases
def test_a_changed_year_tells_nothing_together_with_its_first_release(
    tmp_path_factory, about, changed
):
    before = district(*about)
    after = district(*about, changed)
    one, two = released(tmp_path_factory.mktemp("ledger"), before, after)
    first, second = by_key(one), by_key(two)
    truth = {key(row): row for row in after.to_pylist()}
    for name, row in second.items():
        then = first.get(name)
        if row["denominator"] is None:
            continue
        # Never shown again what the first one hid.
        if name in {key(row) for row in before.to_pylist()}:
            assert then is not None
            assert then["denominator"] is not None
            assert row["numerator"] is None or then["numerator"] is not None
        if then is not None and row["numerator"] is not None:
            assert not telling(then, row)
    stood = {n for n, row in second.items() if row == first.get(n)}
    fresh = [n for n in second if n not in stood]
    if not fresh or two.exposed:
        return
    same = {
        name
        for name, row in first.items()
        if row["numerator"] is not None
        and name in truth
        and all(row[count] == truth[name][count] for count in COUNTS)
    }
    attacked = Attacker(after, two, known=same)
    attacked.asked = [one for one in attacked.asked if one[0] not in same]
    assert not attacked.worked_out()


def telling(then, now):
    """Whether the change shows a few students with or without the outcome."""
    with_it = abs(now["numerator"] - then["numerator"])
    others = now["denominator"] - now["numerator"]
    without = abs(others - (then["denominator"] - then["numerator"]))
    return with_it + without > 0 and min(with_it, without) <= MOST
