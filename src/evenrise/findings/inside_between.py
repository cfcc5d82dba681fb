"""Is a gap inside schools or between them (METHODS card 2g)?

For each main gap of the district one sentence with three parts that sum to it: what
lies among students of the same school, what comes from attending different schools,
and what belongs to both and cannot be told apart (Reardon 2008). Only whole-district
numbers leave it; no school's own count does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evenrise.findings.caveats import NOT_WHY
from evenrise.findings.desk import Desk
from evenrise.findings.finding import Certainty, Finding, Kind
from evenrise.findings.sentences import both
from evenrise.findings.sentences.stories import Who
from evenrise.findings.sentences.student_stories import PartsStory
from evenrise.findings.student_desk import Outcomes
from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.statistics.within_between import WithinBetween, within_between
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.text import Text


MOST_PER_INDICATOR = 2
_SAME = 0.005  # how near the students' gap must lie to that of the facts
NEXT = Text(
    "Where most of a gap lies inside schools, look at courses, rooms and habits there; "
    "where it lies between them, at who is assigned where and what each school is "
    "given.",
    "Donde la mayor parte de una brecha está dentro de las escuelas, mire los cursos, "
    "las aulas y las costumbres; donde está entre escuelas, mire quién va a cada una y "
    "qué recibe cada escuela.",
)
BOTH = Text(
    "What belongs to both cannot be given to either: it would shrink if schools "
    "differed less, and also if students of one school did.",
    "Lo que pertenece a ambas partes no se puede asignar a ninguna: se reduciría si "
    "las escuelas se parecieran más, y también si lo hicieran los estudiantes de una "
    "misma escuela.",
)


def inside_between_findings(
    desk: Desk, outcomes: Outcomes, gaps: Sequence[Finding]
) -> list[Finding]:
    """One finding for each main gap of the district that is clear.

    Args:
        desk: the review's desk.
        outcomes: by indicator.
        gaps: findings in reading order.
    """
    found: list[Finding] = []
    told: dict[str, int] = {}
    for gap in gaps:
        key = gap.indicator or ""
        if (
            not _main(gap)
            or key not in outcomes
            or told.get(key, 0) >= (MOST_PER_INDICATOR)
        ):
            continue
        parts = _parts(outcomes[key], gap)
        if parts is None:
            continue
        told[key] = told.get(key, 0) + 1
        found.append(_finding(desk, gap, parts))
    return found


def _main(gap: Finding) -> bool:
    return (
        gap.kind is Kind.GAP
        and gap.certainty is Certainty.DIFFERENT
        and gap.details.get("level") == "district"
        and gap.group_family in FAMILIES
        and gap.estimate is not None
    )


def _parts(one: StudentOutcomes, gap: Finding) -> WithinBetween | None:
    """The three parts; None where the students are not those of the facts."""
    family, value = gap.group_family or "", gap.estimate.value if gap.estimate else None
    if family not in one.groups or value is None:
        return None
    codes = [group.code for group in FAMILIES[family].groups]
    rows = np.flatnonzero((one.school_year == gap.school_year) & (one.school >= 0))
    member = one.groups[family][rows] == codes.index(gap.group or "")
    parts = within_between(
        one.happened[rows].astype(np.float64), member, one.school[rows]
    )
    told = (parts.gap, parts.part_within, parts.part_between, parts.part_ambiguous)
    if any(part is None for part in told) or not parts.gap:
        return None
    return parts if abs(parts.gap - value) < _SAME else None


def _finding(desk: Desk, gap: Finding, parts: WithinBetween) -> Finding:
    key, year = gap.indicator or "", gap.school_year or 0
    sign = 1.0 if (parts.gap or 0.0) > 0 else -1.0
    whole, inside, between, either = (
        sign * float(part or 0.0)
        for part in (
            parts.gap,
            parts.part_within,
            parts.part_between,
            parts.part_ambiguous,
        )
    )
    row = dict(gap.evidence[0].reference_to)
    story = PartsStory(
        what=desk.measured(key),
        who=Who(desk.district.name),
        year=year,
        students=desk.students(int(desk.facts.rows(**row)[0])),
        gap=whole,
        inside=inside,
        between=between,
        either=either,
        n=float(min(part.denominator or 0 for part in gap.evidence[:2])),
    )
    return Finding(
        key=gap.key.replace("gap:", "environment:", 1),
        kind=Kind.ENVIRONMENT,
        indicator=key,
        school_year=year,
        organization_id=gap.organization_id,
        organization_name=gap.organization_name,
        group_family=gap.group_family,
        group=gap.group,
        reference=gap.reference,
        estimate=gap.estimate,
        students=gap.students,
        certainty=gap.certainty,
        adjusted_p=gap.adjusted_p,
        headline=both("parts_headline", story),
        sentence=both("parts", story),
        next_step=NEXT,
        caveats=(BOTH, NOT_WHY),
        evidence=gap.evidence[:2],
        details={
            "level": "district",
            "inside_schools": sign * inside,
            "between_schools": sign * between,
            "both": sign * either,
            "variance_ratio": parts.variance_ratio,
        },
    )
