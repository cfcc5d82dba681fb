"""Bright spots: schools to visit, where alike students do better (METHODS card 5).

A school is one when, in at least two of the last three years, the model of alike
students with an effect of its own for the focal group says with probability 0.9 or
more that it lies above a tenth of a standard deviation for the focal group, and above
the other schools for everybody else; with at least ten students of each, and nine
tenths of its students tested. Line, group and years are set before looking. The
highest average and the smallest gap play no part.

No effect is told for a year in which the school's own figure is hidden, and none of
the two kinds of students where theirs is. The school may still be named: a figure
hidden beside a known number of students says already that hardly anybody has the
outcome, or nearly everybody.

It is called *different* when the second surest year would survive looking at all
schools (Benjamini and Hochberg on the chance of being wrong). No bright spot found is
a legitimate answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenrise.findings.alike import effect_scale
from evenrise.findings.caveats import NOT_WHY
from evenrise.findings.comparisons import ALPHA
from evenrise.findings.desk import Desk
from evenrise.findings.finding import Certainty, EvidenceRow, Finding, Kind, NotRun
from evenrise.findings.intake import Intake, make_intake
from evenrise.findings.pictures import Caterpillar, Mark
from evenrise.findings.sentences import both
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.sentences.stories import Who
from evenrise.findings.sentences.student_stories import BrightStory
from evenrise.findings.student_desk import (
    COMPARED,
    EARLIER_HERE,
    NOT_A_RATING,
    ROUNDED,
    Outcomes,
    Told,
    apart,
    both_shown,
    counted_there,
    rounded,
    school_name,
    shown_row,
)
from evenrise.findings.table import Flags, Floats, Ints
from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.statistics.bright_spots import (
    ENOUGH,
    OF_YEARS,
    SURE,
    TESTED,
    YEARS,
    chance_above,
)
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import CONFIDENCE, quantile
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.groups import ALL_FAMILY, group_students
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


LINE = 0.1  # standard deviations of students, for the focal group
NONE_FOUND = Text(
    "No school does clearly better, year after year, by alike students of both kinds; "
    "that is an answer too.",
    "Ninguna escuela logra con claridad, año tras año, algo mejor con estudiantes "
    "parecidos de ambos tipos; eso también es una respuesta.",
)
CANNOT_LOOK = Text(
    "Too few schools teach the same grades, with enough students of each group, to "
    "look for bright spots.",
    "Muy pocas escuelas enseñan los mismos grados, con suficientes estudiantes de cada "
    "grupo, para buscar buenos ejemplos.",
)
TESTED_AGAIN = Text(
    "Schools that stand out once often stand out less the next time; look again on the "
    "next year, and ask who came, who left and who was not tested.",
    "Las escuelas que destacan una vez suelen destacar menos la siguiente; vuelva a "
    "mirar el próximo año y pregunte quién llegó, quién se fue y quién no hizo el "
    "examen.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """One year's effects by school, in the direction of students' good."""

    intake: Intake
    whole: Floats
    whole_sd: Floats
    group: Floats
    group_sd: Floats
    others: Floats
    others_sd: Floats
    n_group: Ints
    n_others: Ints
    named: Flags  # its number of students is told
    may: Flags  # its own figure of all students is shown
    apart: Flags  # so are those of both kinds of students
    bright: Flags
    wrong: Floats  # the chance of not lying above the others for one of the two

    def effects(self, at: int) -> tuple[Estimate, Estimate, Estimate]:
        """A school's effects for all its students, the group, and the others."""
        return (
            _effect(self.whole, self.whole_sd, self.n_group + self.n_others, at),
            _effect(self.group, self.group_sd, self.n_group, at),
            _effect(self.others, self.others_sd, self.n_others, at),
        )

    def at(self, school: int) -> int | None:
        """Where a school stands in this year, if it does."""
        place = int(np.searchsorted(self.intake.schools, school))
        there = place < len(self.intake.schools)
        return place if there and self.intake.schools[place] == school else None


def bright_findings(desk: Desk, outcomes: Outcomes) -> Told:
    """The bright spots of every outcome; or that there are none."""
    findings: list[Finding] = []
    looked = False
    for key in COMPARED:
        if key not in outcomes:
            continue
        one = outcomes[key]
        alone = apart(desk, one)
        found = [
            _year(desk, make_intake(one, year, alone), outcomes)
            for year in one.years[-OF_YEARS:]
        ]
        years = [year for year in found if year is not None]
        if years:
            looked = True
            findings += _of_outcome(desk, one, years)
    if findings:
        return Told(tuple(findings))
    reason = NONE_FOUND if looked else CANNOT_LOOK
    return Told(not_run=(NotRun(Kind.BRIGHT_SPOT, reason),))


def _year(desk: Desk, intake: Intake | None, outcomes: Outcomes) -> Year | None:
    """Effects of one year for both kinds of students; None where no model stands."""
    if intake is None or intake.focal is None:
        return None
    fit, together = intake.fit_focal(), intake.fit()
    if fit is None or fit.reason is not None or together.reason is not None:
        return None
    others, others_sd = fit.effect_at([1, 0])
    group, group_sd = fit.effect_at([1, 1])
    group, others = intake.better * group, intake.better * others
    member = intake.of_group(intake.focal)
    n_group, n_others = intake.count(member), intake.count(~member)
    chance_group = chance_above(group, group_sd, LINE * intake.spread)
    chance_others = chance_above(others, others_sd)
    bright = np.minimum(chance_group, chance_others) >= SURE
    bright &= (n_group >= ENOUGH) & (n_others >= ENOUGH)
    named, may, both_kinds = _may(desk, intake, intake.focal)
    bright &= _tested(intake, outcomes) & named
    wrong = 1 - np.minimum(chance_above(group, group_sd), chance_others)
    return Year(
        intake=intake,
        whole=intake.better * together.effects[:, 0],
        whole_sd=together.effect_sd[:, 0],
        group=group,
        group_sd=group_sd,
        others=others,
        others_sd=others_sd,
        n_group=n_group,
        n_others=n_others,
        named=named,
        may=may,
        apart=both_kinds,
        bright=bright,
        wrong=wrong,
    )


def _may(desk: Desk, intake: Intake, focal: str) -> tuple[Flags, Flags, Flags]:
    """Schools that may be named, whose figure is shown, and those of both kinds."""
    one = intake.outcomes
    cells = [
        (one.indicator, intake.year, str(Level.SCHOOL), one.schools[int(at)])
        for at in intake.schools
    ]
    told = [
        (
            counted_there(desk, cell),
            shown_row(desk, cell) is not None,
            both_shown(desk, cell, focal) is not None,
        )
        for cell in cells
    ]
    named, whole, kinds = np.array(told, dtype=np.bool_).reshape(-1, 3).T
    return named, whole, kinds & whole


def _tested(intake: Intake, outcomes: Outcomes) -> Flags:
    """Schools with a score for nine tenths of the students of tested grades.

    Who was there is told by attendance; without it nothing is known against a school.
    """
    everybody = np.ones(len(intake.schools), dtype=np.bool_)
    there = outcomes.get("chronic_absence")
    if there is None or not intake.outcomes.has_scores:
        return everybody
    one = intake.outcomes
    now = (one.school_year == intake.year) & (one.school >= 0) & (one.grade >= 0)
    here = (there.school_year == intake.year) & (there.school >= 0)
    here &= there.grade >= 0
    grades = int(max(one.grade[now].max(), there.grade[here].max(initial=0))) + 1
    scored = np.bincount(one.grade[now], minlength=grades)
    present = np.bincount(there.grade[here], minlength=grades)
    grade_tested = scored * 2 >= np.maximum(present, 1)
    code = {school: at for at, school in enumerate(there.schools)}
    named = [code.get(one.schools[int(at)], -1) for at in intake.schools]
    n = _by_school(there, here & grade_tested[np.maximum(there.grade, 0)])
    x = _by_school(one, now & np.isfinite(one.score))
    expected = np.array([n[at] if at >= 0 else 0 for at in named])
    return np.asarray(x[intake.schools] >= TESTED * expected)


def _by_school(one: StudentOutcomes, chosen: Flags) -> Floats:
    size = len(one.schools)
    return np.bincount(one.school[chosen], minlength=size).astype(np.float64)


def _of_outcome(desk: Desk, one: StudentOutcomes, years: list[Year]) -> list[Finding]:
    schools = np.unique(np.concatenate([year.intake.schools for year in years]))
    needed = min(YEARS, len(years))
    wrong = np.ones((len(years), len(schools)))
    bright = np.zeros((len(years), len(schools)), dtype=np.bool_)
    for row, year in enumerate(years):
        at = np.searchsorted(schools, year.intake.schools)
        wrong[row, at], bright[row, at] = year.wrong, year.bright
    adjusted = benjamini_hochberg(np.sort(wrong, axis=0)[needed - 1])
    return [
        _finding(desk, one, years, int(schools[at]), float(adjusted[at]))
        for at in np.flatnonzero(bright.sum(axis=0) >= needed)
    ]


def _finding(
    desk: Desk,
    one: StudentOutcomes,
    years: list[Year],
    school: int,
    adjusted: float,
) -> Finding:
    held = [
        year
        for year in years
        if (at := year.at(school)) is not None and year.bright[at]
    ]
    told = [year for year in held if year.may[year.at(school) or 0]]
    latest = (told or held)[-1]
    intake, at = latest.intake, latest.at(school) or 0
    focal = intake.focal or ""
    key, code = one.indicator, one.schools[school]
    sure = adjusted < ALPHA and len(years) > 1
    certainty = Certainty.DIFFERENT if sure else Certainty.UNCLEAR
    prior = "prior" in intake.fixed
    whole = latest.effects(at)[0] if told else None
    story = BrightStory(
        what=desk.measured(key),
        who=Who(school_name(desk, code), is_district=False),
        years=tuple(year.intake.year for year in held),
        known=len(years),
        scores=one.has_scores,
        prior=prior,
        students=group_students(focal, focal),
        told=intake.year,
        whole=whole,
        kinds=latest.effects(at)[1:] if told and latest.apart[at] else None,
        certainty=certainty,
    )
    sentence = both("bright", story)
    evidence = _evidence(desk, latest, code)
    return Finding(
        key=f"bright_spot:{key}:{intake.year}:school:{code}",
        kind=Kind.BRIGHT_SPOT,
        indicator=key,
        school_year=intake.year,
        organization_id=code,
        organization_name=story.who.name,
        group_family=focal,
        group=focal,
        reference="alike students at other schools",
        estimate=whole or Estimate.unknown(Reason.SUPPRESSED),
        students=int(evidence[0].denominator or 0) if told else None,
        certainty=certainty,
        adjusted_p=adjusted,
        headline=both("bright_headline", story),
        sentence=sentence,
        next_step=next_step(key, Kind.BRIGHT_SPOT, certainty),
        caveats=(
            TESTED_AGAIN,
            NOT_A_RATING,
            *((EARLIER_HERE,) if prior and one.has_scores else ()),
            ROUNDED,
            NOT_WHY,
        ),
        evidence=evidence,
        details={
            "level": "school",
            "good": True,
            "good_news": certainty is Certainty.DIFFERENT,
            "unit": "standard deviations" if one.has_scores else "shares",
            "years": list(story.years),
            "years_known": story.known,
            "line": LINE,
        },
        picture=_picture(desk, years, school, sentence),
    )


def _effect(effect: Floats, sd: Floats, n: Ints, at: int) -> Estimate:
    value, half = float(effect[at]), quantile(CONFIDENCE) * float(sd[at])
    return Estimate(value, value - half, value + half, rounded(float(n[at])))


def _evidence(desk: Desk, year: Year, code: str) -> tuple[EvidenceRow, ...]:
    """The school's own figures, all and both kinds, and the district's."""
    key, focal = year.intake.outcomes.indicator, year.intake.focal or ""
    cell = (key, year.intake.year, str(Level.SCHOOL), code)
    name = school_name(desk, code)
    rows = desk.facts.rows(
        indicator=key,
        school_year=year.intake.year,
        level=str(Level.SCHOOL),
        organization_id=code,
        group_family=ALL_FAMILY,
    ).tolist()
    rows += both_shown(desk, cell, focal) or ()
    found = []
    for row in rows:
        label = desk.label(row)
        text = Text(f"{name}: {label.en}", f"{name}: {label.es}")
        found.append(desk.evidence(row, text))
    district = (key, year.intake.year, "district", desk.district.organization_id)
    whole = shown_row(desk, district)
    if whole is not None:
        found.append(desk.evidence(whole))
    return tuple(found)


def _picture(desk: Desk, years: list[Year], school: int, sentence: Text) -> Caterpillar:
    """The school beside alike students, year by year; hidden years as hidden."""
    marks = []
    focal = years[-1].intake.focal or ""
    everybody = Text("all students", "todos los estudiantes")
    others = Text("all other students", "los demás estudiantes")
    for year in years:
        at = year.at(school)
        if at is None:
            continue
        who = (everybody, group_students(focal, focal), others)
        lines = list(zip(who, year.effects(at), strict=True))
        spring = SchoolYear(year.intake.year).label
        for place, (students, effect) in enumerate(lines):
            if place and not year.apart[at]:
                continue
            label = Text(f"{spring}: {students.en}", f"{spring}: {students.es}")
            kind = "focus" if year.bright[at] and not place else "other"
            hidden = Estimate.unknown(Reason.SUPPRESSED)
            marks.append(Mark(label, effect if year.may[at] else hidden, kind))
    outcomes = years[-1].intake.outcomes
    name = school_name(desk, outcomes.schools[school])
    title = desk.indicators[outcomes.indicator].title
    return Caterpillar(
        title=Text(
            f"{title.en}: {name} beside alike students",
            f"{title.es}: {name} frente a estudiantes parecidos",
        ),
        alternative=Text(
            f"Year by year, how far students at {name} are ahead of students like them "
            f"at other schools. {sentence.en}",
            f"Año por año, la ventaja de estudiantes de {name} sobre estudiantes "
            f"parecidos de otras escuelas. {sentence.es}",
        ),
        scale=effect_scale(scores=outcomes.has_scores),
        rows=tuple(marks),
    )
