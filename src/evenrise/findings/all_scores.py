"""Percent proficient is not the gap (METHODS cards 2c, 2d, 2e).

A gap counted at the standard narrows or widens with where the line lies, even when
every student gained alike (Holland 2002, Ho 2008). So each such gap is held against
the gap by all scores, V (Ho and Reardon 2012), in the first and the latest year. Where
the two readings disagree it is a finding; where they agree, a sentence in the section
says so. V is told only of groups whose own counts and everybody else's are shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from evenrise.findings import trends
from evenrise.findings.caveats import DISTURBED, DISTURBED_YEARS, NOT_WHY
from evenrise.findings.changes import OTHER_STUDENTS
from evenrise.findings.comparisons import ALPHA, FEW_STUDENTS
from evenrise.findings.desk import Desk
from evenrise.findings.finding import Certainty, Finding, Kind, NotRun
from evenrise.findings.sentences import both
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.sentences.reading_stories import AllScoresStory, ScoresNoteStory
from evenrise.findings.student_desk import (
    ROUNDED,
    Outcomes,
    Told,
    both_shown,
    rounded,
)
from evenrise.findings.table import Flags, Floats
from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.statistics.effect_size import OrderedGap, v_statistic
from evenrise.statistics.gap_change import GapChange, gap_change
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import two_sided_p
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Text


TESTS = ("met_standard_ela", "met_standard_math")
STILL_LINE = 0.01  # a share; a gap at the standard that moved less did not move
STILL_V = 0.05  # standard deviations; the same for V
MOST_NOTES = 3  # sentences in a section
_SAME = 0.005  # how near the students' rates must lie to those of the facts
_Z = 1.959963984540054
NO_LINE = Text(
    "V counts how often a student of one group scores above one of the other, in any "
    "pair of them, and tells it in standard deviations; no line is drawn. It compares "
    "students with those of their own grade.",
    "V cuenta con qué frecuencia, en cualquier pareja, un estudiante de un grupo tiene "
    "un puntaje más alto que uno del otro, y lo dice en desviaciones estándar, sin "
    "trazar ninguna línea. Compara a cada estudiante con los de su grado.",
)
LINE_MATTERS = Text(
    "A gap counted at the standard depends on how many students of each group stand "
    "near it: the same gain for everybody can narrow it or widen it.",
    "Una brecha contada según el estándar depende de cuántos estudiantes de cada grupo "
    "están cerca de él: el mismo avance para todos puede reducirla o aumentarla.",
)
NO_SCORES = Text(
    "Whether a gap in meeting the standard is also a gap by all scores needs students' "
    "scores, which these records do not hold.",
    "Para saber si una brecha según el estándar lo es también según todos los puntajes "
    "hacen falta los puntajes, que estos registros no contienen.",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One group's gap in one year: rows of its facts, and V (positive: behind)."""

    year: int
    group: int
    others: int
    v: OrderedGap


@dataclass(frozen=True, slots=True)
class Pair:
    """One group's gap in two years, read in both ways; `narrowing` of V."""

    one: StudentOutcomes
    family: str
    first: Reading
    last: Reading
    line: GapChange
    narrowing: Estimate
    p: tuple[float, float]  # of the line's narrowing and of V's


def all_scores_findings(
    desk: Desk, outcomes: Outcomes, gaps: Sequence[Finding]
) -> Told:
    """Gaps of which the two readings disagree, and notes on those that agree.

    Args:
        desk: the review's desk, with protected facts.
        outcomes: by indicator.
        gaps: findings in reading order; the clear ones are noted.
    """
    tests = [outcomes[key] for key in TESTS if key in outcomes]
    scored = [one for one in tests if one.has_scores]
    if not scored:
        return Told(not_run=(NotRun(Kind.GAP, NO_SCORES),) if tests else ())
    pairs = [pair for one in scored for pair in _pairs(desk, one)]
    adjusted = [
        benjamini_hochberg(np.array([pair.p[way] for pair in pairs]))
        for way in range(2)
    ]
    found = []
    for at, pair in enumerate(pairs):
        line = _moved(pair.line.narrowing, float(adjusted[0][at]), STILL_LINE)
        scores = _moved(pair.narrowing, float(adjusted[1][at]), STILL_V)
        if "" not in (line, scores) and line != scores:
            p = (float(adjusted[0][at]), float(adjusted[1][at]))
            found.append(_finding(desk, pair, (line, scores), p))
    told = {(one.indicator, one.group) for one in found}
    notes = {
        one.indicator: _notes(
            desk,
            one,
            [gap for gap in gaps if (gap.indicator, gap.group) not in told],
            pairs,
        )
        for one in scored
    }
    return Told(tuple(found), notes=notes)


def _moved(narrowing: Estimate, adjusted: float, still: float) -> str:
    """What a gap did: narrowed, widened, held; nothing where that is not known."""
    value = narrowing.value or 0.0
    if adjusted < ALPHA and narrowing.excludes_zero:
        return "narrowed" if value > 0 else "widened"
    return "held" if abs(value) < still else ""


def _pairs(desk: Desk, one: StudentOutcomes) -> Iterator[Pair]:
    """Each two-way family's group between the first steady year and the latest."""
    for family in _families(one):
        last = _reading(desk, one, one.years[-1], family)
        if last is None:
            continue
        version = desk.facts.cell("definition_version", last.group)
        for year in one.years[:-1]:
            first = _reading(desk, one, year, family)
            if year in DISTURBED_YEARS or first is None:
                continue
            if desk.facts.cell("definition_version", first.group) != version:
                continue
            pair = _pair(desk, one, family, first, last)
            if pair is not None:
                yield pair
            break


def _families(one: StudentOutcomes) -> list[str]:
    two_way = [name for name, family in FAMILIES.items() if family.complement]
    return [name for name in two_way if name in one.groups]


def _reading(
    desk: Desk, one: StudentOutcomes, year: int, family: str
) -> Reading | None:
    """V of one year; None where the facts hide a side, or scores are too few."""
    district = (str(Level.DISTRICT), desk.district.organization_id)
    rows = both_shown(desk, (one.indicator, year, *district), family)
    if rows is None:
        return None
    scores = []
    codes = [group.code for group in FAMILIES[family].groups]
    for row in rows:
        member = one.groups[family] == codes.index(desk.facts.word("group", row))
        chosen = member & (one.school_year == year)
        if not _same(desk, row, one.happened[chosen]):
            return None
        own: Floats = one.score[chosen]
        scores.append(own[np.isfinite(own)])
    if min(len(own) for own in scores) < FEW_STUDENTS:
        return None
    v = v_statistic(scores[1], scores[0])
    if v.v.value is None or not v.v_se:
        return None
    return Reading(year, rows[0], rows[1], v)


def _same(desk: Desk, row: int, happened: Flags) -> bool:
    """Whether the students are those of the fact."""
    if not len(happened):
        return False
    return abs(float(happened.mean()) - desk.counted(row).share) < _SAME


def _pair(
    desk: Desk, one: StudentOutcomes, family: str, first: Reading, last: Reading
) -> Pair | None:
    v1, v2 = first.v.v.value or 0.0, last.v.v.value or 0.0
    if v1 <= 0:
        return None  # the group was ahead: no gap to narrow
    (h1, l1), (h2, l2) = (
        (desk.counted(row) for row in (reading.others, reading.group))
        for reading in (first, last)
    )
    line = gap_change((h1.x, h1.n), (h2.x, h2.n), (l1.x, l1.n), (l2.x, l2.n), "up")
    if line.narrowing.value is None or not line.narrowing_se or h1.share <= l1.share:
        return None
    spread = math.hypot(first.v.v_se or 0.0, last.v.v_se or 0.0)
    n = rounded((first.v.v.n or 0) + (last.v.v.n or 0))
    size = v1 - v2
    narrowing = Estimate(size, size - _Z * spread, size + _Z * spread, n)
    p = (
        float(two_sided_p(line.narrowing.value / line.narrowing_se)),
        float(two_sided_p(size / spread)),
    )
    return Pair(one, family, first, last, line, narrowing, p)


def _finding(
    desk: Desk, pair: Pair, moved: tuple[str, str], p: tuple[float, float]
) -> Finding:
    key, family = pair.one.indicator, pair.family
    years = (pair.first.year, pair.last.year)
    # One that stood still is not proved to have: only two clear moves are different.
    clear = "held" not in moved
    certainty = Certainty.DIFFERENT if clear else Certainty.UNCLEAR
    story = AllScoresStory(
        what=desk.measured(key),
        who=desk.who(pair.last.group),
        years=years,
        students=desk.students(pair.last.group),
        group=(desk.counted(pair.first.group), desk.counted(pair.last.group)),
        others=(desk.counted(pair.first.others), desk.counted(pair.last.others)),
        v=(pair.first.v.v, pair.last.v.v),
        line=moved[0],
        scores=moved[1],
        certainty=certainty,
    )
    sentence = both("all_scores", story)
    rows = [row for one in (pair.first, pair.last) for row in (one.group, one.others)]
    parts = ("change", key, f"{years[0]}-{years[1]}", "district")
    return Finding(
        key=":".join(
            (*parts, desk.district.organization_id, family, family, "all_scores")
        ),
        kind=Kind.CHANGE,
        indicator=key,
        school_year=years[1],
        organization_id=desk.district.organization_id,
        organization_name=desk.district.name,
        group_family=family,
        group=family,
        reference="all other students",
        estimate=pair.narrowing,
        students=int(story.group[1].n),
        certainty=certainty,
        adjusted_p=max(p),
        headline=both("all_scores_headline", story),
        sentence=sentence,
        next_step=next_step(key, Kind.CHANGE, certainty),
        caveats=_caveats(years),
        evidence=tuple(desk.evidence(row) for row in rows),
        details={
            "level": "district",
            "unit": "standard deviations",
            "at_the_standard": moved[0],
            "by_all_scores": moved[1],
            "narrowing_at_the_standard": _plain(pair.line.narrowing),
            "v_before": _plain(pair.first.v.v),
            "v_after": _plain(pair.last.v.v),
        },
        picture=trends.groups_picture(
            desk, _everyone(desk, pair), [pair.last.group, pair.last.others], sentence
        ),
    )


def _caveats(years: tuple[int, int]) -> tuple[Text, ...]:
    disturbed = any(years[0] <= year <= years[1] for year in DISTURBED_YEARS)
    general = (NO_LINE, LINE_MATTERS, ROUNDED, OTHER_STUDENTS, NOT_WHY)
    return ((DISTURBED,) if disturbed else ()) + general


def _everyone(desk: Desk, pair: Pair) -> int:
    """The row of all students, or the group's where they are not shown."""
    row = desk.district_row(pair.one.indicator, pair.last.year)
    return pair.last.group if row is None else row


def _plain(one: Estimate) -> dict[str, float | int | None]:
    n = None if one.n is None else rounded(one.n)
    return {"value": one.value, "lower": one.lower, "upper": one.upper, "n": n}


def _notes(
    desk: Desk, one: StudentOutcomes, gaps: Sequence[Finding], pairs: Sequence[Pair]
) -> tuple[Text, ...]:
    """What all scores say of the clear gaps of the latest year, and of the first."""
    year, families = one.years[-1], _families(one)
    firsts = {pair.family: pair.first for pair in pairs if pair.one is one}
    notes: list[Text] = []
    for gap in gaps:
        family = gap.group_family or ""
        if not _noted(gap, one, year) or family not in families:
            continue
        reading = _reading(desk, one, year, family)
        if reading is not None and len(notes) < MOST_NOTES:
            first = firsts.get(family)
            story = ScoresNoteStory(
                students=desk.students(reading.group),
                year=year,
                v=reading.v.v,
                first=None if first is None else (first.year, first.v.v),
                said=_said(reading.v.v),
            )
            notes.append(both("all_scores_note", story))
    return (*notes, NO_LINE) if notes else ()


def _noted(gap: Finding, one: StudentOutcomes, year: int) -> bool:
    """Whether it is a clear gap of the district in the year."""
    return (
        gap.kind is Kind.GAP
        and gap.certainty is Certainty.DIFFERENT
        and gap.details.get("level") == "district"
        and (gap.indicator, gap.school_year) == (one.indicator, year)
        and gap.group == gap.group_family
    )


def _said(v: Estimate) -> str:
    if not v.excludes_zero:
        return "unclear"
    return "same" if (v.value or 0.0) > 0 else "other"
