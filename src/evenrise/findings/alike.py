"""Alike students, different schools: how differently do they fare (METHODS card 3)?

Two answers side by side. A two-level model says what each school adds, drawn towards
the mean, with earlier results and intake in its fixed part (card 3a; schools whose
reliability is under one half are too few to say). The exact comparison takes the two
schools furthest apart that serve alike students at all, and compares only students
who have one just like them at the other (card 3c). No order of schools is made: they
stand by name, and a difference is called one only if it survives looking at all pairs
(Benjamini and Hochberg) and both answers agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenrise.findings.caveats import NOT_WHY
from evenrise.findings.comparisons import ALPHA
from evenrise.findings.desk import Desk
from evenrise.findings.finding import Certainty, Finding, Kind, NotRun
from evenrise.findings.intake import FEWEST_SCHOOLS, Intake, make_intake
from evenrise.findings.pictures import Caterpillar, Mark, Scale
from evenrise.findings.sentences import both
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.sentences.student_stories import AlikeStory
from evenrise.findings.student_desk import (
    COMPARED,
    EARLIER_HERE,
    NOT_A_RATING,
    ROUNDED,
    Outcomes,
    Told,
    apart,
    rounded,
    school_name,
    shown_row,
)
from evenrise.findings.table import Flags, Floats
from evenrise.statistics.alike_students import Coverage, alike_rates, alike_students
from evenrise.statistics.multilevel_fit import MultilevelFit
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import two_sided_p
from evenrise.statistics.school_comparison import compare_schools
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


PAIRS_TRIED = 200  # from the furthest apart on, until two serve alike students
_Z = 1.959963984540054
NO_DIFFERENCE = Text(
    "Alike students fare about alike in the schools that can be compared: the records "
    "show no difference beyond chance.",
    "A estudiantes parecidos les va más o menos igual en las escuelas que se pueden "
    "comparar: los registros no muestran diferencias más allá del azar.",
)
NOT_ALIKE = Text(
    "No two schools whose own figures can be shown serve enough alike students to be "
    "compared.",
    "No hay dos escuelas cuyos datos se puedan mostrar que atiendan a suficientes "
    "estudiantes parecidos para compararlas.",
)
TOO_FEW_SCHOOLS = Text(
    f"Alike students can be compared only where {FEWEST_SCHOOLS} schools or more teach "
    "the same grades and have enough students with results.",
    f"Solo se puede comparar a estudiantes parecidos donde {FEWEST_SCHOOLS} escuelas o "
    "más enseñan los mismos grados y tienen suficientes estudiantes con resultados.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Schools:
    """The schools of one model, in the direction of their students' good.

    `may` says which may be spoken of: reliable, and their own figure is shown.
    """

    intake: Intake
    names: tuple[str, ...]
    effect: Floats
    sd: Floats
    reliable: Flags
    shown: Flags

    @property
    def may(self) -> Flags:
        """Schools that may be named."""
        return self.reliable & self.shown


@dataclass(frozen=True, slots=True)
class Pair:
    """The two schools furthest apart that serve alike students."""

    first: int
    second: int
    model: Estimate
    adjusted_p: float
    matched: Estimate
    coverage: Coverage


def alike_findings(desk: Desk, outcomes: Outcomes) -> Told:
    """One finding an outcome, of the latest year; or why there is none."""
    findings, reason = [], TOO_FEW_SCHOOLS
    for key in COMPARED:
        if key not in outcomes:
            continue
        one = outcomes[key]
        year = one.years[-1]
        intake = make_intake(one, year, apart(desk, one))
        fit = None if intake is None else intake.fit()
        if intake is None or fit is None or fit.reason is not None:
            continue
        schools = schools_of(desk, intake, fit)
        pair = furthest(schools)
        if pair is not None:
            findings.append(_finding(desk, schools, pair))
        # A school is reliable only where schools differ beyond chance.
        reason = NOT_ALIKE if schools.reliable.sum() >= 2 else NO_DIFFERENCE
    if findings:
        return Told(tuple(findings))
    return Told(not_run=(NotRun(Kind.ALIKE_STUDENTS, reason),))


def schools_of(desk: Desk, intake: Intake, fit: MultilevelFit) -> Schools:
    """The model's schools, with what may be said of each."""
    one = intake.outcomes
    codes = [one.schools[int(at)] for at in intake.schools]
    shown = [
        shown_row(desk, (one.indicator, intake.year, str(Level.SCHOOL), code))
        is not None
        for code in codes
    ]
    return Schools(
        intake,
        tuple(school_name(desk, code) for code in codes),
        intake.better * fit.effects[:, 0],
        fit.effect_sd[:, 0],
        fit.reliable,
        np.array(shown, dtype=np.bool_),
    )


def furthest(schools: Schools) -> Pair | None:
    """The pair furthest apart of which half the students have their like."""
    may = np.flatnonzero(schools.may)
    if len(may) < 2:
        return None
    first, second = np.triu_indices(len(may), 1)
    first, second = may[first], may[second]
    gap = schools.effect[first] - schools.effect[second]
    spread = np.hypot(schools.sd[first], schools.sd[second])
    adjusted = benjamini_hochberg(two_sided_p(gap / spread))
    order = np.lexsort((second, first, -np.abs(gap)))[:PAIRS_TRIED]
    for at in order:
        high, low = int(first[at]), int(second[at])
        if gap[at] < 0:
            high, low = low, high
        matched, coverage = _matched(schools.intake, high, low)
        if coverage.enough and matched.known:
            size, half = abs(float(gap[at])), _Z * float(spread[at])
            n = rounded(coverage.first + coverage.second)
            model = Estimate(size, size - half, size + half, n)
            return Pair(high, low, model, float(adjusted[at]), matched, coverage)
    return None


def _matched(intake: Intake, high: int, low: int) -> tuple[Estimate, Coverage]:
    """The exact comparison of two schools, in the direction of students' good."""
    a, b = intake.schools[high], intake.schools[low]
    chosen = (intake.school == a) | (intake.school == b)
    cell, y = intake.cells()[chosen], intake.y[chosen]
    at_first = intake.school[chosen] == a
    if intake.outcomes.has_scores:
        found = alike_students(y, at_first, cell)
        return _rounded(found.difference), found.coverage
    _, code = np.unique(cell, return_inverse=True)
    size = int(code.max()) + 1

    def by_cell(weight: Floats) -> Floats:
        return np.bincount(code, weights=weight, minlength=size).astype(np.float64)

    inside, outside = at_first.astype(np.float64), (~at_first).astype(np.float64)
    rates = alike_rates(
        (by_cell(y * inside), by_cell(y * outside)),
        (by_cell(inside), by_cell(outside)),
    )
    found_rate = rates.risk_difference
    return _rounded(_turned(found_rate, intake.better)), rates.coverage


def _turned(one: Estimate, better: float) -> Estimate:
    """The estimate in the direction of students' good."""
    if better > 0 or one.value is None:
        return one
    lower = None if one.upper is None else -one.upper
    upper = None if one.lower is None else -one.lower
    return Estimate(-one.value, lower, upper, one.n)


def _rounded(one: Estimate) -> Estimate:
    if one.value is None or one.n is None:
        return one
    return Estimate(one.value, one.lower, one.upper, rounded(one.n))


def _finding(desk: Desk, schools: Schools, pair: Pair) -> Finding:
    intake = schools.intake
    one, year = intake.outcomes, intake.year
    key = one.indicator
    agree = pair.matched.lower is not None and pair.matched.lower > 0
    clear = agree and pair.adjusted_p < ALPHA and (pair.model.lower or 0) > 0
    certainty = Certainty.DIFFERENT if clear else Certainty.UNCLEAR
    prior = "prior" in intake.fixed
    story = AlikeStory(
        what=desk.measured(key),
        year=year,
        first=schools.names[pair.first],
        second=schools.names[pair.second],
        scores=one.has_scores,
        prior=prior,
        model=pair.model,
        matched=pair.matched,
        coverage=(pair.coverage.share_first or 0.0, pair.coverage.share_second or 0.0),
        schools=int(schools.may.sum()),
        too_few=int((schools.shown & ~schools.reliable).sum()),
        certainty=certainty,
    )
    sentence = both("alike", story)
    rows = [
        shown_row(desk, (key, year, str(Level.SCHOOL), one.schools[int(code)]))
        for code in (intake.schools[pair.first], intake.schools[pair.second])
    ]
    names = (story.first, story.second)
    evidence = tuple(
        desk.evidence(row, Text(name, name))
        for row, name in zip(rows, names, strict=True)
        if row is not None
    )
    return Finding(
        key=f"alike_students:{key}:{year}:district:{desk.district.organization_id}",
        kind=Kind.ALIKE_STUDENTS,
        indicator=key,
        school_year=year,
        organization_id=desk.district.organization_id,
        organization_name=desk.district.name,
        reference="alike students at another school",
        estimate=pair.model,
        students=int(min(row.denominator or 0 for row in evidence)),
        certainty=certainty,
        adjusted_p=pair.adjusted_p,
        headline=both("alike_headline", story),
        sentence=sentence,
        next_step=next_step(key, Kind.ALIKE_STUDENTS, certainty),
        caveats=(NOT_A_RATING, *((EARLIER_HERE,) if prior else ()), ROUNDED, NOT_WHY),
        evidence=evidence,
        details={
            "level": "district",
            "unit": "standard deviations" if one.has_scores else "shares",
            "schools": list(names),
            "matched": _plain(pair.matched),
            "coverage": [round(part, 2) for part in story.coverage],
            "schools_compared": story.schools,
            "schools_too_few": story.too_few,
        },
        picture=_picture(schools, pair, sentence, desk.indicators[key].title),
    )


def _plain(one: Estimate) -> dict[str, float | int | None]:
    return {"value": one.value, "lower": one.lower, "upper": one.upper, "n": one.n}


def _picture(schools: Schools, pair: Pair, sentence: Text, title: Text) -> Caterpillar:
    """The schools by name; limits of two that do not overlap tell them apart."""
    intake = schools.intake
    may = np.flatnonzero(schools.may)
    limits = compare_schools(schools.effect[may], schools.sd[may])
    lower, upper = np.zeros(len(schools.names)), np.zeros(len(schools.names))
    lower[may], upper[may] = limits.lower, limits.upper
    n = intake.count(np.ones(len(intake.y), dtype=np.bool_))
    marks = []
    for at in sorted(range(len(schools.names)), key=lambda at: schools.names[at]):
        name = Text(schools.names[at], schools.names[at])
        if not schools.shown[at]:
            one = Estimate.unknown(Reason.SUPPRESSED)
        elif not schools.reliable[at]:
            one = Estimate.unknown(Reason.TOO_FEW)
        else:
            value = float(schools.effect[at])
            one = Estimate(value, float(lower[at]), float(upper[at]), rounded(n[at]))
        kind = "focus" if at in (pair.first, pair.second) else "other"
        marks.append(Mark(name, one, kind))
    year = SchoolYear(intake.year).label
    return Caterpillar(
        title=Text(
            f"{title.en} beside alike students, {year}",
            f"{title.es} frente a estudiantes parecidos, {year}",
        ),
        alternative=Text(
            f"{len(marks)} schools by name, each beside what students like its own "
            "have at the other schools; two whose intervals do not overlap differ. "
            f"{sentence.en}",
            f"{len(marks)} escuelas por nombre, cada una frente a lo que tienen "
            "estudiantes parecidos en las demás; dos cuyos intervalos no se tocan son "
            f"distintas. {sentence.es}",
        ),
        scale=effect_scale(scores=intake.outcomes.has_scores),
        rows=tuple(marks),
    )


def effect_scale(*, scores: bool) -> Scale:
    """How effects are read: to the right is to the students' advantage."""
    if scores:
        return Scale(
            "sd",
            "up",
            Text(
                "Ahead of students like these elsewhere, in standard deviations",
                "Ventaja sobre estudiantes parecidos de otras escuelas, en "
                "desviaciones estándar",
            ),
        )
    return Scale(
        "points",
        "up",
        Text(
            "Better off than students like these elsewhere, in points",
            "Ventaja sobre estudiantes parecidos de otras escuelas, en puntos",
        ),
    )
