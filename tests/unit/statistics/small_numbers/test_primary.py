"""Small counts, small complements, and rates near 0 and 100 %, at their edges."""

import numpy as np
import pytest

from evenrise.statistics.small_numbers import (
    DEFAULT_RULE,
    ProtectedTable,
    Rule,
    protect,
)
from evenrise.statistics.small_numbers.table import Passed
from tests.unit.statistics.small_numbers.tables import fact, table


def shown(x, n, **given):
    """What one fact alone becomes."""
    facts = table([fact(numerator=x, denominator=n, **given)])
    return protect(facts).table.to_pylist()[0]


@pytest.mark.parametrize("n", [1, 2, 9, 10])
def test_ten_or_fewer_students_are_hidden_whole(n):
    row = shown(0, n)
    assert row["status"] == "suppressed"
    assert row["hidden_because"] == "small"
    assert row["numerator"] is row["denominator"] is row["value"] is None
    assert row["lower"] is row["upper"] is None


def test_an_empty_group_may_be_called_empty():
    row = shown(0, 0)
    assert row["status"] == "no_students"
    assert row["denominator"] == 0
    assert row["hidden_because"] is None


@pytest.mark.parametrize(("x", "hidden"), [(10, "small"), (11, None)])
def test_the_edge_of_small_counts(x, hidden):
    row = shown(x, 200)
    assert row["hidden_because"] == hidden
    assert row["denominator"] == 200
    assert (row["numerator"] is None) == (hidden is not None)


@pytest.mark.parametrize(("x", "hidden"), [(190, "complement"), (189, None)])
def test_the_edge_of_small_complements(x, hidden):
    assert shown(x, 200)["hidden_because"] == hidden


@pytest.mark.parametrize(
    ("n", "bound"),
    [
        (12, None),  # two counts would be too few to hide among
        (15, 0.20),
        (20, 0.20),
        (25, 0.20),
        (40, 0.10),
        (60, 0.05),
        (100, 0.05),
        (140, 0.10),  # 5 % would leave only 8, 9, 10 without a bound
        (300, 0.02),
        (301, 0.01),
        (5000, 0.01),
    ],
)
def test_none_and_all_are_told_as_bounds(n, bound):
    none, everyone = shown(0, n), shown(n, n)
    for row in (none, everyone):
        assert row["status"] == "suppressed"
        assert row["value"] is row["numerator"] is None
        assert row["denominator"] == n
        assert row["hidden_because"] in (
            {"bound"} if bound else {"small", "complement"}
        )
    if bound:
        assert (none["lower"], none["upper"]) == (0, bound)
        assert (everyone["lower"], everyone["upper"]) == (pytest.approx(1 - bound), 1)


def test_a_bound_never_stands_for_zero_alone():
    n = np.arange(11, 3000, dtype=np.float64)
    reach, band = DEFAULT_RULE.coding(n)
    coded = reach >= 0
    assert (reach[coded] >= DEFAULT_RULE.min_width).all()
    assert (np.floor(band[coded] * n[coded] + 1e-9) >= reach[coded]).all()
    # What is hidden without a bound keeps its width as well.
    rest = np.where(n <= 21, n - reach - 1, 10) - reach - 1
    assert ((reach == 10) | (rest >= DEFAULT_RULE.min_width))[coded].all()
    assert 2 in {int(k) for k in np.floor(n[~coded] * 0.2)}


def test_every_count_under_the_bound_looks_the_same():
    rows = [shown(x, 60) for x in range(4)]
    assert all(row == rows[0] for row in rows)
    assert shown(4, 60)["hidden_because"] == "small"


def test_published_facts_stand_as_printed():
    row = shown(4, 12, origin="published", source_file="a.txt", source_row=3)
    assert (row["numerator"], row["denominator"], row["status"]) == (4, 12, "reported")
    assert row["hidden_because"] is None
    assert row["origin"] == "published"


def test_reported_rates_carry_their_interval():
    row = shown(50, 100)
    assert row["lower"] == pytest.approx(0.4038315, abs=1e-6)
    assert row["upper"] == pytest.approx(0.5961685, abs=1e-6)


def test_enrollment_has_no_numerator():
    row = shown(None, 300, indicator="enrollment", status="reported")
    assert (row["status"], row["denominator"]) == ("reported", 300)
    assert row["lower"] is None
    assert shown(None, 7, status="reported")["denominator"] is None


def test_the_smallest_count_shown_is_a_setting():
    facts = table([fact(numerator=20, denominator=200)])
    assert protect(facts, Rule(smallest_shown=21)).hidden == 1
    assert protect(facts, Rule(smallest_shown=20)).hidden == 0
    with pytest.raises(ValueError, match="at least 2"):
        Rule(smallest_shown=1)


def test_nobody_else_makes_a_protected_table():
    with pytest.raises(TypeError, match="Only protect"):
        ProtectedTable(table([]), DEFAULT_RULE, table([]), Passed(0, 0, 0), 0, object())


def test_an_empty_table_stays_empty():
    assert len(protect(table([]))) == 0
    assert protect(table([])).explain() == {}
