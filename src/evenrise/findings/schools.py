"""Schools that stand out: beyond chance and beyond the usual spread between schools.

A funnel with allowance for over-dispersion, among schools of the same kind and for
all students or for one group. It says "stands out" or nothing: there is no order of
schools, and a school that stands out for the better is a place to visit and learn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evenrise.findings import drawing
from evenrise.findings.caveats import MIXED_SCHOOLS, NOT_WHY
from evenrise.findings.comparisons import ALPHA, FEW_STUDENTS, comparable, is_complement
from evenrise.findings.desk import Desk, worked_out
from evenrise.findings.finding import Certainty, Finding, Kind
from evenrise.findings.gaps import directions
from evenrise.findings.pictures import FunnelPlot, FunnelPoint
from evenrise.findings.sentences import both
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.sentences.stories import Counted, SchoolStory
from evenrise.findings.table import Flags, Floats, Ints
from evenrise.statistics.funnel import Funnel, funnel
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import two_sided_p
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.groups import ALL_FAMILY
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


FEWEST_SCHOOLS = 5  # below this a spread between schools cannot be told
MOST_TOLD = 6  # schools told for one indicator
CURVE = 24  # places along the funnel's axis
# Schools for students of particular circumstances: like no other school.
_APART = re.compile(
    r"\b(continuation|alternative|community day|opportunity|hospital|home study|"
    r"independent study|juvenile|adult|special education|nonpublic|non-public)\b",
    re.IGNORECASE,
)
OWN_KIND = "other"
_KINDS = (  # the first that fits: "Junior High" is no high school
    ("middle", re.compile(r"\b(middle|junior high|intermediate)\b", re.IGNORECASE)),
    ("elementary", re.compile(r"\b(elementary|primary)\b", re.IGNORECASE)),
    ("high", re.compile(r"\bhigh\b", re.IGNORECASE)),
)
_SPANS = {"elementary": range(7), "middle": range(5, 9), "high": range(9, 13)}


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Schools of one kind, compared for one indicator, year and group."""

    rows: Ints
    kind: str
    funnel: Funnel
    p: Floats  # by school, with allowance for over-dispersion


def school_findings(desk: Desk, latest: dict[str, int]) -> list[Finding]:
    """The schools that stand out, adjusted within each indicator."""
    kinds = school_kinds(desk)
    fit = _fit(desk)
    found: list[Finding] = []
    for key, year in sorted(latest.items()):
        fields = list(_fields(desk, key, year, fit, kinds))
        if not fields:
            continue
        adjusted = benjamini_hochberg(np.concatenate([field.p for field in fields]))
        told = []
        start = 0
        for field in fields:
            part = adjusted[start : start + len(field.rows)]
            start += len(field.rows)
            told += [
                _finding(desk, field, int(at), float(part[at]))
                for at in np.flatnonzero(part < ALPHA)
            ]
        told.sort(key=lambda one: (one.adjusted_p or 0.0, one.key))
        found += _without_echoes(told)[:MOST_TOLD]
    return found


def _without_echoes(told: list[Finding]) -> list[Finding]:
    """A school that stands out for all students is not told again group by group."""
    whole = {
        (one.organization_id, one.details["good"])
        for one in told
        if one.group_family == ALL_FAMILY
    }
    return [
        one
        for one in told
        if one.group_family == ALL_FAMILY
        or (one.organization_id, one.details["good"]) not in whole
    ]


def _fit(desk: Desk) -> Flags:
    """Rows that may stand in a funnel: all students, or a comparable group."""
    facts = desk.facts
    everyone = facts.select(group_family=ALL_FAMILY)
    fit = everyone | (comparable(facts) & ~is_complement(facts))
    return (
        fit & facts.shown & ~facts.doubted & ~facts.pair & ~np.isnan(directions(desk))
    )


def school_kinds(desk: Desk) -> dict[int, str]:
    """The kind of each school by its code: by its grades, or by its name."""
    facts = desk.facts
    grades: dict[int, set[int]] = {}
    rows = facts.rows(level=Level.SCHOOL, group_family="grade")
    words = facts.words["group"].names
    both_codes = facts.codes["organization_id"][rows].astype(np.int64) * len(words)
    for pair in np.unique(both_codes + facts.codes["group"][rows]):
        code, group = divmod(int(pair), len(words))
        grade = int(words[group]) if words[group].isdigit() else 0
        grades.setdefault(code, set()).add(grade)
    kinds: dict[int, str] = {}
    rows = facts.rows(level=Level.SCHOOL)
    codes, first = np.unique(facts.codes["organization_id"][rows], return_index=True)
    for code, at in zip(codes, first, strict=True):
        name = desk.organization(int(rows[at])).name
        kind = _by_grades(grades.get(int(code), set())) or _by_name(name)
        if stands_apart(name):
            kind = OWN_KIND
        if kind is not None:
            kinds[int(code)] = kind
    return kinds


def stands_apart(name: str) -> bool:
    """Whether a school's name says that it is for particular circumstances."""
    return _APART.search(name) is not None


def _by_grades(grades: set[int]) -> str | None:
    """The first span that holds all grades; None for a school that crosses spans."""
    if not grades:
        return None
    spans = (kind for kind, span in _SPANS.items() if grades <= set(span))
    return next(spans, OWN_KIND)


def _by_name(name: str) -> str | None:
    return next((kind for kind, words in _KINDS if words.search(name)), None)


def _fields(
    desk: Desk, key: str, year: int, fit: Flags, kinds: dict[int, str]
) -> Iterator[Field]:
    """All students first, then each group; by kind where kinds are known."""
    facts = desk.facts
    rows = facts.rows(indicator=key, school_year=year, level=Level.SCHOOL)
    rows = rows[fit[rows] & (facts.n[rows] >= FEW_STUDENTS)]
    cell = (
        facts.codes["group_family"][rows].astype(np.int64)
        * (len(facts.words["group"]) + 1)
        + facts.codes["group"][rows]
    )
    for one in np.unique(cell):
        yield from _by_kind(desk, rows[cell == one], kinds)


def _by_kind(desk: Desk, rows: Ints, kinds: dict[int, str]) -> Iterator[Field]:
    codes = desk.facts.codes["organization_id"][rows]
    told = np.array([kinds.get(int(code), "") for code in codes])
    if not any(told):
        yield from _field(desk, rows, "all")
        return
    for kind in ("elementary", "middle", "high"):
        yield from _field(desk, rows[told == kind], kind)


def _field(desk: Desk, rows: Ints, kind: str) -> Iterator[Field]:
    if len(rows) < FEWEST_SCHOOLS:
        return
    facts = desk.facts
    spread = funnel(facts.x[rows], facts.n[rows])
    if spread.reason is None:
        yield Field(rows, kind, spread, two_sided_p(spread.z_adjusted))


def _finding(desk: Desk, field: Field, at: int, adjusted: float) -> Finding:
    facts = desk.facts
    row = int(field.rows[at])
    info, organization = desk.info(row), desk.organization(row)
    family, group = desk.family_and_group(row)
    everybody = family == ALL_FAMILY
    school = desk.counted(row)
    center = field.funnel.center or 0.0
    total = float(facts.n[field.rows].sum())
    good = (school.share > center) == (info.good == "up")
    # Schools of several kinds side by side: standing out may be a matter of grades.
    certainty = Certainty.UNCLEAR if field.kind == "all" else Certainty.DIFFERENT
    year = int(facts.year[row])
    story = SchoolStory(
        what=desk.measured(info.key),
        who=desk.who(row),
        year=year,
        school=school,
        center=center,
        center_n=total,
        schools=len(field.rows),
        kind=field.kind,
        good=good,
        students=None if everybody else desk.students(row),
    )
    together = Counted(float(facts.x[field.rows].sum()), total)
    where = (str(year), "school", organization.organization_id, family, group)
    sentence = both("school", story)
    return Finding(
        key=":".join(("school", info.key, *where)),
        kind=Kind.SCHOOL,
        indicator=info.key,
        school_year=year,
        organization_id=organization.organization_id,
        organization_name=organization.name,
        group_family=family,
        group=group,
        reference=both("schools_together", field.kind).en,
        estimate=Estimate(school.share - center, n=int(school.n)),
        students=min(int(abs(school.x - school.n * center) + 0.5), int(school.n)),
        certainty=certainty,
        adjusted_p=adjusted,
        headline=both("school_headline", story),
        sentence=sentence,
        next_step=next_step(info.key, Kind.SCHOOL, certainty),
        caveats=(MIXED_SCHOOLS, NOT_WHY) if field.kind == "all" else (NOT_WHY,),
        evidence=(
            desk.evidence(row, _label(organization.name, desk, row)),
            worked_out(both("schools_together", field.kind), together, year),
        ),
        details={
            "level": "school",
            "good_news": good and certainty is Certainty.DIFFERENT,
            "good": good,
            "outside": int(field.funnel.outside[at]),
            "schools_compared": len(field.rows),
            "school_kind": field.kind,
            "spread_between_schools": field.funnel.tau2**0.5,
        },
        picture=_picture(desk, field, at, sentence),
    )


def _label(name: str, desk: Desk, row: int) -> Text:
    label = desk.label(row)
    return Text(f"{name}: {label.en}", f"{name}: {label.es}")


def _picture(desk: Desk, field: Field, at: int, sentence: Text) -> FunnelPlot:
    facts, info = desk.facts, desk.info(int(field.rows[at]))
    outside = np.where(np.abs(field.funnel.outside) == 2, 99, 0)
    outside = np.where(np.abs(field.funnel.outside) == 1, 95, outside)
    points = []
    for place, row in enumerate(field.rows):
        name = desk.organization(int(row)).name
        points.append(
            FunnelPoint(
                Text(name, name),
                int(facts.n[row]),
                float(facts.x[row] / facts.n[row]),
                int(outside[place]),
                "focus" if place == at else "other",
            )
        )
    year = SchoolYear(int(facts.year[field.rows[at]])).label
    label = desk.label(int(field.rows[at]))
    schools = both("schools_together", field.kind)
    return FunnelPlot(
        title=Text(
            f"{info.title.en}, {label.en}, {year}",
            f"{info.title.es}, {label.es}, {year}",
        ),
        alternative=Text(
            f"Each dot is one of {len(points)} schools ({schools.en}), its rate above "
            f"its number of students, with 95 and 99.8 percent limits. {sentence.en}",
            f"Cada punto es una de {len(points)} escuelas ({schools.es}): su tasa "
            f"según su número de estudiantes, con límites de 95 y 99.8 por ciento. "
            f"{sentence.es}",
        ),
        scale=drawing.scale_of(info),
        center=field.funnel.center or 0.0,
        points=tuple(points),
        limits=_limits(field.funnel, facts.n[field.rows]),
    )


def _limits(
    spread: Funnel, n: Floats
) -> tuple[tuple[float, float, float, float, float], ...]:
    axis = np.geomspace(max(1.0, float(n.min()) * 0.8), float(n.max()) * 1.1, CURVE)
    limits = spread.limits(axis)
    curves = (
        limits.n,
        limits.lower_95,
        limits.upper_95,
        limits.lower_998,
        limits.upper_998,
    )
    return tuple(
        (float(a), float(b), float(c), float(d), float(e))
        for a, b, c, d, e in zip(*curves, strict=True)
    )
