"""Questions about the files: the facts in doubt are set aside, and the reader told.

A question that names a fact takes it out of every other finding until somebody has
answered it. A notice takes nothing out; a warning does when it says which place and
year it means; a serious question takes out all it names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from evenrise.findings.desk import Desk
from evenrise.findings.finding import Certainty, EvidenceRow, Finding, Kind
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.table import Facts, Flags
from evenrise.records.report import Question, Severity
from evenrise.vocabulary.groups import ALL_FAMILY
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


MOST_ROWS = 6
SET_ASIDE = Text(
    "Until it is answered, these figures are set aside from every other finding.",
    "Mientras no se responda, estos datos quedan fuera de los demás hallazgos.",
)
KEPT = Text(
    "The figures stay in the findings; read them with this in mind.",
    "Los datos siguen en los hallazgos; léalos con esto en mente.",
)


def sets_aside(question: Question) -> bool:
    """Whether the facts that the question names leave the other findings."""
    if question.indicator is None or question.severity is Severity.NOTICE:
        return False
    if question.severity is Severity.SERIOUS:
        return True
    return question.organization_id is not None and question.school_year is not None


def doubted_rows(facts: Facts, question: Question, district_id: str) -> Flags:
    """The facts that a question names; of a whole district also its schools'."""
    mask = np.ones(len(facts), dtype=np.bool_)
    parts = {
        "indicator": question.indicator,
        "school_year": question.school_year,
        "group_family": question.group_family,
        "group": question.group,
    }
    if question.group_family == ALL_FAMILY:  # a doubtful total: the groups as well
        parts["group_family"] = parts["group"] = None
    for name, value in parts.items():
        if value is not None:
            mask &= facts.select(**{name: value})
    if question.organization_id is not None:
        there = facts.select(organization_id=question.organization_id)
        if question.organization_id == district_id:
            there |= facts.select(level=Level.SCHOOL)
        mask &= there
    return mask


def set_aside(facts: Facts, questions: Sequence[Question], district_id: str) -> Facts:
    """The same facts, with those in doubt marked."""
    doubted = facts.doubted.copy()
    for question in questions:
        if sets_aside(question):
            doubted |= doubted_rows(facts, question, district_id)
    return replace(facts, doubted=doubted)


def question_findings(desk: Desk, questions: Sequence[Question]) -> list[Finding]:
    """Every question as a finding, the serious ones and those about facts first."""
    told: dict[tuple[str, str], Finding] = {}
    for question in questions:
        if not _concerns(desk, question):
            continue
        finding = _finding(desk, question)
        told.setdefault((finding.key, question.text.en), finding)
    own = desk.district.organization_id
    wide = {_asked(one) for one in told.values() if one.organization_id == own}
    kept = [
        one
        for one in told.values()
        if one.organization_id == own or _asked(one) not in wide
    ]
    return sorted(kept, key=lambda one: _weight(one, own))


def _asked(finding: Finding) -> tuple[str | int | None, ...]:
    """What is asked, wherever: of a district it is asked of its schools as well."""
    if not finding.details["set_aside"]:
        return (finding.key, finding.organization_id)
    return finding.details["question"], finding.indicator, finding.school_year


def _concerns(desk: Desk, question: Question) -> bool:
    """Questions about other districts' facts are not this district's business."""
    if question.organization_id is None:
        return True
    facts = desk.facts
    code = facts.words["organization_id"].code(question.organization_id)
    if code < 0:
        return False
    rows = np.flatnonzero(facts.codes["organization_id"] == code)
    mine = question.organization_id == desk.district.organization_id
    return mine or facts.word("level", int(rows[0])) == Level.SCHOOL


def _weight(finding: Finding, district_id: str) -> tuple[int, int, bool, str]:
    severity = {"serious": 0, "warning": 1, "notice": 2}[finding.details["severity"]]
    named = 0 if finding.details["set_aside"] else 1
    return severity, named, finding.organization_id != district_id, finding.key


def _finding(desk: Desk, question: Question) -> Finding:
    facts, district = desk.facts, desk.district
    aside = sets_aside(question)
    rows = np.zeros(0, dtype=np.int64)
    if aside:
        rows = np.flatnonzero(
            doubted_rows(facts, question, district.organization_id) & ~_not_mine(desk)
        )
    name = _place_name(desk, question)
    parts = (
        "data_quality",
        question.key,
        question.indicator,
        question.school_year,
        question.organization_id,
        question.group_family,
        question.group,
        question.where,
    )
    return Finding(
        key=":".join(str(part) for part in parts if part not in (None, "")),
        kind=Kind.DATA_QUALITY,
        indicator=question.indicator,
        school_year=question.school_year,
        organization_id=question.organization_id or district.organization_id,
        organization_name=name,
        group_family=question.group_family,
        group=question.group,
        certainty=Certainty.UNCLEAR,
        headline=_headline(desk, question, name),
        sentence=_sentence(question, name, aside=aside),
        short=_named(question, name),
        next_step=next_step(question.indicator, Kind.DATA_QUALITY, Certainty.UNCLEAR),
        caveats=(KEPT,) if question.indicator and not aside else (),
        evidence=_evidence(desk, rows),
        details={
            "severity": str(question.severity),
            "question": question.key,
            "file": question.file,
            "where": question.where,
            "set_aside": aside,
            "facts_set_aside": len(rows),
        },
    )


def _not_mine(desk: Desk) -> Flags:
    facts = desk.facts
    mine = facts.select(organization_id=desk.district.organization_id)
    return ~(mine | facts.select(level=Level.SCHOOL))


def _place_name(desk: Desk, question: Question) -> str:
    identifier = question.organization_id
    if identifier in (None, desk.district.organization_id):
        return desk.district.name
    facts = desk.facts
    code = facts.words["organization_id"].code(str(identifier))
    rows = np.flatnonzero(facts.codes["organization_id"] == code)
    if code >= 0 and len(rows):
        return desk.organization(int(rows[0])).name
    for level in (Level.SCHOOL, Level.DISTRICT):
        name = desk.names.get((str(level), str(identifier)))
        if name:
            return name
    return str(identifier)


def _headline(desk: Desk, question: Question, name: str) -> Text:
    info = desk.indicators.get(question.indicator or "")
    if info is None:
        if question.file:
            return Text(
                f"A question about the file {question.file}",
                f"Una pregunta sobre el archivo {question.file}",
            )
        return Text("A question about a file", "Una pregunta sobre un archivo")
    parts = Text(info.title.en, info.title.es)
    if question.organization_id not in (None, desk.district.organization_id):
        parts = Text(f"{parts.en}, {name}", f"{parts.es}, {name}")
    if question.school_year is not None:
        year = SchoolYear(question.school_year).label
        parts = Text(f"{parts.en}, {year}", f"{parts.es}, {year}")
    return Text(
        f"A question about the file: {parts.en}",
        f"Una pregunta sobre el archivo: {parts.es}",
    )


def _sentence(question: Question, name: str, *, aside: bool) -> Text:
    """The question, with the code replaced by the name that later files brought."""
    text = _named(question, name)
    if not aside:
        return text
    return Text(f"{text.en} {SET_ASIDE.en}", f"{text.es} {SET_ASIDE.es}")


def _named(question: Question, name: str) -> Text:
    text, code = question.text, question.organization_id
    if not code or name == code:
        return text
    return Text(text.en.replace(code, name), text.es.replace(code, name))


def _evidence(desk: Desk, rows: np.ndarray) -> tuple[EvidenceRow, ...]:
    """A few facts in doubt: of the district all groups, of its schools the totals.

    What is hidden is told only where nothing can be seen.
    """
    facts = desk.facts
    district = facts.codes["level"][rows] == facts.words["level"].code(Level.DISTRICT)
    everyone = facts.codes["group_family"][rows] == facts.words["group_family"].code(
        ALL_FAMILY
    )
    shown = ~np.isnan(facts.value[rows])
    order = np.lexsort((rows, ~everyone, ~district))
    kept = (district | everyone | ~district.any()) & (shown | ~shown.any())
    told = rows[order][kept[order]]
    return tuple(desk.questioned(int(row)) for row in told[:MOST_ROWS])
