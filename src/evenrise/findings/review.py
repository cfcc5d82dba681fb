"""The review: from protected facts to everything that is published about a district.

    review = make_review(
        protect(facts), district_id="1964980", indicators=INDICATORS, names=names,
        questions=report.questions, as_of=today,
    )

Computed facts and published ones are read alike; other districts, counties and the
state may stand in the same table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from evenrise.findings.changes import change_findings
from evenrise.findings.days import days_findings
from evenrise.findings.desk import Desk, IndicatorInfo, Names
from evenrise.findings.doubts import question_findings, set_aside
from evenrise.findings.enrolled import enrolled_findings
from evenrise.findings.finding import Finding, Review, SourceNote
from evenrise.findings.gaps import GapTable, all_gaps, gap_findings
from evenrise.findings.jumps import leaps
from evenrise.findings.not_run import not_run
from evenrise.findings.ordering import main_findings, ordered
from evenrise.findings.pairs import pair_findings
from evenrise.findings.peers import make_contexts
from evenrise.findings.schools import school_findings
from evenrise.findings.sections import make_sections
from evenrise.findings.student_desk import Told
from evenrise.findings.summary import make_summary
from evenrise.findings.table import Facts, index_facts
from evenrise.findings.trends import trend_findings
from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.records.report import Question
from evenrise.statistics.small_numbers import ProtectedTable
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.organizations import Level, Organization
from evenrise.vocabulary.text import Text


__all__ = [
    "Review",
    "Reviewed",
    "SourceNote",
    "make_review",
    "names_of",
    "review_facts",
]


def names_of(organizations: pa.Table) -> dict[tuple[str, str], str]:
    """The names of a snapshot's organizations: level, organization_id, name."""
    columns = [
        organizations.column(name).to_pylist()
        for name in ("level", "organization_id", "name")
    ]
    return {
        (str(level), str(identifier)): str(name)
        for level, identifier, name in zip(*columns, strict=True)
        if name
    }


@dataclass(frozen=True, slots=True, eq=False)
class Reviewed:
    """A review, with the desk it was written at and all the gaps that were looked at.

    Pages show more than a review tells: every organization, every year. `protected` is
    all that it was made from: what a ledger of releases has to hold.
    """

    review: Review
    desk: Desk
    gaps: GapTable
    protected: ProtectedTable


def make_review(facts: ProtectedTable, **told: Any) -> Review:
    """The review alone; takes what `review_facts` takes."""
    return review_facts(facts, **told).review


def review_facts(  # noqa: PLR0913 - the one call that joins the floors
    facts: ProtectedTable,
    *,
    district_id: str,
    as_of: dt.date,
    indicators: Mapping[str, IndicatorInfo],
    names: Names | None = None,
    questions: Sequence[Question] = (),
    sources: Sequence[SourceNote] = (),
    snapshot: str | None = None,
    students: Mapping[str, StudentOutcomes] | None = None,
) -> Reviewed:
    """Review one district.

    Args:
        facts: protected facts, computed or published, of this district and perhaps of
            others.
        district_id: the district's code as its facts carry it.
        as_of: the day of the review.
        indicators: what is known of each indicator, by key.
        names: (level, organization_id) to a name; a fact's own name stands otherwise.
        questions: from the import; facts in doubt are set aside.
        sources: the files that the review stands on.
        snapshot: the snapshot's id.
        students: single students' outcomes by indicator, where there are records.

    Raises:
        ArgumentProblem: when the table has no fact of this district or its schools.
    """
    indexed = index_facts(facts.table, district_id)
    if not _has(indexed, district_id):
        raise ArgumentProblem(
            Text(
                f"No figures of district {district_id} were found in the files; name a "
                "district that is in them, by its name or its code.",
                f"No se encontraron cifras del distrito {district_id} en los archivos; "
                "indique un distrito que esté en ellos, por su nombre o su código.",
            )
        )
    titles = {
        key: info.title
        for key, info in indicators.items()
        if info.counts_students and info.unit == "share"
    }
    indexed = set_aside(indexed, questions, district_id)
    asked_here = leaps(indexed, district_id, titles)
    indexed = set_aside(indexed, asked_here, district_id)
    district = _district(indexed, district_id, names or {})
    desk = Desk(indexed, indicators, names or {}, district, as_of)
    gaps = all_gaps(desk)
    own = _all_findings(desk, gaps)
    told = _of_students(desk, students or {}, own)
    again = {one.key for one in told.findings}  # pairs that a model tells better
    own = [one for one in own if one.key not in again]
    findings = ordered([*own, *told.findings])
    asked = tuple(question_findings(desk, [*questions, *asked_here]))
    contexts = make_contexts(desk, gaps.latest)
    main = main_findings(findings, asked)
    review = Review(
        district=desk.district,
        as_of=as_of,
        years=_years(indexed, district_id),
        title=_title(desk.district),
        summary=make_summary(desk, gaps, findings, asked, contexts),
        main=main,
        sections=make_sections(desk, gaps, findings, contexts, told.notes),
        findings=(*findings, *asked),
        questions=asked,
        not_run=not_run(desk, findings, told.not_run),
        schools=_schools(desk),
        facts=facts,
        sources=tuple(sources),
        snapshot=snapshot,
    )
    return Reviewed(review, desk, gaps, facts)


def _all_findings(desk: Desk, gaps: GapTable) -> list[Finding]:
    return [
        *gap_findings(desk, gaps),
        *change_findings(desk, gaps),
        *trend_findings(desk, gaps),
        *enrolled_findings(desk, gaps),
        *school_findings(desk, gaps.latest),
        *days_findings(desk, gaps.latest),
        *pair_findings(desk, gaps.latest),
    ]


def _of_students(
    desk: Desk, students: Mapping[str, StudentOutcomes], findings: list[Finding]
) -> Told:
    """What single students' records add; nothing where there are none."""
    if not students:
        return Told()
    # Half a second of imports that a review of published totals does without.
    from evenrise.findings.student_floor import student_findings  # noqa: PLC0415

    return student_findings(desk, students, findings)


def _has(facts: Facts, district_id: str) -> bool:
    mine = facts.select(organization_id=district_id)
    return bool((mine | facts.select(level=Level.SCHOOL)).any())


def _district(facts: Facts, district_id: str, names: Names) -> Organization:
    name = names.get((str(Level.DISTRICT), district_id))
    if not name:
        rows = facts.rows(level=Level.DISTRICT, organization_id=district_id)
        found = [one for one in facts.cells("organization_name", rows) if one]
        name = min(found) if found else None
    # An agency's code alone is not a name, but it is better than none.
    return Organization(
        Level.DISTRICT, district_id, name or f"District {district_id}", district_id
    )


def _title(district: Organization) -> Text:
    return Text(
        f"{district.called.en}: an equity review",
        f"{district.called.es}: una revisión de equidad",
    )


def _years(facts: Facts, district_id: str) -> tuple[int, ...]:
    mine = facts.select(organization_id=district_id) | facts.select(level=Level.SCHOOL)
    return tuple(int(year) for year in np.unique(facts.year[mine]))


def _schools(desk: Desk) -> tuple[Organization, ...]:
    facts = desk.facts
    rows = facts.rows(level=Level.SCHOOL)
    _, first = np.unique(facts.codes["organization_id"][rows], return_index=True)
    found = {desk.organization(int(rows[at])) for at in first}
    return tuple(sorted(found, key=lambda one: (one.name, one.organization_id)))
