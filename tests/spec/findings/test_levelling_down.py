"""A gap that closes is told by how it closed; levelling down is never praised.

Each case draws four numbers, per 1,000 students: the group behind and the others,
before and after. Graduation: more is good. Suspension: the same, turned round.
"""

from __future__ import annotations

import pytest

from evenrise.findings.finding import Kind
from tests.support.facts import fact, facts, review_of


# group before, others before -> group after, others after | label, words
DRAWN = [
    (700, 900, 850, 920, "excellence_and_equity", "Both rates rose", "Las dos tasas"),
    (
        *(700, 900, 760, 840, "narrowed_partly_by_fall"),
        "but partly as results got worse for all other students; that part is no",
        "esa parte no es un avance",
    ),
    (
        *(700, 900, 700, 780, "levelling_down"),
        "That is leveling down, not progress",
        "Eso es igualar hacia abajo, no avanzar",
    ),
    (700, 900, 720, 985, "rising_but_widening", "but more for", "pero más entre"),
    (
        *(700, 900, 620, 920, "leaving_behind"),
        "did not improve for students from low-income families",
        "no mejoraron entre los estudiantes de familias con bajos ingresos",
    ),
    (
        *(700, 900, 500, 860, "falling_and_widening"),
        "got worse for both, and the gap widened",
        "empeoraron en ambos casos y la brecha creció",
    ),
]
PRAISE = ("improved, and nobody lost", "closed by", "nadie perdió", "se cerró")


def drawn_review(case, key):
    group1, others1, group2, others2 = case[:4]
    rows = []
    for year, group, others in ((2023, group1, others1), (2024, group2, others2)):
        x, y = (group, others) if key == "graduation" else (1000 - group, 1000 - others)
        rows.append(fact(year, "all", "all", x + y, 2000, indicator=key))
        rows.append(fact(year, "low_income", "low_income", x, 1000, indicator=key))
    return review_of(facts(*rows))


def the_change(review):
    found = [
        one
        for one in review.findings
        if one.kind is Kind.CHANGE and one.group == "low_income"
    ]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("key", ["graduation", "suspension"])
@pytest.mark.parametrize("case", DRAWN, ids=[case[4] for case in DRAWN])
def test_how_a_gap_closed(case, key):
    change = the_change(drawn_review(case, key))
    assert change.details["label"] == case[4]
    if case[4] == "excellence_and_equity":
        moved = "rose" if key == "graduation" else "fell, which is better,"
        assert f"Both rates {moved} and the gap narrowed by 13.0 points" in (
            change.sentence.en
        )
        assert change.details["good_news"]
        return
    assert case[5] in change.sentence.en
    assert case[6] in change.sentence.es
    assert not change.details["good_news"]
    for praise in PRAISE:
        assert praise not in change.sentence.en + change.sentence.es


def test_a_gap_that_closed_downwards_is_never_what_goes_well():
    review = drawn_review(DRAWN[2], "graduation")
    assert the_change(review).details["levelling_down"]
    for text in review.summary:
        assert "gap closed" not in text.en


def test_one_year_of_levelling_down_is_told_inside_a_good_long_trend():
    rows = []
    for year, group, others in (
        (2022, 600, 850),
        (2023, 800, 950),
        (2024, 800, 880),
    ):
        key = {"indicator": "graduation"}
        rows.append(fact(year, "all", "all", group + others, 2000, **key))
        rows.append(fact(year, "low_income", "low_income", group, 1000, **key))
    changes = [
        one
        for one in review_of(facts(*rows)).findings
        if one.kind is Kind.CHANGE and one.group == "low_income"
    ]
    told = {one.key.split(":")[2]: one.details["label"] for one in changes}
    assert told == {"2022-2024": "excellence_and_equity", "2023-2024": "levelling_down"}


def test_a_missing_year_stays_a_gap_in_the_line():
    rows = []
    for year in (2019, 2020, 2022):
        rows.append(fact(year, "all", "all", 160, 2000))
        rows.append(fact(year, "low_income", "low_income", 100, 1000))
    change = the_change(review_of(facts(*rows)))
    picture = change.picture
    assert picture.years == (2019, 2020, 2021, 2022)
    for line in picture.series:
        assert [point.value is None for point in line.points] == [
            False,
            False,
            True,
            False,
        ]
    assert "2020-21" not in picture.alternative.en
    assert any("from a distance" in caveat.en for caveat in change.caveats)


def test_a_year_of_distance_teaching_is_not_begun_from():
    rows = []
    for year in (2020, 2022, 2024):
        rows.append(fact(year, "all", "all", 160, 2000))
        rows.append(fact(year, "low_income", "low_income", 100, 1000))
    change = the_change(review_of(facts(*rows)))
    assert change.sentence.en.startswith("From 2021-22 to 2023-24")
    assert change.picture.years[0] == 2020
    assert "does not begin in 2019-20" in change.caveats[0].en
    assert "10.0%, 100 of 1,000" in change.caveats[0].en
