"""Schools that stand out: among their kind, never in an order."""

from __future__ import annotations

from evenrise.findings.finding import Certainty, Kind
from evenrise.findings.pictures import FunnelPlot
from tests.support.facts import at_school, fact, facts, review_of


def schools(word, counts, **parts):
    return [
        fact(2024, "all", "all", x, n, **at_school(str(at), f"Oak {at}{word}"), **parts)
        for at, (x, n) in enumerate(counts, 1)
    ]


def standing_out(rows):
    return [one for one in review_of(facts(*rows)).findings if one.kind is Kind.SCHOOL]


SAME = [(20, 400), (22, 410), (19, 390), (21, 405), (20, 395), (18, 400), (23, 420)]


def test_schools_that_differ_by_chance_do_not_stand_out():
    assert standing_out(schools(" Elementary", SAME)) == []


def test_a_school_far_from_its_kind_stands_out():
    (one,) = standing_out(schools(" Elementary", [*SAME, (120, 400)]))
    assert one.organization_name == "Oak 8 Elementary"
    assert one.certainty is Certainty.DIFFERENT
    assert "the district's elementary schools together (8 of them)" in one.sentence.en
    assert not one.details["good"]
    assert isinstance(one.picture, FunnelPlot)
    focus = [point for point in one.picture.points if point.kind == "focus"]
    assert [(point.label.en, point.outside) for point in focus] == [
        ("Oak 8 Elementary", 99)
    ]
    assert "rank" not in one.picture.alternative.en


def test_a_school_that_does_better_is_a_place_to_visit():
    counts = [(x * 5, n) for x, n in SAME]
    (one,) = standing_out(schools(" Elementary", [*counts, (20, 400)]))
    assert one.details["good"]
    assert "a place to visit and learn from" in one.headline.en
    assert one.details["good_news"]


def test_a_high_school_is_not_compared_with_elementary_schools():
    rows = schools(" Elementary", SAME)
    rows.append(fact(2024, "all", "all", 300, 1000, **at_school("90", "Bay High")))
    assert standing_out(rows) == []


def test_a_continuation_school_is_compared_with_none():
    rows = schools(" High", SAME)
    place = at_school("90", "Bay Continuation High")
    rows.append(fact(2024, "all", "all", 300, 1000, **place))
    assert standing_out(rows) == []


def test_without_kinds_a_school_stands_out_only_as_unclear():
    (one,) = standing_out(schools("", [*SAME, (120, 400)]))
    assert one.certainty is Certainty.UNCLEAR
    assert "Schools of different grades" in one.caveats[0].en


def test_a_school_that_stands_out_for_all_is_not_told_group_by_group():
    rows = schools(" Elementary", [*SAME, (120, 400)])
    for at, (x, n) in enumerate([*SAME, (120, 400)], 1):
        place = at_school(str(at), f"Oak {at} Elementary")
        rows.append(fact(2024, "low_income", "low_income", x // 2, n // 2, **place))
    assert [one.group for one in standing_out(rows)] == ["all"]


def test_a_small_school_is_left_out():
    (one,) = standing_out(schools(" Elementary", [*SAME, (120, 400), (15, 20)]))
    assert one.details["schools_compared"] == 8


DAYS = [7.4, 7.5, 7.3, 7.6, 7.45, 7.35, 11.7]


def day_rows(years):
    rows = []
    for year in years:
        for at, days in enumerate(DAYS, 1):
            place = at_school(str(at), f"Oak {at} High")
            rows.append(
                fact(
                    year,
                    "all",
                    "all",
                    days * 300,
                    300,
                    indicator="days_removed",
                    **place,
                )
            )
    return rows


def test_days_far_from_the_other_schools_are_told():
    (one,) = standing_out(day_rows((2023, 2024)))
    assert one.organization_name == "Oak 7 High"
    assert one.certainty is Certainty.DIFFERENT
    assert "averaged 11.7 days a student at" in one.sentence.en
    assert "The year before says the same" in one.sentence.en


def test_days_of_one_year_are_unclear():
    (one,) = standing_out(day_rows((2024,)))
    assert one.certainty is Certainty.UNCLEAR
    assert "unclear" in one.sentence.en
