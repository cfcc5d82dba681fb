"""Sections: each indicator's question, answered in a sentence, a picture, a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evenrise.findings import drawing
from evenrise.findings.caveats import NOT_WHY, OVERLAP
from evenrise.findings.desk import Desk
from evenrise.findings.finding import (
    Certainty,
    EvidenceRow,
    Finding,
    Kind,
    Section,
)
from evenrise.findings.gaps import GapTable
from evenrise.findings.peers import Context
from evenrise.findings.sentences import both
from evenrise.findings.sentences.stories import Counted
from evenrise.findings.twins import told_once
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Text


def make_sections(
    desk: Desk,
    gaps: GapTable,
    findings: Sequence[Finding],
    contexts: dict[str, Context],
    notes: Mapping[str, tuple[Text, ...]],
) -> tuple[Section, ...]:
    """One section for every indicator of which the district has facts.

    Args:
        desk: the review's desk.
        gaps: all comparisons.
        findings: all findings in reading order.
        contexts: by indicator, the state and districts like this one.
        notes: by indicator, what else a reader of its figures should know.
    """
    keys = [key for key in desk.indicators if key in gaps.latest]
    return tuple(
        _section(
            desk,
            key,
            gaps.latest[key],
            findings,
            contexts.get(key),
            notes.get(key, ()),
        )
        for key in keys
    )


def _section(
    desk: Desk,
    key: str,
    year: int,
    findings: Sequence[Finding],
    context: Context | None,
    notes: tuple[Text, ...],
) -> Section:
    info = desk.indicators[key]
    organization = (str(Level.DISTRICT), desk.district.organization_id)
    everyone = drawing.all_row(desk, key, year, organization)
    rows = drawing.group_rows(desk, key, year, organization)
    shown = [*([everyone] if everyone is not None else []), *rows.tolist()]
    own = told_once([one for one in findings if one.indicator == key])
    surrounding = context.rows if context else ()
    first = shown[0] if shown else _any_row(desk, key, year)
    return Section(
        indicator=key,
        title=info.title,
        question=info.question,
        answer=_answer(desk, key, year, everyone, own, context),
        definition=info.definition,
        authority=str(desk.facts.cell("authority", first)),
        definition_version=int(desk.facts.cell("definition_version", first)),
        school_year=year,
        picture=drawing.section_picture(desk, key, year, surrounding),
        evidence=tuple(desk.evidence(int(row)) for row in shown),
        findings=own,
        sources=_sources(desk, key),
        context=surrounding,
        context_note=context.note if context else None,
        caveats=(*notes, NOT_WHY, OVERLAP),
    )


def _any_row(desk: Desk, key: str, year: int) -> int:
    rows = desk.facts.rows(indicator=key, school_year=year)
    return int(rows[0])


def _sources(desk: Desk, key: str) -> tuple[str, ...]:
    """The files behind the district's own facts of the indicator."""
    facts = desk.facts
    rows = np.concatenate(
        [
            facts.rows(indicator=key, organization_id=desk.district.organization_id),
            facts.rows(indicator=key, level=Level.SCHOOL),
        ]
    )
    files = facts.cells("source_file", rows)
    return tuple(sorted({str(name) for name in files if name}))


def _answer(
    desk: Desk,
    key: str,
    year: int,
    everyone: int | None,
    findings: Sequence[Finding],
    context: Context | None,
) -> Text:
    """The answer: all students, the widest clear gap, and how others fare."""
    info = desk.indicators[key]
    if everyone is not None and desk.facts.doubted[everyone]:
        return both("doubted", year)
    if everyone is None:
        return both("no_figure", year)
    if not desk.facts.shown[everyone]:
        return _count_answer(desk, year, everyone)
    counted = desk.counted(everyone)
    if not info.counts_students or info.unit != "share":
        return _plain_answer(desk, key, year, everyone)
    what, who = desk.measured(key), desk.who(everyone)
    lead = both("together", what, who, year, counted)
    parts = [lead, _widest(desk, findings)]
    if context is not None:
        parts.append(context.sentence)
    return Text(
        " ".join(part.en for part in parts), " ".join(part.es for part in parts)
    )


def _count_answer(desk: Desk, year: int, everyone: int) -> Text:
    """A count without a rate, such as enrolment; or no figure at all."""
    n = float(desk.facts.n[everyone])
    return both("no_figure", year) if np.isnan(n) else both("enrolled", year, n)


def _plain_answer(desk: Desk, key: str, year: int, everyone: int) -> Text:
    facts, info = desk.facts, desk.indicators[key]
    value = float(facts.value[everyone])
    return both(
        "measured", info.title, year, value, info.unit, float(facts.n[everyone])
    )


def _widest(desk: Desk, findings: Sequence[Finding]) -> Text:
    """The clear district gap that concerns most students, or that there is none."""
    gaps = [
        one
        for one in findings
        if one.kind is Kind.GAP and one.details.get("level") == "district"
    ]
    clear = [one for one in gaps if one.certainty is Certainty.DIFFERENT]
    if not clear:
        few = bool(gaps) and all(one.certainty is Certainty.TOO_FEW for one in gaps)
        return both("no_clear_gap", few)
    first = clear[0]
    group, others = first.evidence[0], first.evidence[1]
    return both("widest", _students_of(desk, first), _counts(group), _counts(others))


def _students_of(desk: Desk, finding: Finding) -> Text:
    row = dict(finding.evidence[0].reference_to)
    return desk.students(int(desk.facts.rows(**row)[0]))


def _counts(row: EvidenceRow) -> Counted:
    return Counted(float(row.numerator or 0), float(row.denominator or 0))
