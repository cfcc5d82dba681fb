"""Did results change, or did who is enrolled change (METHODS card 2b)?

Where the rate of all students moved between two years, the change is split in two
parts that sum to it (Kitagawa 1955): what the groups' own rates did, and what the
groups' shares of all students did. Every group of the family must be shown in both
years, and together they must be all students: nothing is worked out from a cell that
is hidden. The parts are arithmetic and carry no interval, so they are told as unclear.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenrise.findings import trends
from evenrise.findings.caveats import DISTURBED, DISTURBED_YEARS, NOT_WHY
from evenrise.findings.changes import OTHER_STUDENTS
from evenrise.findings.comparisons import reference_counts
from evenrise.findings.desk import OTHERS, Desk, worked_out
from evenrise.findings.finding import Certainty, EvidenceRow, Finding, Kind
from evenrise.findings.gaps import GapTable
from evenrise.findings.sentences import both
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.sentences.reading_stories import EnrolledStory
from evenrise.findings.sentences.stories import Counted
from evenrise.statistics.enrollment_change import EnrollmentChange, enrollment_change
from evenrise.statistics.rates import difference
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.facts import Status
from evenrise.vocabulary.groups import FAMILIES, GroupFamily
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Text


SPLIT_BY = ("race_ethnicity", "low_income", "english_learner")
LEAST_SHARE = 0.005  # half a point of who is enrolled is told
LEAST_PART = 0.2  # and so is a fifth of the change
LEAST_OWN = 0.001  # less is no move of the groups' own rates
LEAST_STUDENTS = 11  # in every group, in both years
MOST_LINES = 3  # groups in the picture; the table has them all
SPLIT = Text(
    "The two parts are arithmetic on the figures of both years: they say what moved, "
    "not what it was moved by. Split by other groups, they would be other parts.",
    "Las dos partes son aritmética con los datos de ambos años: dicen qué se movió, "
    "no qué lo movió. Con otros grupos, las partes serían otras.",
)


@dataclass(frozen=True, slots=True)
class Member:
    """One group in both years; `rows` are its facts, None where it is worked out."""

    name: Text
    before: Counted
    after: Counted
    rows: tuple[int, int] | None


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """The change of all students, split by the groups of one family."""

    family: GroupFamily
    members: tuple[Member, ...]
    parts: EnrollmentChange

    @property
    def enrolled(self) -> float:
        """What who is enrolled did, in shares."""
        return self.parts.composition or 0.0

    @property
    def own(self) -> float:
        """What the groups' own rates did, in shares."""
        return self.parts.rate_effect or 0.0

    @property
    def against(self) -> bool:
        """Whether the groups' own rates moved against all students together."""
        moved = abs(self.own) >= LEAST_OWN  # not the last digit of a float
        return moved and self.own * (self.parts.change or 0.0) < 0

    @property
    def every(self) -> bool:
        """Whether each group's own rate moved against all students, or stood still."""
        return self.against and self.parts.reversal

    @property
    def worth_telling(self) -> bool:
        """Whether who is enrolled matters beside the change."""
        size = abs(self.enrolled)
        least = LEAST_PART * abs(self.parts.change or 0.0)
        return self.against or size >= LEAST_SHARE or size >= least


def enrolled_findings(desk: Desk, gaps: GapTable) -> list[Finding]:
    """At most one finding an indicator: the family that says most."""
    found = []
    for key, latest in sorted(gaps.latest.items()):
        span = trends.span_of(desk, key, latest)
        if span is None:
            continue
        before, after = (desk.counted(row) for row in span)
        change = difference(after.x, after.n, before.x, before.n)
        if not change.excludes_zero:
            continue
        splits = [split_by(desk, span, family) for family in SPLIT_BY]
        told = [one for one in splits if one is not None and one.worth_telling]
        if told:
            most = max(told, key=lambda one: (one.against, abs(one.enrolled)))
            found.append(_finding(desk, span, most))
    return found


def split_by(desk: Desk, span: tuple[int, int], family: str) -> Split | None:
    """The change between two rows of all students, split by a family's groups.

    None where a group is hidden, in question or too small in either year, or where
    the groups together are not all students.
    """
    known = FAMILIES[family]
    find = _partition if known.complement is None else _two
    members = find(desk, span, known)
    if len(members) < 2:
        return None
    counts = np.array(
        [(one.before.x, one.before.n, one.after.x, one.after.n) for one in members]
    )
    whole = [desk.counted(row) for row in span]
    total = [number for one in whole for number in (one.x, one.n)]
    if not np.array_equal(counts.sum(axis=0), np.array(total)):
        return None
    if counts[:, 1].min() < LEAST_STUDENTS or counts[:, 3].min() < LEAST_STUDENTS:
        return None
    return Split(known, tuple(members), enrollment_change(*counts.T))


def _partition(
    desk: Desk, span: tuple[int, int], family: GroupFamily
) -> tuple[Member, ...]:
    """Every group of the family, all of them shown in both years; else nothing."""
    first, last = (_shown_groups(desk, row, family) for row in span)
    if first is None or last is None or first.keys() != last.keys():
        return ()
    codes = [one.code for one in family.groups if one.code in first]
    if len(codes) < len(first):
        return ()  # a group that only this district reports
    return tuple(
        Member(
            desk.students(last[code]),
            desk.counted(first[code]),
            desk.counted(last[code]),
            (first[code], last[code]),
        )
        for code in codes
    )


def _shown_groups(desk: Desk, row: int, family: GroupFamily) -> dict[str, int] | None:
    """The rows of the groups that have students; None where one may not be told."""
    facts = desk.facts
    rows = facts.rows(**_place(desk, row), group_family=family.code)
    empty = facts.n[rows] == 0
    if Status.NO_STUDENTS in facts.status:
        none = facts.status.index(Status.NO_STUDENTS)
        empty |= facts.status_code[rows] == none
    shown = facts.shown[rows] & (facts.x[rows] <= facts.n[rows])
    if np.any(facts.doubted[rows] | ~(shown | empty)):
        return None
    return {facts.word("group", int(one)): int(one) for one in rows[~empty]}


def _two(desk: Desk, span: tuple[int, int], family: GroupFamily) -> tuple[Member, ...]:
    """A group and everybody else: counted, or all students minus the group."""
    facts = desk.facts
    rows = []
    for row in span:
        own = facts.rows(**_place(desk, row), group_family=family.code)
        group = [int(one) for one in own if facts.word("group", one) == family.code]
        if len(group) != 1 or not facts.shown[group[0]] or np.any(facts.doubted[own]):
            return ()
        rows.append(group[0])
    x, n = reference_counts(facts, np.array(rows))
    if np.isnan(x).any():
        return ()
    others = [Counted(float(x[at]), float(n[at])) for at in (0, 1)]
    return (
        Member(
            desk.students(rows[1]),
            desk.counted(rows[0]),
            desk.counted(rows[1]),
            (rows[0], rows[1]),
        ),
        Member(OTHERS, others[0], others[1], None),
    )


def _place(desk: Desk, row: int) -> dict[str, str | int]:
    facts = desk.facts
    return {
        "indicator": facts.word("indicator", row),
        "school_year": int(facts.year[row]),
        "level": Level.DISTRICT,
        "organization_id": desk.district.organization_id,
    }


def _finding(desk: Desk, span: tuple[int, int], split: Split) -> Finding:
    facts, (first, after) = desk.facts, span
    key = desk.info(after).key
    years = (int(facts.year[first]), int(facts.year[after]))
    story = _story(desk, span, split)
    sentence = both("who_enrolled", story)
    n = int(story.after.n)
    parts = ("change", key, f"{years[0]}-{years[1]}", "district")
    return Finding(
        key=":".join(
            (*parts, desk.district.organization_id, split.family.code, "enrolled")
        ),
        kind=Kind.CHANGE,
        indicator=key,
        school_year=years[1],
        organization_id=desk.district.organization_id,
        organization_name=desk.district.name,
        group_family=split.family.code,
        reference="who was enrolled in the first year",
        estimate=Estimate(split.enrolled, n=n),
        students=int(abs(split.enrolled) * n + 0.5),
        certainty=Certainty.UNCLEAR,
        headline=both("who_enrolled_headline", story),
        sentence=sentence,
        next_step=next_step(key, Kind.CHANGE, Certainty.UNCLEAR),
        caveats=_caveats(years),
        evidence=_evidence(desk, span, split),
        details={
            "level": "district",
            "who_is_enrolled": split.enrolled,
            "groups_own_rates": split.own,
            "change": split.parts.change,
            "against_the_groups": split.against,
            "reversal": split.every,
            "first_page": split.against,
        },
        picture=trends.groups_picture(desk, after, _lines(split), sentence),
    )


def _caveats(years: tuple[int, int]) -> tuple[Text, ...]:
    disturbed = any(years[0] <= year <= years[1] for year in DISTURBED_YEARS)
    return (*((DISTURBED,) if disturbed else ()), SPLIT, OTHER_STUDENTS, NOT_WHY)


def _story(desk: Desk, span: tuple[int, int], split: Split) -> EnrolledStory:
    first, after = (desk.counted(row) for row in span)
    # Of a group and everybody else the group is told, otherwise what moved most.
    named = [one for one in split.members if one.rows is not None]
    if split.family.complement is not None:
        named = named[:1]
    moved = max(
        named,
        key=lambda one: abs(one.after.n / after.n - one.before.n / first.n),
    )
    return EnrolledStory(
        what=desk.measured(desk.info(span[1]).key),
        who=desk.who(span[1]),
        years=(int(desk.facts.year[span[0]]), int(desk.facts.year[span[1]])),
        before=first,
        after=after,
        family=split.family.name,
        students=moved.name,
        enrolled=(
            Counted(moved.before.n, first.n),
            Counted(moved.after.n, after.n),
        ),
        part_enrolled=split.enrolled,
        part_own=split.own,
        against=split.against,
        every=split.every,
    )


def _evidence(
    desk: Desk, span: tuple[int, int], split: Split
) -> tuple[EvidenceRow, ...]:
    rows = [desk.evidence(row) for row in span]
    years = [int(desk.facts.year[row]) for row in span]
    for one in split.members:
        if one.rows is not None:
            rows += [desk.evidence(row) for row in one.rows]
        else:
            rows.append(worked_out(one.name, one.before, years[0]))
            rows.append(worked_out(one.name, one.after, years[1]))
    return tuple(rows)


def _lines(split: Split) -> list[int]:
    """The groups whose share moved the rate most, in the family's order."""
    size = np.abs(split.parts.composition_by_group)
    most = sorted(np.argsort(-size, kind="stable")[:MOST_LINES].tolist())
    told = [split.members[at].rows for at in most]
    return [rows[1] for rows in told if rows is not None]
