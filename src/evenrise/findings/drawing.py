"""Pictures of findings, filled from the same facts that the sentences tell.

Groups stand in the order of the vocabulary, never by their rates. Every picture says
in `alternative` what a sighted reader would take away.
"""

from __future__ import annotations

import numpy as np

from evenrise.findings.desk import OTHERS, STATE, Desk, IndicatorInfo
from evenrise.findings.finding import EvidenceRow
from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.findings.sentences import numbers
from evenrise.findings.table import Ints
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS, FAMILIES
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Language, Text


ALL_LABEL = Text("All students", "Todos los estudiantes")
MOST_TOLD = 12  # groups named in an alternative text; the table has them all


def scale_of(info: IndicatorInfo) -> Scale:
    """How the indicator's values are read."""
    return Scale(info.unit, info.good, info.title)


def group_rows(desk: Desk, key: str, year: int, organization: tuple[str, str]) -> Ints:
    """The rows of single groups, all students left out, in the vocabulary's order."""
    facts = desk.facts
    rows = facts.rows(
        indicator=key,
        school_year=year,
        level=organization[0],
        organization_id=organization[1],
    )
    rows = rows[~facts.pair[rows]]
    kept = [
        int(row) for row in rows if facts.word("group_family", int(row)) != ALL_FAMILY
    ]
    return np.array(sorted(kept, key=lambda row: _order(desk, row)), dtype=np.int64)


def _order(desk: Desk, row: int) -> tuple[int, int, str]:
    family, group = desk.family_and_group(row)
    codes = list(FAMILIES)
    if family not in FAMILIES:
        return len(codes), 0, group
    members = [member.code for member in FAMILIES[family].groups]
    place = members.index(group) if group in members else len(members)
    return codes.index(family), place, group


def all_row(
    desk: Desk, key: str, year: int, organization: tuple[str, str]
) -> int | None:
    """The row of all students, if there is one."""
    rows = desk.facts.rows(
        indicator=key,
        school_year=year,
        level=organization[0],
        organization_id=organization[1],
        group_family=ALL_FAMILY,
        group=ALL_STUDENTS,
    )
    return int(rows[0]) if len(rows) else None


def mark(desk: Desk, row: int, kind: str = "other", label: Text | None = None) -> Mark:
    """The dot of one fact; a hidden one keeps its reason and its bound."""
    return Mark(label or desk.label(row), desk.estimate(row), kind, desk.bound(row))


def gap_picture(desk: Desk, row: int, others: EvidenceRow) -> GapDots:
    """The group among the groups of its family, the others, and the state's group."""
    facts, info = desk.facts, desk.info(row)
    year, family = int(facts.year[row]), facts.word("group_family", row)
    organization = (facts.word("level", row), facts.word("organization_id", row))
    rows = group_rows(desk, info.key, year, organization)
    marks = [
        mark(desk, int(at), "focus" if at == row else "other")
        for at in rows
        if facts.word("group_family", int(at)) == family
    ]
    if len(marks) == 1:
        marks.append(Mark(OTHERS, others.estimate))
    marks += state_marks(desk, row)
    return _dots(desk, info, year, organization, tuple(marks))


def state_marks(desk: Desk, row: int) -> list[Mark]:
    """The same group in the state, where the table has one state."""
    facts = desk.facts
    if facts.state < 0:
        return []
    keys = facts.keys(
        np.array([row]),
        level=facts.words["level"].code(Level.STATE),
        organization=facts.state,
    )
    found = int(facts.find(keys)[0])
    if found < 0 or facts.doubted[found]:
        return []
    label = desk.label(found)
    name = Text(f"{STATE.en}: {label.en}", f"{STATE.es}: {label.es}")
    return [mark(desk, found, "context", name)]


def section_picture(
    desk: Desk, key: str, year: int, context: tuple[EvidenceRow, ...]
) -> GapDots | None:
    """All groups of the latest year, whether or not a gap was found."""
    organization = (str(Level.DISTRICT), desk.district.organization_id)
    complements = {family.complement for family in FAMILIES.values()}
    rows = group_rows(desk, key, year, organization).tolist()
    left_out = {"grade"}
    if any(desk.facts.word("group_family", row) == "race_ethnicity" for row in rows):
        left_out.add("race_any")  # the same students named a second time
    rows = [
        row
        for row in rows
        if desk.facts.word("group", row) not in complements
        and desk.facts.word("group_family", row) not in left_out
    ]
    marks = [mark(desk, row) for row in rows]
    marks += [Mark(row.label, row.estimate, "context", row.bound) for row in context]
    if not any(one.estimate.known for one in marks):
        return None
    return _dots(desk, desk.indicators[key], year, organization, tuple(marks))


def _dots(
    desk: Desk,
    info: IndicatorInfo,
    year: int,
    organization: tuple[str, str],
    marks: tuple[Mark, ...],
) -> GapDots:
    everyone = all_row(desk, info.key, year, organization)
    line = desk.estimate(everyone) if everyone is not None else None
    return dots(info, year, marks, line)


def dots(
    info: IndicatorInfo, year: int, marks: tuple[Mark, ...], line: Estimate | None
) -> GapDots:
    """The marks of one year as a picture, with its title and its alternative.

    Args:
        info: the indicator.
        year: the school year.
        marks: the groups, in the order they are told.
        line: all students, where they are told.
    """
    label = SchoolYear(year).label
    return GapDots(
        title=Text(f"{info.title.en}, {label}", f"{info.title.es}, {label}"),
        alternative=Text(
            _tell(info, marks, line, "en"), _tell(info, marks, line, "es")
        ),
        scale=scale_of(info),
        rows=marks,
        line=line,
        line_label=ALL_LABEL if line is not None else None,
    )


def told(estimate: Estimate, unit: str, language: Language) -> str:
    """An estimate as a text alternative says it."""
    if estimate.value is None:
        return {"en": "too few to show", "es": "muy pocos para mostrar"}[language]
    if unit != "share":
        return numbers.amount(estimate.value, language)
    n = estimate.n or 100
    return numbers.share(estimate.value * n, n, language)


def _tell(
    info: IndicatorInfo,
    marks: tuple[Mark, ...],
    line: Estimate | None,
    language: Language,
) -> str:
    parts = [
        f"{one.label[language]}: "
        + (
            one.bound[language]
            if one.bound
            else told(one.estimate, info.unit, language)
        )
        for one in marks[:MOST_TOLD]
    ]
    if line is not None:
        parts.append(f"{ALL_LABEL[language]}: {told(line, info.unit, language)}")
    left = len(marks) - MOST_TOLD
    if left > 0:
        more = {"en": f"{left} more in the table", "es": f"{left} más en la tabla"}
        parts.append(more[language])
    lead = {"en": "dots with intervals", "es": "puntos con intervalos"}[language]
    return f"{info.title[language]}, {lead}. {'; '.join(parts)}."
