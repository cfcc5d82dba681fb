"""Change over years: all students and the gap, told together.

For every group the whole span and each single step between years are looked at. The
whole span is told whatever it shows; a single step is told when the gap narrowed as
the better-served group fell, so that levelling down in one year cannot hide in a good
long trend. Years disturbed by the pandemic are drawn, but not begun from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from evenrise.findings import trends
from evenrise.findings.caveats import DISTURBED, DISTURBED_YEARS, NOT_WHY
from evenrise.findings.comparisons import ALPHA, too_few_counts
from evenrise.findings.desk import OTHERS, Desk, worked_out
from evenrise.findings.finding import Certainty, EvidenceRow, Finding, Kind
from evenrise.findings.gaps import YEARS_BACK, GapTable
from evenrise.findings.sentences import both
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.sentences.stories import ChangeStory, Counted
from evenrise.statistics.gap_change import GapChange, GapLabel, gap_change
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import two_sided_p
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Text


NO_PROGRESS = (GapLabel.LEVELLING_DOWN, GapLabel.NARROWED_PARTLY_BY_FALL)
FALL_UNCLEAR = Text(
    "Whether the better-served group really lost ground is not certain.",
    "No es seguro que el grupo mejor atendido haya perdido terreno de verdad.",
)
OTHER_STUDENTS = Text(
    "These are not the same students: each year counts those who were enrolled then.",
    "No son los mismos estudiantes: cada año cuenta a quienes estaban inscritos.",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One group between two years: entries of the comparisons and what changed."""

    before: int
    after: int
    whole: bool  # the whole span, not one step of it
    better: str  # who was served better at the start: group | others
    change: GapChange
    p: float


def change_findings(desk: Desk, gaps: GapTable) -> list[Finding]:
    """The changes of the district's groups, adjusted within each indicator."""
    return [
        _finding(desk, gaps, one)
        for one in weigh(desk, gaps)
        if _told(desk, gaps, one.step, one.certainty)
    ]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A step, and how sure it is beside all the others of its indicator."""

    step: Step
    certainty: Certainty
    adjusted_p: float


def weigh(desk: Desk, gaps: GapTable) -> Iterator[Weighed]:
    """Every step of every group of the district, also those no finding tells of."""
    for key, year in sorted(gaps.latest.items()):
        steps = [
            step
            for entries in _by_group(desk, gaps, key, year)
            for step in _steps(desk, gaps, entries)
        ]
        # Two questions, each a family of comparisons: the whole span, single years.
        for whole in (True, False):
            own = [step for step in steps if step.whole is whole]
            adjusted = benjamini_hochberg(np.array([step.p for step in own]))
            for step, p in zip(own, adjusted, strict=True):
                yield Weighed(step, _certainty(gaps, step, float(p)), float(p))


def _by_group(
    desk: Desk, gaps: GapTable, key: str, latest: int
) -> Iterable[dict[int, int]]:
    """For each group of the district: year to entry, of one version of the rule."""
    facts, compared = desk.facts, gaps.comparisons
    mask = facts.select(
        indicator=key,
        level=Level.DISTRICT,
        organization_id=desk.district.organization_id,
    )[compared.row]
    mask &= ~compared.mirrored & (facts.year[compared.row] >= latest - YEARS_BACK)
    groups: dict[tuple[str, str], dict[int, int]] = {}
    for at in np.flatnonzero(mask):
        row = int(compared.row[at])
        groups.setdefault(desk.family_and_group(row), {})[int(facts.year[row])] = int(
            at
        )
    for name in sorted(groups):
        entries = groups[name]
        if latest not in entries:
            continue
        rule = facts.cell("definition_version", int(compared.row[entries[latest]]))
        yield {
            year: entries[year]
            for year in sorted(entries)
            if facts.cell("definition_version", int(compared.row[entries[year]]))
            == rule
        }


def first_year(years: list[int]) -> int | None:
    """Where a span begins: the first year that schools taught as they do now."""
    steady = [year for year in years[:-1] if year not in DISTURBED_YEARS]
    return steady[0] if steady else (years[0] if len(years) > 1 else None)


def _steps(desk: Desk, gaps: GapTable, entries: dict[int, int]) -> list[Step]:
    years = list(entries)
    first = first_year(years)
    if first is None:
        return []
    spans = [(first, years[-1], True)]
    steady = [year for year in years if year >= first]
    spans += [
        (before, after, False)
        for before, after in pairwise(steady)
        if (before, after) != (first, years[-1])
    ]
    steps = []
    for before, after, whole in spans:
        step = _step(desk, gaps, entries[before], entries[after], whole=whole)
        if step is not None:
            steps.append(step)
    return steps


def _step(
    desk: Desk, gaps: GapTable, before: int, after: int, *, whole: bool
) -> Step | None:
    compared = gaps.comparisons
    good = desk.info(int(compared.row[after])).good
    better = "group" if compared.concerned[before] < 0 else "others"
    group = [_own(gaps, at) for at in (before, after)]
    others = [_other(gaps, at) for at in (before, after)]
    high, low = (group, others) if better == "group" else (others, group)
    change = gap_change(
        (high[0].x, high[0].n),
        (high[1].x, high[1].n),
        (low[0].x, low[0].n),
        (low[1].x, low[1].n),
        "up" if good == "up" else "down",
    )
    if change.label is None or change.narrowing.value is None:
        return None
    spread = change.narrowing_se or 0.0
    p = float(two_sided_p(change.narrowing.value / spread)) if spread else 1.0
    return Step(before, after, whole, better, change, p)


def _own(gaps: GapTable, at: int) -> Counted:
    compared = gaps.comparisons
    return Counted(float(compared.x[at]), float(compared.n[at]))


def _other(gaps: GapTable, at: int) -> Counted:
    compared = gaps.comparisons
    return Counted(float(compared.other_x[at]), float(compared.other_n[at]))


def _certainty(gaps: GapTable, step: Step, adjusted: float) -> Certainty:
    if adjusted < ALPHA and step.change.narrowing.excludes_zero:
        return Certainty.DIFFERENT
    parts = [f(gaps, at) for f in (_own, _other) for at in (step.before, step.after)]
    if too_few_counts(*parts):
        return Certainty.TOO_FEW
    return Certainty.UNCLEAR


def _told(desk: Desk, gaps: GapTable, step: Step, certainty: Certainty) -> bool:
    """Groups that were or are behind; of single steps those that tell something.

    That is a step that clearly levelled down, in any year, and a clear gain for both
    in the latest year.
    """
    compared = gaps.comparisons
    if max(compared.concerned[step.before], compared.concerned[step.after]) <= 0:
        return False
    if step.whole:
        return True
    if step.better == "group":
        return False  # a group that was ahead then: nothing was levelled down to it
    evidence = step.change.evidence
    if certainty is not Certainty.DIFFERENT or evidence is None:
        return False
    if step.change.label in NO_PROGRESS:
        return evidence.higher == "down"
    row = int(compared.row[step.after])
    latest = gaps.latest[desk.info(row).key] == int(desk.facts.year[row])
    gain = step.change.label is GapLabel.EXCELLENCE_AND_EQUITY
    return latest and gain and evidence.lower == "up"


def story_of(desk: Desk, gaps: GapTable, one: Weighed) -> ChangeStory:
    """The numbers of the sentences that tell a step."""
    facts, compared, step = desk.facts, gaps.comparisons, one.step
    row = int(compared.row[step.after])
    return ChangeStory(
        what=desk.measured(desk.info(row).key),
        who=desk.who(row),
        years=(int(facts.year[compared.row[step.before]]), int(facts.year[row])),
        students=desk.students(row),
        group=(_own(gaps, step.before), _own(gaps, step.after)),
        others=(_other(gaps, step.before), _other(gaps, step.after)),
        label=str(step.change.label),
        narrowing=step.change.narrowing.value or 0.0,
        better=step.better,
        certainty=one.certainty,
    )


def _finding(desk: Desk, gaps: GapTable, one: Weighed) -> Finding:
    step, certainty = one.step, one.certainty
    row = int(gaps.comparisons.row[step.after])
    key = desk.info(row).key
    family, group = desk.family_and_group(row)
    label, narrowing = step.change.label, step.change.narrowing
    story = story_of(desk, gaps, one)
    years = story.years
    parts = ("change", key, f"{years[0]}-{years[1]}", "district")
    good_news = (
        certainty is Certainty.DIFFERENT and label is GapLabel.EXCELLENCE_AND_EQUITY
    )
    return Finding(
        key=":".join((*parts, desk.district.organization_id, family, group)),
        kind=Kind.CHANGE,
        indicator=key,
        school_year=years[1],
        organization_id=desk.district.organization_id,
        organization_name=desk.district.name,
        group_family=family,
        group=group,
        reference="all other students",
        estimate=narrowing,
        students=min(
            int(abs(story.narrowing) * story.group[1].n + 0.5), int(story.group[1].n)
        ),
        certainty=certainty,
        adjusted_p=one.adjusted_p,
        headline=both("change_headline", story),
        sentence=both("change", story),
        next_step=next_step(key, Kind.CHANGE, certainty),
        caveats=(*trends.left_out(desk, row, years[0]), *_caveats(step, years)),
        evidence=_evidence(desk, gaps, step),
        details={
            "label": str(label),
            "level": "district",
            "good_news": good_news,
            "levelling_down": step.change.levelling_down_warning,
            "narrowing": "positive when the gap became smaller",
            "words": _words(step),
            "whole_span": step.whole,
            "gap_before": step.change.gap_before.value,
            "gap_after": step.change.gap_after.value,
        },
        picture=trends.change_picture(desk, gaps, step.after, both("reading", story)),
    )


def _words(step: Step) -> dict[str, str]:
    evidence = step.change.evidence
    if evidence is None:
        return {}
    return {
        "gap": evidence.gap,
        "lower": evidence.lower,
        "higher": evidence.higher,
    }


def _caveats(step: Step, years: tuple[int, int]) -> tuple[Text, ...]:
    found = [OTHER_STUDENTS, NOT_WHY]
    if any(years[0] <= year <= years[1] for year in DISTURBED_YEARS):
        found.insert(0, DISTURBED)
    evidence = step.change.evidence
    if step.change.label in NO_PROGRESS and evidence and evidence.higher != "down":
        found.insert(0, FALL_UNCLEAR)
    return tuple(found)


def _evidence(desk: Desk, gaps: GapTable, step: Step) -> tuple[EvidenceRow, ...]:
    rows = []
    for at in (step.before, step.after):
        row = int(gaps.comparisons.row[at])
        rows.append(desk.evidence(row))
        rows.append(worked_out(OTHERS, _other(gaps, at), int(desk.facts.year[row])))
    return tuple(rows)
