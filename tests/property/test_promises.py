"""What a reading of a promise may never say, whatever the counts are."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, strategies as st

from evenrise.findings.finding import Certainty
from evenrise.findings.promises.model import (
    Counts,
    GroupCounts,
    Label,
    Promise,
    PromisedGap,
    YearFacts,
)
from evenrise.findings.promises.reading import read_promise
from evenrise.vocabulary.text import Text


NAME = ("low_income", "low_income")


@st.composite
def counts(draw):
    n = draw(st.integers(30, 3000))
    return Counts(draw(st.integers(0, n)), n)


@st.composite
def years(draw):
    pairs = [GroupCounts(draw(counts()), draw(counts())) for _ in range(2)]
    return [
        YearFacts(
            spring,
            Counts(pair.group.x + pair.others.x, pair.group.n + pair.others.n),
            {NAME: pair},
        )
        for spring, pair in zip((2022, 2024), pairs, strict=True)
    ]


def promise(good="up"):
    students = Text("students", "estudiantes")
    return Promise(
        key="m1",
        what=Text("What", "Qué"),
        place=Text("here", "aquí"),
        good=good,
        baseline_year=2022,
        baseline=0.5,
        target_year=2027,
        target=0.6 if good == "up" else 0.4,
        gaps=(PromisedGap(*NAME, students, students, 0.2, 0.1),),
    )


def share(one):
    return Fraction(one.x, one.n)


def turned(facts):
    """The same students, counted by what is bad."""

    def other(one):
        return Counts(one.n - one.x, one.n)

    return [
        YearFacts(
            one.year,
            other(one.everyone),
            {
                name: GroupCounts(other(p.group), other(p.others))
                for name, p in one.groups.items()
            },
        )
        for one in facts
    ]


@given(years())
def test_closing_is_never_said_where_the_better_served_lost_ground(facts):
    found = read_promise(promise(), facts)
    before, after = (one.groups[NAME] for one in facts)
    if found.label is Label.RISING_AND_CLOSING:
        group = share(after.group) - share(before.group)
        others = share(after.others) - share(before.others)
        assert min(group, others) >= -Fraction(1, 100)
        behind = share(before.group) <= share(before.others)
        lower, higher = (group, others) if behind else (others, group)
        assert higher >= -Fraction(1, 10**8)
        assert lower > higher
        assert "not the promise" not in found.sentence.en
    if found.label is Label.CLOSING_BY_FALL:
        assert "that is not the promise" in found.sentence.en
        assert "eso no es lo prometido" in found.sentence.es


@given(years())
def test_what_is_good_up_reads_the_same_as_what_is_bad_down(facts):
    up, down = (
        read_promise(promise(), facts),
        read_promise(promise("down"), turned(facts)),
    )
    assert (up.label, up.certainty) == (down.label, down.certainty)


@given(years())
def test_a_light_has_a_reason_and_what_is_unclear_turns_none_on(facts):
    found = read_promise(promise(), facts)
    assert found.red == bool(found.red_codes)
    assert len(found.red_codes) == len(found.red_light)
    if found.certainty is not Certainty.DIFFERENT:
        assert not {"falling", "closing_by_fall"} & set(found.red_codes)
    assert len({len(row) for row in found.table}) == 1
    for text in (found.sentence, *found.red_light, *found.notes):
        assert "nan" not in f"{text.en} {text.es}".split()


@given(years(), st.booleans())
def test_a_hidden_cell_is_never_worked_out(facts, first):
    """Hide one year's pair: no figure of the group stands anywhere."""
    at = 0 if first else 1
    shown = facts[at]
    facts[at] = YearFacts(shown.year, shown.everyone, {}, hidden=frozenset({NAME}))
    found = read_promise(promise(), facts)
    assert found.latest is not None
    one = found.latest.groups[0]
    assert one.label is Label.TOO_FEW
    assert not one.narrowing.known
    assert not one.share_change.known
    assert found.label in {Label.TOO_FEW, Label.FALLING}
