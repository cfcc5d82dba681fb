"""Cards: how well rule, model and whole schools found students in the district's past.

    cards = make_cards(cohorts_of(snapshot, as_of, settings))
    cards.uses                     # "rule", unless a model earned its place
    Cards.from_json(cards.as_json()) == cards

A model learns from earlier years and is tried on later ones, beside the simple rule and
beside flagging whole schools, at the same number of students. It is used only if its
precision is higher than both by a margin fixed in advance, with the whole interval, on
every checkpoint (METHODS card 8). Otherwise the rule is used, and the card says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenrise.findings.early_warning import card_words as words
from evenrise.findings.early_warning.account import (
    TOO_FEW,
    Scored,
    account_of,
    share as share_of,
)
from evenrise.findings.early_warning.at_the_same_number import (
    clusters_of,
    difference_at,
    flagged_parts,
)
from evenrise.findings.early_warning.card import (
    Cards,
    CheckpointCard,
    OtherSchools,
    Shortage,
    Way,
    WayCard,
)
from evenrise.findings.early_warning.model import (
    Chances,
    predict,
    predict_other_schools,
)
from evenrise.findings.early_warning.rule_scores import (
    CROSSED,
    rule_chances,
    school_chances,
)
from evenrise.indicators.flags.cohorts import Cohorts, Floats
from evenrise.statistics.delong import area, compare_areas
from evenrise.statistics.environments import environments
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


# Pages that only read cards take `Cards` from `card`, which is light.
__all__ = ["MARGIN", "Cards", "make_cards"]

MARGIN = 0.03  # of precision: 3 more of 100 flagged; fixed before any model was tried
SEED = 20_261_122
FEWEST_OUTCOMES = 50  # on track, and not, in what is learned from and in what is tested
TESTED_TWO_FROM = 4  # finished years from which on the last two are tested


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is compared, and how."""

    trained: tuple[int, ...]
    tested: tuple[int, ...]
    margin: float
    share: float | None
    seed: int


def make_cards(
    cohorts: Cohorts,
    *,
    margin: float = MARGIN,
    share: float | None = None,
    seed: int = SEED,
    rule: Text | None = None,
) -> Cards:
    """Hold rule, model and whole schools to account on later years.

    Args:
        cohorts: students of finished years; rows without a known outcome are left out.
        margin: by how much the model's precision must exceed the others'.
        share: of the students to be flagged; by default as many as the rule flags.
        seed: of the model and of the intervals.
        rule: the name of the rule that the cohorts were counted by; the default one
            where it is left out.

    Raises:
        ValueError: when the share is not above 0 and at most 1.
    """
    if share is not None and not 0 < share <= 1:
        raise ValueError("A share of students to flag lies above 0 and up to 1.")
    judged = cohorts.only(cohorts.judged)
    years = judged.years
    kept = 2 if len(years) >= TESTED_TWO_FROM else 1
    trained = years[:-kept] if len(years) > 1 else ()
    plan = _Plan(
        trained=trained,
        tested=years[-kept:],
        margin=margin,
        share=share,
        seed=seed,
    )
    made_cards, reasons, rows = [], [], []
    for code in range(len(judged.checkpoints)):
        here = judged.only(judged.checkpoint == code)
        test = here.only(np.isin(here.school_year, plan.tested))
        if len(test) < TOO_FEW:
            continue
        earlier = here.only(np.isin(here.school_year, plan.trained))
        card, reason, used = _checkpoint(earlier, test, plan, code)
        made_cards.append(card)
        rows.append(used)
        if reason is not None:
            reasons.append(reason)
    why = reasons[0] if reasons else None if made_cards else Shortage.NO_YEAR
    model = why is None and all(card.earns for card in made_cards)
    used = (sum(one[0] for one in rows), sum(one[1] for one in rows))
    return Cards(
        uses=Way.MODEL if model else Way.RULE,
        why=why,
        margin=float(margin),
        years_trained=plan.trained,
        years_tested=plan.tested,
        rows_used=used[0],
        rows_there=used[1],
        checkpoints=tuple(made_cards),
        sentences=_sentences(
            why,
            plan,
            made_cards,
            (used, words.THE_RULE if rule is None else words.own_rule(rule)),
        ),
    )


def _sentences(
    why: Shortage | None,
    plan: _Plan,
    cards: list[CheckpointCard],
    told: tuple[tuple[int, int], Text],
) -> tuple[Text, ...]:
    used, rule = told
    if why is None:
        first = words.decided(
            learned=plan.trained,
            tested=plan.tested,
            earned=tuple(one.checkpoint for one in cards if one.earns),
            failed=tuple(one.checkpoint for one in cards if not one.earns),
            margin=plan.margin,
        )
    else:
        first = words.why_not(why)
    part = () if used[0] == used[1] else (words.part_learned(*used),)
    return (first, rule, words.WHAT_IS_MEANT, words.NEVER_INPUTS, *part)


def _number(test: Cohorts, plan: _Plan) -> tuple[int, Floats]:
    """How many are flagged, and whom that number is counted by."""
    if plan.share is None:
        flagged = (test.rule >= CROSSED).astype(np.float64)
    else:
        flagged = np.full(len(test), plan.share)
    return min(max(round(float(flagged.sum())), 1), len(test)), flagged


def _shortage(earlier: Cohorts, test: Cohorts, k: int) -> Shortage | None:
    if len(earlier) == 0:
        return Shortage.ONE_YEAR
    for part in (earlier, test):
        events = float(part.outcome.sum())
        if min(events, len(part) - events) < FEWEST_OUTCOMES:
            return Shortage.TOO_FEW_OUTCOMES
    return Shortage.TOO_FEW_FLAGGED if k < TOO_FEW else None


def _checkpoint(
    earlier: Cohorts, test: Cohorts, plan: _Plan, code: int
) -> tuple[CheckpointCard, Shortage | None, tuple[int, int]]:
    """One checkpoint's card; why no model was tried; rows used and there."""
    k, flagged = _number(test, plan)
    reason = _shortage(earlier, test, k)
    known = len(earlier) > 0
    ways = [Scored(Way.RULE, test.rule, rule_chances(earlier, test) if known else None)]
    if known:
        by_school = school_chances(earlier, test)
        ways.append(Scored(Way.SCHOOL, by_school, by_school))
    model = None
    if reason is None:
        model = predict(earlier, test, plan.seed)
        ways.append(Scored(Way.MODEL, model.chance, model.chance))
    cards = tuple(account_of(one, test, k) for one in ways)
    name = test.checkpoints[code]
    bare = CheckpointCard(
        checkpoint=name,
        students=len(test),
        not_on_track=round(float(test.outcome.sum())),
        flagged=k,
        ways=cards,
        over_rule=None,
        over_schools=None,
        areas_p=None,
        drawn=clusters_of(test)[0],
        other_schools=None,
        share_between=_between(test, k),
        earns=False,
        sentences=_about_the_rule(cards[0], name, k, plan),
    )
    if model is None:
        return bare, reason, (0, 0)
    card = _with_model(bare, _Tried(earlier, test, ways, model, flagged), plan)
    return card, None, (model.rows_used, model.rows_there)


@dataclass(frozen=True, slots=True, eq=False)
class _Tried:
    """A model's chances beside the other ways' scores (rule, school, model)."""

    earlier: Cohorts
    test: Cohorts
    ways: list[Scored]
    model: Chances
    flagged: Floats


def _with_model(bare: CheckpointCard, tried: _Tried, plan: _Plan) -> CheckpointCard:
    test, chance = tried.test, tried.model.chance
    rule, schools = tried.ways[0].score, tried.ways[1].score
    over_rule = difference_at(chance, rule, test, tried.flagged, plan.seed)
    over_schools = difference_at(chance, schools, test, tried.flagged, plan.seed)
    y = test.outcome
    said = words.compared(over_rule, over_schools, bare.flagged, plan.margin)
    return CheckpointCard(
        checkpoint=bare.checkpoint,
        students=bare.students,
        not_on_track=bare.not_on_track,
        flagged=bare.flagged,
        ways=bare.ways,
        over_rule=over_rule,
        over_schools=over_schools,
        areas_p=compare_areas(area(chance, y), area(rule, y)),
        drawn=bare.drawn,
        other_schools=_other_schools(tried, bare.flagged, plan),
        share_between=bare.share_between,
        earns=_above(over_rule, plan.margin) and _above(over_schools, plan.margin),
        sentences=(*bare.sentences, said),
    )


def _above(one: Estimate, margin: float) -> bool:
    return one.lower is not None and one.lower > margin


def _other_schools(tried: _Tried, k: int, plan: _Plan) -> OtherSchools | None:
    test = tried.test
    chance = predict_other_schools(tried.earlier, test, plan.seed)
    if chance is None:
        return None
    parts = flagged_parts(chance, k)
    return OtherSchools(
        precision=share_of(float(parts @ test.outcome), float(parts.sum())),
        area=area(chance, test.outcome).value,
        over_rule=difference_at(
            chance, tried.ways[0].score, test, tried.flagged, plan.seed
        ),
    )


def _between(test: Cohorts, k: int) -> float | None:
    """The share of the outcome's variance between schools; None for one school."""
    if len(np.unique(test.school)) < 2:
        return None
    return environments(test.outcome, test.outcome, test.school, k).share_between


def _about_the_rule(
    card: WayCard, checkpoint: str, k: int, plan: _Plan
) -> tuple[Text, ...]:
    lead = words.lead_in_words(card.lead)
    said = words.what_a_way_did(card, checkpoint, k, plan.tested)
    return (said,) if lead is None else (said, lead)
