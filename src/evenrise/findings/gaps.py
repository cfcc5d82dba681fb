"""Gap findings: a group that the district has served less well than the others.

A finding needs a group that is behind; a group that is ahead is shown in the table
and in the picture, never as something to repair. In the district every group that is
behind becomes a finding, also "unclear" and "too few to say"; inside schools only
the gaps that are different do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenrise.findings import drawing
from evenrise.findings.caveats import gap_caveats
from evenrise.findings.comparisons import ALPHA, Comparisons, comparable, compare
from evenrise.findings.desk import OTHERS, STATE, Desk, worked_out
from evenrise.findings.finding import EvidenceRow, Finding, Kind
from evenrise.findings.sentences import both
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.sentences.stories import Counted, GapStory
from evenrise.findings.table import Facts, Flags, Floats, Ints
from evenrise.statistics.rates import risk_ratio
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Text


MOST_IN_SCHOOLS = 25  # gaps inside schools told for one indicator
LEAST_CONCERNED = 0.5  # students; less is no gap that anybody could act on
LEAST_IN_SCHOOLS = 3  # students; a finding never points at one or two children
YEARS_HIDDEN = 2  # years that a school's last shown figure may lie back
YEARS_BACK = 6  # how far "the same in k of the last years" looks


@dataclass(frozen=True, slots=True, eq=False)
class GapTable:
    """All comparisons of single groups, with look-ups by the row of the group."""

    comparisons: Comparisons
    place: Ints  # by row of the facts its entry of the comparisons, or -1
    latest: dict[str, int]  # indicator to the last year the district has

    def of_row(self, row: int) -> int | None:
        """The comparison of the group at this row, if it could be made."""
        entry = int(self.place[row]) if row >= 0 else -1
        return entry if entry >= 0 else None


def directions(desk: Desk) -> Floats:
    """By row, +1 where more is good, -1 where less is good, nan where not compared."""
    signs = [_sign(desk, name) for name in desk.facts.words["indicator"].names]
    codes = desk.facts.codes["indicator"]
    return np.array(signs, dtype=np.float64)[codes] if signs else codes.astype(float)


def _sign(desk: Desk, key: str) -> float:
    info = desk.indicators.get(key)
    if info is None or not info.counts_students or info.unit != "share":
        return np.nan
    return 1.0 if info.good == "up" else -1.0


def latest_years(desk: Desk) -> dict[str, int]:
    """For each indicator the last year with a fact of the district or its schools."""
    facts = desk.facts
    own = facts.select(
        level=Level.DISTRICT, organization_id=desk.district.organization_id
    )
    own |= facts.select(level=Level.SCHOOL)
    told = facts.shown | ~np.isnan(facts.value)
    found: dict[str, int] = {}
    for name in facts.words["indicator"].names:
        rows = facts.rows(indicator=name)
        rows = rows[own[rows]]
        rows = rows[told[rows]] if told[rows].any() else rows
        if len(rows) and name in desk.indicators:
            found[name] = int(facts.year[rows].max())
    return found


def all_gaps(desk: Desk) -> GapTable:
    """Compare every group of the district, its schools and the state."""
    facts = desk.facts
    good = directions(desk)
    wanted = comparable(facts) & ~facts.pair & ~np.isnan(good)
    wanted &= ~_elsewhere(facts, desk.district.organization_id)
    rows = np.flatnonzero(wanted)
    comparisons = compare(facts, rows, good[rows])
    place = np.full(len(facts), -1, dtype=np.int64)
    place[comparisons.row] = np.arange(len(comparisons))
    return GapTable(comparisons, place, latest_years(desk))


def _elsewhere(facts: Facts, district_id: str) -> Flags:
    mine = facts.select(organization_id=district_id)
    return facts.select(level=Level.DISTRICT) & ~mine


def gap_findings(desk: Desk, gaps: GapTable) -> list[Finding]:
    """The gaps of the district and, where they are different, of its schools."""
    chosen = np.concatenate([_in_district(desk, gaps), _in_schools(desk, gaps)])
    return [_finding(desk, gaps, int(at)) for at in chosen]


def _is_latest(desk: Desk, gaps: GapTable) -> Flags:
    facts, rows = desk.facts, gaps.comparisons.row
    years = np.array(
        [gaps.latest.get(name, -1) for name in facts.words["indicator"].names]
    )
    latest = years[facts.codes["indicator"][rows]]
    return np.asarray(facts.year[rows] == latest, dtype=np.bool_)


def _last_shown(desk: Desk, gaps: GapTable) -> Flags:
    """The last year in which each cell is shown, at most two before the latest.

    In a school a group is often hidden in one year and shown in the next.
    """
    facts, rows = desk.facts, gaps.comparisons.row
    years = np.array(
        [gaps.latest.get(name, -1) for name in facts.words["indicator"].names]
    )
    age = years[facts.codes["indicator"][rows]] - facts.year[rows]
    cell = facts.keys(rows, year=np.full(len(rows), facts.base_year))
    order = np.lexsort((facts.year[rows], cell))
    last = np.ones(len(rows), dtype=np.bool_)
    last[order[:-1]] = np.diff(cell[order]) != 0
    return np.asarray(last & (age >= 0) & (age <= YEARS_HIDDEN), dtype=np.bool_)


def _in_district(desk: Desk, gaps: GapTable) -> Ints:
    compared = gaps.comparisons
    mine = desk.facts.select(
        level=Level.DISTRICT, organization_id=desk.district.organization_id
    )[compared.row]
    wanted = mine & _is_latest(desk, gaps) & ~compared.mirrored
    wanted &= compared.concerned >= LEAST_CONCERNED
    return np.flatnonzero(wanted)


def _in_schools(desk: Desk, gaps: GapTable) -> Ints:
    """The different gaps inside schools, those that concern most students."""
    compared, facts = gaps.comparisons, desk.facts
    wanted = facts.select(level=Level.SCHOOL)[compared.row] & _last_shown(desk, gaps)
    wanted &= ~compared.mirrored & (compared.adjusted_p < ALPHA)
    wanted &= compared.concerned >= LEAST_IN_SCHOOLS
    wanted &= (compared.lower > 0) | (compared.upper < 0)
    chosen: list[int] = []
    indicator = facts.codes["indicator"][compared.row]
    for code in np.unique(indicator[wanted]):
        here = np.flatnonzero(wanted & (indicator == code))
        order = np.lexsort((here, -compared.concerned[here]))
        chosen.extend(here[order][:MOST_IN_SCHOOLS].tolist())
    return np.array(chosen, dtype=np.int64)


def history(desk: Desk, gaps: GapTable, at: int) -> dict[int, int]:
    """Year to entry: the same comparison in the years up to this one."""
    facts, compared = desk.facts, gaps.comparisons
    row = int(compared.row[at])
    last = int(facts.year[row])
    years = np.arange(last - YEARS_BACK, last + 1)
    years = years[years >= facts.base_year]
    rows = np.full(years.shape, row)
    found = facts.find(facts.keys(rows, year=years))
    entries = {int(y): gaps.of_row(int(r)) for y, r in zip(years, found, strict=True)}
    return {year: entry for year, entry in entries.items() if entry is not None}


def _finding(desk: Desk, gaps: GapTable, at: int) -> Finding:
    compared, facts = gaps.comparisons, desk.facts
    row = int(compared.row[at])
    info = desk.info(row)
    organization = desk.organization(row)
    family, group = desk.family_and_group(row)
    certainty = compared.certainty(at)
    years = history(desk, gaps, at)
    same = [year for year, entry in years.items() if compared.concerned[entry] > 0]
    story = GapStory(
        what=desk.measured(info.key),
        who=desk.who(row),
        year=int(facts.year[row]),
        students=desk.students(row),
        group=desk.counted(row),
        others=Counted(float(compared.other_x[at]), float(compared.other_n[at])),
        concerned=compared.students(at),
        certainty=certainty,
        years_same=len(same),
        years_known=len(years),
    )
    where = (str(facts.year[row]), str(organization.level))
    return Finding(
        key=":".join(
            ("gap", info.key, *where, organization.organization_id, family, group)
        ),
        kind=Kind.GAP,
        indicator=info.key,
        school_year=story.year,
        organization_id=organization.organization_id,
        organization_name=organization.name,
        group_family=family,
        group=group,
        reference="all other students",
        estimate=difference_of(compared, at),
        ratio=risk_ratio(story.group.x, story.group.n, story.others.x, story.others.n),
        students=story.concerned,
        certainty=certainty,
        adjusted_p=compared.adjusted(at),
        headline=both("headline", story),
        sentence=both("gap", story),
        short=both("gap_short", story),
        next_step=next_step(info.key, Kind.GAP, certainty),
        caveats=gap_caveats(desk, row, years),
        evidence=_evidence(desk, gaps, at),
        details={
            "label": "risk ratio",
            "level": str(organization.level),
            "p": float(compared.p[at]),
            "years_same_direction": len(same),
            "years_known": len(years),
            "students_between": _between(compared, at),
        },
        picture=drawing.gap_picture(desk, row, worked_out(OTHERS, story.others, 0)),
    )


def difference_of(compared: Comparisons, at: int) -> Estimate:
    """The difference of a comparison with its interval and n."""
    return Estimate(
        float(compared.difference[at]),
        float(compared.lower[at]),
        float(compared.upper[at]),
        int(compared.n[at]),
    )


def _between(compared: Comparisons, at: int) -> list[int]:
    """The students concerned at the two ends of the interval, never below none."""
    sign = np.sign(compared.difference[at]) or 1.0
    ends = sorted(
        float(sign * edge * compared.n[at])
        for edge in (compared.lower[at], compared.upper[at])
    )
    return [int(np.floor(max(0.0, end) + 0.5)) for end in ends]


def _evidence(desk: Desk, gaps: GapTable, at: int) -> tuple[EvidenceRow, ...]:
    """The group, the others, all students; and the same two in the state."""
    compared, facts = gaps.comparisons, desk.facts
    row = int(compared.row[at])
    rows = [desk.evidence(row), _others(desk, gaps, at, OTHERS)]
    everyone = int(facts.all_rows(np.array([row]))[0])
    if everyone >= 0:
        rows.append(desk.evidence(everyone))
    state = state_entry(desk, gaps, row)
    if state is not None:
        there = int(compared.row[state])
        rows.append(desk.evidence(there, _in_state(desk.label(there))))
        rows.append(_others(desk, gaps, state, _in_state(OTHERS)))
    return tuple(rows)


def state_entry(desk: Desk, gaps: GapTable, row: int) -> int | None:
    """The same comparison in the whole state, where the table has just one state."""
    facts = desk.facts
    if facts.state < 0:
        return None
    keys = facts.keys(
        np.array([row]),
        level=facts.words["level"].code(Level.STATE),
        organization=facts.state,
    )
    return gaps.of_row(int(facts.find(keys)[0]))


def _in_state(label: Text) -> Text:
    return Text(f"{STATE.en}: {label.en}", f"{STATE.es}: {label.es}")


def _others(desk: Desk, gaps: GapTable, at: int, label: Text) -> EvidenceRow:
    compared = gaps.comparisons
    counted = Counted(float(compared.other_x[at]), float(compared.other_n[at]))
    return worked_out(label, counted, int(desk.facts.year[compared.row[at]]))
