"""What a survey of beliefs found: the place beside others, when it has closed.

Nothing is shown before the last day has passed: two looks with one answer between them
would tell that answer. Nothing is shown of a side with fewer than ten answers to a
statement. Where nine in ten or more agreed, or one in ten or fewer, it is told in words
alone, the same for all as for nearly all: "all of twelve" would tell what each of them
said (METHODS cards 6 and 10).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from evenrise.publishing import numbers
from evenrise.statistics.rates import difference
from evenrise.statistics.survey_answers import MIN_ANSWERS, favorable
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.models import BeliefAnswered, BeliefSurvey
from evenrise.workspace.cycles.queries.survey_access import (
    ELSEWHERE,
    HERE,
    is_open,
    place_of,
)
from evenrise.workspace.insights.shown import day_words, estimate_words, listed
from evenrise.workspace.people.models import Person


AGREE = (4, 5)  # of 1 (not at all) to 5 (fully)
HARDLY_ANY, NEARLY_ALL = 0.1, 0.9  # shares told in words alone


@dataclass(frozen=True, slots=True)
class SideShown:
    """How many of a side agree, as a table shows it."""

    share: str
    interval: str
    n: str


@dataclass(frozen=True, slots=True)
class StatementShown:
    """A statement, both sides, and whether they differ."""

    words: str
    here: SideShown
    elsewhere: SideShown
    sure: str


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What a survey found, or from when on it tells."""

    name: str
    answer: str
    closed: bool
    here: str
    elsewhere: str
    lines: tuple[StatementShown, ...]


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A survey in a list."""

    key: int
    name: str
    closes: str
    asks: bool  # the reader may answer now
    closed: bool


def survey_name(one: BeliefSurvey, language: Language) -> str:
    """A survey's name in the reader's language, else in the other."""
    names = (one.name_en, one.name_es)
    return names[language == "es"] or names[language != "es"]


def surveys_shown(
    person: Person, today: dt.date, language: Language
) -> list[SurveyLine]:
    """Surveys that ask this person, or have closed."""
    answered = set(
        BeliefAnswered.objects.filter(person=person).values_list("survey", flat=True)
    )
    found = BeliefSurvey.objects.filter(removed_at__isnull=True)[:20]
    shown = []
    for one in found:  # at most twenty
        closed = one.closes_on < today
        may = is_open(one, today) and one.pk not in answered
        asks = may and place_of(person, one) is not None
        if asks or closed or one.made_by_id == person.pk:
            name = survey_name(one, language)
            day = day_words(one.closes_on, language)
            shown.append(SurveyLine(one.pk, name, day, asks, closed))
    return shown


def survey_result(
    one: BeliefSurvey, today: dt.date, language: Language
) -> SurveyResult:
    """The result of a survey that has closed."""
    closed = one.closes_on < today
    lines = _lines(one, language) if closed else []
    return SurveyResult(
        name=survey_name(one, language),
        answer=_answer(one, lines, language, closed=closed),
        closed=closed,
        here=listed(one.here.values_list("name", flat=True)),
        elsewhere=listed(one.elsewhere.values_list("name", flat=True)),
        lines=tuple(shown for shown, _apart in lines),
    )


def _answer(
    one: BeliefSurvey,
    lines: list[tuple[StatementShown, bool]],
    language: Language,
    *,
    closed: bool,
) -> str:
    if not closed:
        day = day_words(one.closes_on, language)
        return _("Open until %(day)s; it tells its result afterwards.") % {"day": day}
    if not any(shown.sure for shown, _apart in lines):
        return _(
            "Fewer than ten people answered on one of the two sides: nothing is shown."
        )
    apart = [shown.words for shown, is_apart in lines if is_apart]
    if not apart:
        return _(
            "Adults here and elsewhere answered alike: no difference is larger than "
            "chance."
        )
    return _("Adults here and elsewhere differ on: %(statements)s") % {
        "statements": " · ".join(apart)
    }


def _lines(one: BeliefSurvey, language: Language) -> list[tuple[StatementShown, bool]]:
    rows = list(one.answers.values_list("place", "answers"))
    return [_line(statement, rows, language) for statement in one.statements]


def _line(
    statement: dict[str, str],
    rows: list[tuple[str, dict[str, int]]],
    language: Language,
) -> tuple[StatementShown, bool]:
    """A statement; whether the two sides differ by more than chance."""
    sides = {
        place: np.array(
            [
                float(told.get(statement["key"], np.nan))
                for at, told in rows
                if at == place
            ]
        )
        for place in (HERE, ELSEWHERE)
    }
    shares = {
        place: favorable(given, given.size, AGREE).share_infinite
        for place, given in sides.items()
    }
    both = all(share.known for share in shares.values())
    apart = False
    if both:
        counts = [
            (int(np.isin(given, AGREE).sum()), int((~np.isnan(given)).sum()))
            for given in sides.values()
        ]
        gap = difference(*counts[0], *counts[1])
        apart = gap.lower is not None and gap.upper is not None
        apart = apart and (float(gap.lower or 0) > 0 or float(gap.upper or 0) < 0)
    shown = StatementShown(
        words=statement.get(language) or statement["en"] or statement["es"],
        here=_side(shares[HERE], both=both, language=language),
        elsewhere=_side(shares[ELSEWHERE], both=both, language=language),
        sure="" if not both else (_("different") if apart else _("unclear")),
    )
    return shown, apart


def _side(share: Estimate, *, both: bool, language: Language) -> SideShown:
    """One side; hidden where either side is too small, in words at both ends."""
    if not both or share.value is None:
        return SideShown(_("fewer than %(n)d") % {"n": MIN_ANSWERS}, "–", "–")
    n = numbers.count(share.n, language)
    if share.value <= HARDLY_ANY:
        return SideShown(_("hardly anybody"), "–", n)
    if share.value >= NEARLY_ALL:
        return SideShown(_("nearly everybody"), "–", n)
    return SideShown(
        estimate_words(share, "share", language),
        numbers.interval(share, "share", language),
        n,
    )
