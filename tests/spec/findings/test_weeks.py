"""The worked tables of docs/explanation/weeks.md: what weeks say, and what not."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from evenrise.findings.weeks.model import (
    Anew,
    Measured,
    Nature,
    Series,
    Verdict,
    Week,
    Why,
)
from evenrise.findings.weeks.reading import read_weeks
from evenrise.statistics.process_control import Chart
from evenrise.vocabulary.groups import group_name, group_students
from evenrise.vocabulary.text import Text


FIRST = dt.date(2026, 8, 17)
TWELVE = (12, 13, 11, 12, 14, 12, 11, 13, 12, 13, 12, 13)
HOLIDAY = Text("a week of holidays", "semana de vacaciones")
# Absent of 100 each week, twelve weeks before the change; then | chart, what is said.
WORKED = [
    ((), "p", "usual", "The usual ups and downs."),
    ((9, 8, 8), "p", "usual", "four more weeks would tell more"),
    ((9, 8, 8, 7, 8, 7), "p", "usual", "one more week would tell more"),
    (
        (9, 8, 8, 7, 8, 7, 8),
        "p",
        "better",
        "seven weeks in a row below the middle since",
    ),
    ((2, 1), "p", "better", "two weeks below the lower limit since the change began"),
    (
        (14, 15, 13, 14, 16, 15, 14),
        "p",
        "worse",
        "eight weeks in a row above the middle, seven of them",
    ),
    ((13, 12, 11, 12, 13, 12, 13), "p", "usual", "no sign that it moved"),
    ((12, 25, 11, 2, 13), "p", "both_ways", "Signals both ways since the change began"),
]


def weeks(counts, size=100, out=()):
    return tuple(
        Week(
            FIRST + dt.timedelta(weeks=place),
            count,
            size,
            HOLIDAY if place in out else None,
        )
        for place, count in enumerate(counts)
    )


def everyone(counts, size=100, out=()):
    name = Text("All students", "Todos los estudiantes")
    return Series("", name, name, weeks(counts, size, out))


def group(key, counts, size=40):
    return Series(
        key, group_name(key, key), group_students(key, key), weeks(counts, size)
    )


def measured(**changed):
    told = Measured(
        what=Text("Absent", "Ausentes"),
        nature=Nature.SHARE,
        good=-1,
        change_on=FIRST + dt.timedelta(weeks=len(TWELVE)),
    )
    return replace(told, **changed)


def read(counts, size=100, *, out=(), groups=(), **changed):
    return read_weeks(measured(**changed), [everyone(counts, size, out), *groups])


@pytest.mark.parametrize(("since", "chart", "verdict", "words"), WORKED)
def test_the_worked_table(since, chart, verdict, words):
    found = read((*TWELVE, *since)).everyone
    assert found.chart == Chart(chart)
    assert found.verdict == Verdict(verdict)
    assert words in found.sentence.en
    assert found.since == len(since)


def test_what_is_good_turns_the_words_round():
    since = (9, 8, 8, 7, 8, 7, 8)
    assert read((*TWELVE, *since), good=1).everyone.verdict is Verdict.WORSE
    neither = read((*TWELVE, *since), good=0).everyone
    assert neither.verdict is Verdict.SIGNAL
    assert neither.sentence.en.startswith("A signal: seven weeks")
    assert neither.sentence.es.startswith("Una señal: siete semanas")


def test_the_middle_stands_on_what_was_before_the_change():
    found = read((*TWELVE, *(8,) * 8)).everyone
    assert found.frozen
    assert {round(one.center, 6) for one in found.points} == {0.123333}
    alone = read((*TWELVE[:7], *(8,) * 8), change_on=FIRST + dt.timedelta(weeks=7))
    assert not alone.everyone.frozen
    assert any("pulls it along" in note.en for note in alone.everyone.notes)


def test_a_run_that_began_before_the_change_is_not_the_changes():
    early = (12, 13, 14, 13, 14, 13, 12, 13, 8, 8, 8, 8)
    found = read((*early, 8, 8, 8)).everyone
    assert found.told.why is Why.RUN
    assert found.sentence.en.endswith("; but this began before the change.")
    late = read((*TWELVE[:11], 11, 8, 8, 8, 8, 8, 8)).everyone
    assert (
        "eight weeks in a row below the middle, six of them since" in late.sentence.en
    )


def test_unusual_weeks_before_the_change_are_told_apart():
    found = read((9, 9, 9, 9, 9, 9, 9, 14, 16, 15, 16, 15, 11, 13)).everyone
    assert found.verdict is Verdict.BEFORE
    assert "Before it there was a signal" in found.sentence.en


def test_a_change_that_is_still_ahead_has_changed_nothing():
    found = read(TWELVE, change_on=FIRST + dt.timedelta(weeks=40))
    assert found.everyone.before_change is None
    assert "change" not in found.everyone.sentence.en


def test_too_few_weeks_are_too_early():
    assert read(()).everyone.verdict is Verdict.NOTHING
    for number in range(1, 10):
        found = read(tuple(range(1, number + 1))).everyone
        assert found.chart is Chart.RUN
        assert found.verdict is Verdict.TOO_EARLY
    one = read((12,)).everyone
    assert "one week is counted; nine more weeks" in one.sentence.en
    assert "va contada una semana; con nueve semanas más" in one.sentence.es
    # A chart with limits that a person chose does not speak earlier.
    assert read((12, 13, 40, 12), chart=Chart.P).everyone.verdict is Verdict.TOO_EARLY


def test_two_of_three_speaks_from_thirteen_weeks_on():
    near = (15, 11, 16, 10, 15, 12, 16, 11, 17, 23, 23)
    few = read(near, chart=Chart.P, change_on=None).everyone
    assert few.verdict is Verdict.USUAL
    more = read((15, 11, *near), chart=Chart.P, change_on=None).everyone
    assert more.told.why is Why.TWO_OF_THREE
    assert more.verdict is Verdict.WORSE


def test_a_week_left_out_stays_visible_and_is_not_judged():
    counts = (*TWELVE, 9, 8, 60, 8, 7, 8, 7, 8)
    found = read(counts, out=(14,)).everyone
    out = found.points[14]
    assert (out.value, out.why, out.center) == (0.6, None, None)
    assert out.week.left_out is HOLIDAY
    assert found.verdict is Verdict.BETTER  # it does not break the run either
    assert found.told.weeks == 7
    assert found.since_change.weeks == 7


def test_limits_are_made_anew_only_by_a_person():
    shift = (*TWELVE, *(8, 7, 9, 8, 7, 8, 9, 8, 7, 8, 9, 8))
    assert read(shift).everyone.verdict is Verdict.BETTER
    begins = FIRST + dt.timedelta(weeks=12)
    anew = read(shift, phases=(Anew(begins, Text("It held", "Se mantuvo")),))
    assert anew.everyone.verdict is Verdict.USUAL
    assert "since the limits were made anew" in anew.everyone.sentence.en
    assert {one.part for one in anew.everyone.points} == {0, 1}
    assert anew.notes[0].en == "Limits made anew from Nov 9: It held"
    assert anew.notes[0].es.endswith("Se mantuvo")


@pytest.mark.parametrize(
    ("nature", "counts", "size", "chart"),
    [
        (Nature.SHARE, (*TWELVE, 12), 100, Chart.P),
        (
            Nature.SHARE,
            (60, 90, 40, 95, 35, 99, 50, 80, 30, 98, 45, 90),
            200,
            Chart.P_PRIME,
        ),
        (Nature.SHARE, (*TWELVE, 12), 5000, Chart.P_PRIME),
        (Nature.SHARE, (0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0), 30, Chart.RUN),
        (Nature.EVENTS, (*TWELVE, 12), 25, Chart.U),
        (Nature.EVENTS, (*TWELVE, 12), None, Chart.C),
        (Nature.VALUE, (*TWELVE, 12), None, Chart.XMR),
        (Nature.VALUE, TWELVE[:11], None, Chart.RUN),
    ],
)
def test_the_numbers_choose_the_chart(nature, counts, size, chart):
    found = read(counts, size, nature=nature, change_on=None).everyone
    assert found.chart is chart


def test_a_chart_that_cannot_be_is_not_drawn():
    found = read((*TWELVE, 12), None, nature=Nature.VALUE, chart=Chart.P)
    assert found.everyone.chart is Chart.XMR
    chosen = read((*TWELVE, 12), chart=Chart.RUN)
    assert chosen.everyone.chart is Chart.RUN


def test_what_happens_seldom_says_how_to_count_it():
    found = read((0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0), 30).everyone
    assert any("less than twice a week" in note.en for note in found.notes)


def test_laneys_limits_are_told():
    found = read((60, 90, 40, 95, 35, 99, 50, 80, 30, 98, 45, 90), 200).everyone
    assert any("Laney" in note.en and "never made" in note.en for note in found.notes)


BEFORE = (8, 9, 8, 8, 9, 8, 8, 9, 8, 8, 9, 8)
# group after (of 40), all after (of 100) | what is said of both
TOGETHER = [
    ((4,) * 7, (8,) * 7, "both did better, and the gap narrowed"),
    ((8,) * 7, (8,) * 7, "both did better, but the gap did not narrow"),
    ((6,) * 7, (8,) * 7, "both did better, and the gap narrowed"),
    ((7,) * 7, (16,) * 7, "only because all students lost ground"),
    ((12,) * 7, (8,) * 7, "this group lost ground"),
    ((12,) * 7, (16,) * 7, "this group lost ground"),
]


@pytest.mark.parametrize(("ours", "all_of_us", "words"), TOGETHER)
def test_the_table_of_all_and_the_gap(ours, all_of_us, words):
    one = group("low_income", (*BEFORE, *ours))
    found = read((*TWELVE, *all_of_us), groups=[one])
    assert words in found.together.en
    assert found.together.es.startswith("Desde que empezó el cambio")


def test_each_group_has_its_own_sentence_and_too_few_weeks_no_gap():
    one = group("low_income", (*BEFORE, 4, 4))
    found = read((*TWELVE, 8, 8), groups=[one])
    assert len(found.series) == 2
    assert found.together is None
    assert read((*TWELVE, 8, 8, 8), good=0, groups=[one]).together is None


def test_what_was_predicted_stands_beside_what_came():
    found = read((*TWELVE, 9, 8, 7), predicted=0.08)
    told = found.beside_prediction
    assert told.en == "Predicted: 8%. Since the change began: 8%, over three weeks."
    assert told.es.startswith("Predicción: 8\u00a0%.")
    waiting = read(TWELVE, predicted=0.08).beside_prediction
    assert "No week since the change" in waiting.en
    assert read(TWELVE).beside_prediction is None


@pytest.mark.parametrize(
    ("target", "words"),
    [(0.30, "every week will"), (0.01, "no week will"), (0.12, "some weeks will")],
)
def test_a_target_against_the_limits(target, words):
    found = read((*TWELVE, 12, 13), target=target)
    assert words in found.assurance.en
    # Limits that stand on what was do not tell of what is (#172).
    assert read((*TWELVE, *(8,) * 7), target=target).assurance is None


def test_the_page_that_explains_holds_the_same_tables():
    page = (Path(__file__).parents[3] / "docs/explanation/weeks.md").read_text("utf-8")
    table = re.findall(r"^\| ([\d, –]+) \| (\w+) \| `(\w+)` \|", page, re.MULTILINE)
    told = [
        (", ".join(map(str, since)) or "–", chart, verdict)
        for since, chart, verdict, _ in WORKED
    ]
    assert table == told
