"""A promise as somebody wants to make it, checked against the facts it begins from.

The baseline is never typed: it is read from protected facts on the day of the promise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenrise.findings.promises.model import Counts, GroupCounts, YearFacts
from evenrise.findings.promises.table import gap_of
from evenrise.findings.sentences import numbers
from evenrise.publishing.numbers import amount
from evenrise.publishing.page_store import PageStore
from evenrise.publishing.page_store.model import IndicatorInfo
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.groups import ALL_FAMILY
from evenrise.vocabulary.text import Language
from evenrise.workspace.plans.content import GroupPromise, MeasureContent
from evenrise.workspace.plans.models import RungKind
from evenrise.workspace.plans.queries.readings import (
    indicators_to_promise,
    one_year,
    promised_gap,
)


MEASURED = (RungKind.GOAL, RungKind.STRATEGY, RungKind.STEP)
LONGEST = 10  # school years from the baseline to the target
_SAME = 5e-5  # half of what is shown: one decimal of a per cent
_LEAST_GAP = 0.005  # half a point: below it a gap is told as none


class PromiseProblem(InputProblem):
    """A promise cannot be made so; `field` is the part of the form that says it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to promise; `groups` are target gaps by (family, group)."""

    title_en: str = ""
    title_es: str = ""
    note_en: str = ""
    note_es: str = ""
    indicator: str = ""
    organization_id: str = ""  # blank: the plan's own place
    baseline_year: int | None = None
    target: float | None = None
    target_year: int | None = None
    groups: Mapping[tuple[str, str], float | None]


@dataclass(frozen=True, slots=True)
class Start:
    """One group in the baseline year: its gap, or why a promise cannot name it."""

    family: str
    group: str
    facts: GroupCounts | None
    gap: float | None
    hidden: bool = False

    @property
    def name(self) -> str:
        """As a form sends it."""
        return f"{self.family}:{self.group}"

    @property
    def behind(self) -> bool:
        """Whether there is a gap to close."""
        return self.gap is not None and self.gap >= _LEAST_GAP


@dataclass(frozen=True, slots=True)
class Beginning:
    """The facts that a promise begins from."""

    info: IndicatorInfo
    place: str
    year: int
    version: int | None
    everyone: Counts
    starts: tuple[Start, ...]

    @property
    def share(self) -> float:
        """All students in the baseline year."""
        return self.everyone.x / self.everyone.n


def beginning_of(
    pages: PageStore, indicator: str, place: str, year: int
) -> Beginning | None:
    """What a promise may begin from; None where all students are not shown.

    Args:
        pages: the protected facts.
        indicator: its key.
        place: the organization's code.
        year: the baseline year.
    """
    info = next(
        (one for one in indicators_to_promise(pages) if one.key == indicator), None
    )
    if info is None:
        return None
    lines = pages.facts(indicator, school_year=year, organization_id=place, pairs=False)
    named = tuple(
        GroupPromise(family=one.group_family, group=one.group)
        for one in lines
        if one.group_family != ALL_FAMILY
        and not (one.gap is not None and one.gap.mirrored)
    )
    by_name = {(one.group_family, one.group): one for one in lines}
    facts = one_year(pages, year, by_name) if by_name else None
    if facts is None or facts.everyone is None:
        return None
    starts = tuple(_start(one, facts, info.good) for one in named)
    return Beginning(info, place, year, facts.version, facts.everyone, starts)


def _start(one: GroupPromise, facts: YearFacts, good: str) -> Start:
    found = gap_of(facts, promised_gap(one), good)
    name = (one.family, one.group)
    return Start(
        one.family,
        one.group,
        facts.groups.get(name),
        found.value,
        hidden=name in facts.hidden,
    )


def promised(
    pages: PageStore | None, wanted: Wanted, place: str, language: Language, key: str
) -> MeasureContent:
    """The measure that somebody wants, with its baseline filled in from the facts.

    Args:
        pages: the protected facts.
        wanted: what was asked for.
        place: the plan's own organization; the district when blank.
        language: of the sentences that say what is wrong.
        key: of the measure.

    Raises:
        PromiseProblem: when there is no such baseline, the target is no better than
            it, a group is not behind, or the two targets together would need the
            others to fall.
    """
    if not wanted.indicator:
        return _without_figures(wanted, key)
    begins = None
    if pages is not None and wanted.baseline_year is not None:
        where = wanted.organization_id or place or pages.district.organization_id
        begins = beginning_of(pages, wanted.indicator, where, wanted.baseline_year)
    if begins is None:
        raise PromiseProblem(
            "indicator",
            _("There is no figure of all students for this indicator, place and year."),
        )
    _check_target(begins, wanted, language)
    groups = tuple(_check_gap(begins, wanted, name, language) for name in wanted.groups)
    if not groups and any(one.behind for one in begins.starts):
        raise PromiseProblem(
            "groups",
            _("A measure promises to raise all and to close a gap: name a group."),
        )
    return MeasureContent(
        key=key,
        title_en=wanted.title_en,
        title_es=wanted.title_es,
        note_en=wanted.note_en,
        note_es=wanted.note_es,
        indicator=wanted.indicator,
        definition_version=begins.version,
        organization_id=wanted.organization_id,
        baseline_year=begins.year,
        baseline=round(begins.share, 6),
        target=wanted.target,
        target_year=wanted.target_year,
        groups=groups,
    )


def _without_figures(wanted: Wanted, key: str) -> MeasureContent:
    """A measure that has no indicator yet: its title says what is meant."""
    if not (wanted.title_en or wanted.title_es):
        raise PromiseProblem(
            "title_en", _("Say what is to be measured, in one of the languages.")
        )
    return MeasureContent(
        key=key,
        title_en=wanted.title_en,
        title_es=wanted.title_es,
        note_en=wanted.note_en,
        note_es=wanted.note_es,
    )


def _check_target(begins: Beginning, wanted: Wanted, language: Language) -> None:
    target, year = wanted.target, wanted.target_year
    if target is None or not 0 <= target <= 1:
        raise PromiseProblem("target", _("Write a target between 0 and 100."))
    if year is None or not begins.year < year <= begins.year + LONGEST:
        raise PromiseProblem(
            "target_year",
            _("The target's year comes after the baseline's, within ten years."),
        )
    more = begins.info.good == "up"
    better = target > begins.share if more else target < begins.share
    if not better or abs(target - begins.share) < _SAME:
        words = (
            _("More is better here: the target must be above the baseline, %(share)s.")
            if more
            else _(
                "Less is better here: the target must be below the baseline, %(share)s."
            )
        )
        share = amount(begins.share, "share", language)
        raise PromiseProblem("target", words % {"share": share})


def _check_gap(
    begins: Beginning, wanted: Wanted, name: tuple[str, str], language: Language
) -> GroupPromise:
    """A group's promise, with the gap it begins from.

    Raises:
        PromiseProblem: when it is hidden, not behind, not to be smaller, or can only
            be kept while the others fall.
    """
    start = next(
        (one for one in begins.starts if (one.family, one.group) == name), None
    )
    target = wanted.groups[name]
    field = f"gap_{name[0]}__{name[1]}"
    if start is None or start.facts is None or start.gap is None:
        raise PromiseProblem(
            "groups", _("One of these groups is hidden or not there in that year.")
        )
    students = promised_gap(GroupPromise(family=name[0], group=name[1])).students
    told = {"students": students[language]}
    if not start.behind:
        words = _("There is no gap to close for %(students)s in that year.")
        raise PromiseProblem("groups", words % told)
    if target is None or not 0 <= target < start.gap - _SAME:
        words = _("Write a gap for %(students)s between 0 and %(gap)s points.")
        gap = numbers.points(start.gap, 1000, language)
        raise PromiseProblem(field, words % {**told, "gap": gap})
    _check_together(begins, wanted, start.facts, target, field, told)
    return GroupPromise(
        family=name[0],
        group=name[1],
        baseline_gap=round(start.gap, 6),
        target_gap=target,
    )


def _check_together(
    begins: Beginning,
    wanted: Wanted,
    facts: GroupCounts,
    target_gap: float,
    field: str,
    told: dict[str, str],
) -> None:
    """Both targets must be possible without a fall of the others.

    All = w group + (1 - w) others and gap = others - group (when more is good) give
    where the others would stand: all + w gap. That may not be worse than today.
    """
    target = wanted.target if wanted.target is not None else begins.share
    own = facts.group.n / (facts.group.n + facts.others.n)
    sign = 1 if begins.info.good == "up" else -1
    others = target + sign * own * target_gap
    today = facts.others.x / facts.others.n
    if sign * (others - today) < -_SAME:
        words = _(
            "These two targets together would mean that all other students lose ground:"
            " promise more for all, or leave %(students)s a larger gap for now."
        )
        raise PromiseProblem(field, words % told)
