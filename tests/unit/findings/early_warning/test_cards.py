"""Cards: the rule unless a model surely finds more, and what they say of each."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.early_warning import draw

from evenrise.findings.early_warning.account import share, told_apart
from evenrise.findings.early_warning.at_the_same_number import (
    clusters_of,
    difference_at,
    flagged_parts,
)
from evenrise.findings.early_warning.card import Shortage, Way
from evenrise.findings.early_warning.card_words import decided
from evenrise.findings.early_warning.cards import MARGIN, Cards, make_cards
from evenrise.findings.early_warning.model import predict
from evenrise.findings.early_warning.rule_scores import rule_chances, school_chances
from evenrise.statistics.early_warning import precision_at
from evenrise.statistics.environments import environments
from evenrise.statistics.rates import wilson
from evenrise.vocabulary.estimates import Reason


SMALL = 1200


@pytest.fixture(scope="module")
def further():
    return draw(1, further=True)


@pytest.fixture(scope="module")
def with_model(further):
    return make_cards(further)


@pytest.fixture(scope="module")
def rule_only():
    return make_cards(draw(1, further=False))


def test_a_model_that_cannot_find_more_is_not_used(rule_only):
    assert rule_only.uses is Way.RULE
    assert rule_only.why is None
    (card,) = rule_only.checkpoints
    assert card.over_rule.lower < MARGIN
    assert not card.earns
    assert "uses the simple rule" in rule_only.sentences[0].en
    assert "usa la regla sencilla" in rule_only.sentences[0].es


def test_a_model_that_surely_finds_more_is_used(with_model):
    assert with_model.uses is Way.MODEL
    (card,) = with_model.checkpoints
    assert card.over_rule.lower > MARGIN
    assert card.over_schools.lower > MARGIN
    assert card.areas_p < 0.001
    assert with_model.years_trained == (2023, 2024)
    assert with_model.years_tested == (2025,)
    assert with_model.rows_used == with_model.rows_there == 6000


def test_every_way_flags_the_same_number(with_model, further):
    (card,) = with_model.checkpoints
    tested = further.only(further.school_year == 2025)
    assert card.flagged == int((tested.rule >= 1).sum())
    assert {one.way for one in card.ways} == set(Way)
    for one in card.ways:
        assert one.precision.n == card.flagged
        assert one.recall.n == card.not_on_track
        assert one.recall.value + one.missed.value == pytest.approx(1)
    rule = card.way(Way.RULE)
    found = int(tested.outcome[tested.rule >= 1].sum())
    assert rule.precision == wilson(found, card.flagged)
    model, gain = card.way(Way.MODEL), card.over_rule.value
    assert model.precision.value - rule.precision.value == pytest.approx(gain)


def test_the_model_holds_on_schools_it_never_saw(with_model):
    other = with_model.checkpoints[0].other_schools
    assert other.over_rule.lower > 0
    assert other.area.value > 0.7


def test_chances_come_true_and_say_so(with_model):
    for one in with_model.checkpoints[0].ways:
        assert abs(one.in_the_large) < 0.25
        assert sum(row.observed.n for row in one.calibration) == 3000
        assert one.brier.lower < one.brier.value < one.brier.upper


def test_cards_go_into_json_and_come_back_the_same(with_model, rule_only):
    for cards in (with_model, rule_only, make_cards(draw(2, further=True, students=9))):
        told = json.loads(json.dumps(cards.as_json(), allow_nan=False))
        again = Cards.from_json(told)
        assert again == cards
        assert again.as_json() == cards.as_json()


def test_the_same_records_give_the_same_cards():
    small = draw(4, further=True, students=SMALL)
    assert make_cards(small) == make_cards(small)


def test_the_order_of_rows_decides_nothing_of_the_rule(further):
    turned = further.only(np.arange(len(further))[::-1])
    first, second = (
        make_cards(one.only(one.school_year == 2025)).checkpoints[0]
        for one in (further, turned)
    )
    (rule,), (again,) = first.ways, second.ways
    assert rule.precision == again.precision
    assert rule.missed == again.missed
    assert rule.lead == again.lead
    assert [one.missed for one in rule.groups] == [one.missed for one in again.groups]


def test_one_year_is_too_little_and_the_card_says_so(further):
    cards = make_cards(further.only(further.school_year == 2025))
    assert cards.uses is Way.RULE
    assert cards.why is Shortage.ONE_YEAR
    assert "one finished year" in cards.sentences[0].en
    (card,) = cards.checkpoints
    assert [one.way for one in card.ways] == [Way.RULE]
    assert card.ways[0].precision.known
    assert card.ways[0].brier.reason is Reason.NOT_APPLICABLE
    assert card.over_rule is None


def test_no_year_and_too_few_outcomes(further):
    none = make_cards(further.only(further.school_year == 1999))
    assert (none.uses, none.why, none.checkpoints) == (Way.RULE, Shortage.NO_YEAR, ())
    fewer = replace(further, outcome=np.where(np.arange(9000) < 8990, 0.0, 1.0))
    assert make_cards(fewer).why is Shortage.TOO_FEW_OUTCOMES
    nobody = replace(further, rule=np.zeros(9000))
    assert make_cards(nobody).why is Shortage.TOO_FEW_FLAGGED


def test_outcomes_that_are_not_known_are_left_out(further):
    some = further.outcome.copy()
    some[further.school_year == 2025] = np.nan
    cohorts = replace(further, outcome=some)
    cards = make_cards(cohorts.only(cohorts.school_year > 2023))
    assert cards.years_tested == (2024,)


def test_four_years_are_tested_on_the_last_two():
    cards = make_cards(draw(3, further=True, students=SMALL, years=range(2022, 2026)))
    assert cards.years_trained == (2022, 2023)
    assert cards.years_tested == (2024, 2025)


def test_a_share_may_be_given_instead_of_the_rules_number(further):
    tested = further.only(further.school_year == 2025)
    (card,) = make_cards(tested, share=0.05).checkpoints
    assert card.flagged == 150
    with pytest.raises(ValueError, match="share"):
        make_cards(further, share=1.5)


def test_groups_are_seen_and_never_used(further):
    earlier = further.only(further.school_year < 2025)
    later = further.only(further.school_year == 2025)
    plain = predict(earlier, later, 7).chance
    rng = np.random.default_rng(0)

    def shuffled(one):
        return replace(
            one,
            groups={name: rng.permutation(codes) for name, codes in one.groups.items()},
            school=rng.permutation(one.school),
        )

    np.testing.assert_array_equal(
        predict(shuffled(earlier), shuffled(later), 7).chance, plain
    )
    words = (
        "race",
        "income",
        "language",
        "learner",
        "disab",
        "gender",
        "hous",
        "foster",
        "homeless",
        "migrant",
        "school_id",
        "zip",
        "address",
    )
    assert not [name for name in further.names if any(word in name for word in words)]


def test_outcomes_of_the_tested_year_are_never_learned_from(further):
    earlier = further.only(further.school_year < 2025)
    later = further.only(further.school_year == 2025)
    turned = replace(later, outcome=1 - later.outcome)
    for ask in (
        lambda test: predict(earlier, test, 7).chance,
        lambda test: rule_chances(earlier, test),
        lambda test: school_chances(earlier, test),
    ):
        np.testing.assert_array_equal(ask(later), ask(turned))


def test_small_groups_are_too_few_to_say(further):
    groups = further.groups["gender"].copy()
    tested = np.flatnonzero(further.school_year == 2025)
    groups[tested[:10]] = 2
    cohorts = replace(
        further,
        groups={"gender": groups},
        group_names={"gender": ("female", "male", "nonbinary")},
    )
    cards = make_cards(cohorts.only(cohorts.school_year == 2025))
    for way in cards.checkpoints[0].ways:
        first, second, third = way.groups
        assert (third.group, third.n) == ("nonbinary", 10)
        for told in (third.missed, third.false_alarms, third.precision, third.area):
            assert told.reason is Reason.TOO_FEW
        assert first.n + second.n + third.n == 3000
        smaller, larger = sorted((first, second), key=lambda one: one.observed.known)
        assert not smaller.observed.known
        assert larger.observed.lower < larger.observed.value < larger.observed.upper
    assert share(3, 10).reason is Reason.TOO_FEW
    assert share(3, 11).known


def test_the_decision_names_where_it_was_met_and_where_not():
    def said(earned, failed):
        told = decided(
            learned=(2023, 2024),
            tested=(2025,),
            earned=earned,
            failed=failed,
            margin=0.03,
        )
        return told.en, told.es

    en, es = said(("10-15",), ("01-31",))
    assert "by 3 points or more on October 15, but not on January 31" in en
    assert "15 de octubre; pero no en estas: 31 de enero" in es
    assert "2022-23 and 2023-24" in en
    assert "2022-23 y 2023-24" in es
    en, es = said((), ("10-15", "01-31"))
    assert en.endswith("did not surely find more by 3 points or more.")
    assert es.endswith("no encontró con seguridad más por 3 puntos o más.")
    en, es = said(("10-15", "01-31"), ())
    assert en.startswith("The model earns its place")
    assert es.startswith("El modelo se gana su lugar")


def test_a_hidden_group_does_not_follow_from_the_others():
    x, n = np.array([3.0, 20, 90]), np.array([8.0, 40, 300])
    few, next_smallest, most = told_apart(x, n, n)
    assert (few.reason, next_smallest.reason) == (Reason.TOO_FEW, Reason.TOO_FEW)
    assert most == wilson(90, 300)
    # Two that are hidden anyway, thirteen students together, hide each other.
    small = told_apart(np.array([3.0, 2, 90]), np.array([8.0, 5, 300]), n)
    assert [one.known for one in small] == [False, False, True]
    # In a family of two both are hidden; nothing hides where nobody is.
    pair = told_apart(np.array([1.0, 50]), np.array([4.0, 200]), np.array([4.0, 200]))
    assert [one.known for one in pair] == [False, False]
    none = told_apart(np.array([0.0, 50]), np.array([0.0, 200]), np.array([0.0, 200]))
    assert none[1].known


def test_lead_time_counts_days_until_it_was_certain(further):
    tested = further.only(further.school_year == 2025)
    lead = make_cards(tested).checkpoints[0].ways[0].lead
    days = tested.met_after[(tested.rule >= 1) & (tested.outcome > 0)]
    assert lead.n == len(days)
    assert lead.median == np.quantile(days, 0.5, method="inverted_cdf")
    assert lead.lower_quartile == np.quantile(days, 0.25, method="inverted_cdf")


def test_ties_at_the_edge_count_in_part(further):
    tested = further.only(further.school_year == 2025)
    for k in (7, 100, 1500, 9999):
        parts = flagged_parts(tested.rule, k)
        assert parts.sum() == pytest.approx(min(k, len(tested)))
        assert parts @ tested.outcome / parts.sum() == pytest.approx(
            precision_at(tested.rule, tested.outcome, k)
        )


def test_whole_schools_are_flagged_as_environments_count_them(further, with_model):
    tested = further.only(further.school_year == 2025)
    chances = school_chances(further.only(further.school_year < 2025), tested)
    (card,) = with_model.checkpoints
    found = environments(chances, tested.outcome, tested.school, card.flagged)
    way = card.way(Way.SCHOOL)
    assert way.precision.value * card.flagged == pytest.approx(found.reached_by_setting)
    assert card.share_between == pytest.approx(found.share_between)


def test_an_interval_is_of_schools_or_of_students_where_schools_are_few(further):
    tested = further.only(further.school_year == 2025)
    assert clusters_of(tested)[0] == "schools"
    few = replace(tested, school=tested.school % 4)
    assert clusters_of(few)[0] == "students"
    flagged = (tested.rule >= 1).astype(float)
    rng = np.random.default_rng(5)
    noise = rng.random(len(tested))
    for one in (tested, few):
        same = difference_at(tested.rule, tested.rule, one, flagged, 1)
        assert (same.lower, same.value, same.upper) == (0, 0, 0)
        worse = difference_at(noise, tested.rule, one, flagged, 1)
        assert worse.lower < worse.value < worse.upper < 0
