"""Students of two groups at once, where the facts tell of pairs.

Said carefully: how far the pair's rate lies from all other students', and whether
that is about what the two groups' own rates add up to. The full model of
intersections needs more than pairs, and is not run here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenrise.findings import drawing
from evenrise.findings.caveats import NOT_WHY, OVERLAP
from evenrise.findings.comparisons import (
    ALPHA,
    FEW_STUDENTS,
    Comparisons,
    comparable,
    compare,
)
from evenrise.findings.desk import OTHERS, Desk, worked_out
from evenrise.findings.finding import EvidenceRow, Finding, Kind
from evenrise.findings.gaps import difference_of, directions
from evenrise.findings.pictures import HeatTable
from evenrise.findings.sentences import both
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.sentences.stories import Counted, PairStory
from evenrise.findings.table import Ints
from evenrise.statistics.rates import risk_ratio, wilson
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.groups import FAMILIES, PAIR
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


MOST_TOLD = 3  # pairs told for one indicator
ONE_AT_A_TIME = Text(
    "Only pairs of groups are looked at here, each beside all other students; a model "
    "of many groups at once may judge differently.",
    "Aquí solo se miran pares de grupos, cada uno frente a los demás estudiantes; un "
    "modelo con muchos grupos a la vez puede juzgar de otro modo.",
)


@dataclass(frozen=True, slots=True)
class Parts:
    """A pair's rate, and what the two groups' own rates add up to."""

    pair: Estimate
    expected: float | None

    @property
    def beyond(self) -> str:
        """Where the pair lies: `sum`, `away` from it, or unknown (empty)."""
        lower, upper = self.pair.lower, self.pair.upper
        if self.expected is None or lower is None or upper is None:
            return ""
        return "sum" if lower <= self.expected <= upper else "away"


def pair_findings(desk: Desk, latest: dict[str, int]) -> list[Finding]:
    """The pairs that lie furthest from the other students, to their disadvantage."""
    facts = desk.facts
    good = directions(desk)
    years = np.array([latest.get(name, -1) for name in facts.words["indicator"].names])
    wanted = comparable(facts) & facts.pair & ~np.isnan(good)
    wanted &= facts.select(
        level=Level.DISTRICT, organization_id=desk.district.organization_id
    )
    if not wanted.any():
        return []
    wanted &= facts.year == years[facts.codes["indicator"]]
    rows = np.flatnonzero(wanted & (np.nan_to_num(facts.n) >= FEW_STUDENTS))
    compared = compare(facts, rows, good[rows])
    return [_finding(desk, compared, int(at)) for at in _chosen(desk, compared)]


def _chosen(desk: Desk, compared: Comparisons) -> Ints:
    """By indicator the clear pairs that are further off than the sum of their groups.

    Where none is, the one pair that concerns most students.
    """
    clear = compared.behind() & ~compared.mirrored & (compared.adjusted_p < ALPHA)
    indicator = desk.facts.codes["indicator"][compared.row]
    chosen: list[int] = []
    for code in np.unique(indicator[clear]):
        here = np.flatnonzero(clear & (indicator == code))
        weights = [
            (-_excess(desk, compared, int(at)), -compared.concerned[at], int(at))
            for at in here
        ]
        beyond = [one for one in sorted(weights) if one[0] < 0][:MOST_TOLD]
        chosen += [at for _, _, at in beyond or sorted(weights)[:1]]
    return np.array(chosen, dtype=np.int64)


def _excess(desk: Desk, compared: Comparisons, at: int) -> float:
    """Students beyond what the two groups' rates add up to, where that is clear."""
    parts = _parts(desk, int(compared.row[at]))
    if parts.beyond != "away" or parts.expected is None:
        return 0.0
    gap = float(compared.x[at] / compared.n[at]) - parts.expected
    sign = 1.0 if compared.difference[at] > 0 else -1.0
    return max(0.0, sign * gap * float(compared.n[at]))


def _single_rows(desk: Desk, row: int) -> tuple[int, int, int] | None:
    """The rows of the two groups, each for itself, and of all students."""
    facts = desk.facts
    families, groups = desk.family_and_group(row)
    found = []
    for family, group in zip(families.split(PAIR), groups.split(PAIR), strict=True):
        keys = facts.keys(
            np.array([row]),
            family=facts.words["group_family"].code(family),
            group=facts.words["group"].code(group),
        )
        found.append(int(facts.find(keys)[0]))
    found.append(int(facts.all_rows(np.array([row]))[0]))
    if len(found) != 3 or any(at < 0 or not facts.shown[at] for at in found):
        return None
    return found[0], found[1], found[2]


def _parts(desk: Desk, row: int) -> Parts:
    """The rates add up: first + second - all students."""
    facts = desk.facts
    pair = wilson(float(facts.x[row]), float(facts.n[row]))
    rows = _single_rows(desk, row)
    if rows is None:
        return Parts(pair, None)
    first, second, everyone = (facts.x[at] / facts.n[at] for at in rows)
    return Parts(pair, float(np.clip(first + second - everyone, 0.0, 1.0)))


def _finding(desk: Desk, compared: Comparisons, at: int) -> Finding:
    facts = desk.facts
    row = int(compared.row[at])
    key = desk.info(row).key
    family, group = desk.family_and_group(row)
    certainty = compared.certainty(at)
    parts = _parts(desk, row)
    beyond = parts.beyond
    if beyond == "away":
        beyond = "more" if _excess(desk, compared, at) > 0 else "less"
    story = PairStory(
        what=desk.measured(key),
        who=desk.who(row),
        year=int(facts.year[row]),
        students=desk.students(row),
        pair=desk.counted(row),
        others=Counted(float(compared.other_x[at]), float(compared.other_n[at])),
        concerned=compared.students(at),
        beyond=beyond,
        certainty=certainty,
    )
    where = (str(story.year), "district", desk.district.organization_id, family, group)
    sentence = both("pair", story)
    return Finding(
        key=":".join(("intersection", key, *where)),
        kind=Kind.INTERSECTION,
        indicator=key,
        school_year=story.year,
        organization_id=desk.district.organization_id,
        organization_name=desk.district.name,
        group_family=family,
        group=group,
        reference="all other students",
        estimate=difference_of(compared, at),
        ratio=risk_ratio(story.pair.x, story.pair.n, story.others.x, story.others.n),
        students=story.concerned,
        certainty=certainty,
        adjusted_p=compared.adjusted(at),
        headline=both("headline", story),
        sentence=sentence,
        next_step=next_step(key, Kind.INTERSECTION, certainty),
        caveats=(ONE_AT_A_TIME, NOT_WHY, OVERLAP),
        evidence=_evidence(desk, row, story.others),
        details={
            "level": "district",
            "label": "risk ratio",
            "p": float(compared.p[at]),
            "beyond_the_sum": beyond or None,
            "sum_of_the_two": parts.expected,
        },
        picture=pair_picture(desk, row, sentence),
    )


def _evidence(desk: Desk, row: int, others: Counted) -> tuple[EvidenceRow, ...]:
    year = int(desk.facts.year[row])
    rows = [desk.evidence(row), worked_out(OTHERS, others, year)]
    singles = _single_rows(desk, row)
    if singles is not None:
        rows += [desk.evidence(at) for at in singles]
    return tuple(rows)


def pair_picture(desk: Desk, row: int, sentence: Text) -> HeatTable:
    """The two families crossed: every pair of their groups, hidden ones as hidden."""
    facts, info = desk.facts, desk.info(row)
    first, second = facts.word("group_family", row).split(PAIR)
    down = _groups(desk, row, first, 0)
    across = _groups(desk, row, second, 1)
    cells = tuple(
        tuple(_cell(desk, row, one, other) for other in across) for one in down
    )
    year = SchoolYear(int(facts.year[row])).label
    return HeatTable(
        title=Text(f"{info.title.en}, {year}", f"{info.title.es}, {year}"),
        alternative=Text(
            f"A table of {len(down)} by {len(across)} groups. {sentence.en}",
            f"Una tabla de {len(down)} por {len(across)} grupos. {sentence.es}",
        ),
        scale=drawing.scale_of(info),
        rows=tuple(_name(first, code) for code in down),
        columns=tuple(_name(second, code) for code in across),
        cells=cells,
    )


def _groups(desk: Desk, row: int, family: str, side: int) -> list[str]:
    """The groups of one side that the table of pairs has, in the vocabulary's order."""
    facts = desk.facts
    rows = facts.rows(
        indicator=facts.word("indicator", row),
        school_year=int(facts.year[row]),
        level=Level.DISTRICT,
        organization_id=desk.district.organization_id,
        group_family=facts.word("group_family", row),
    )
    found = {facts.word("group", int(at)).split(PAIR)[side] for at in rows}
    order = (
        [group.code for group in FAMILIES[family].groups] if family in FAMILIES else []
    )
    return sorted(
        found, key=lambda code: (order.index(code) if code in order else 99, code)
    )


def _cell(desk: Desk, row: int, first: str, second: str) -> Estimate:
    facts = desk.facts
    code = facts.words["group"].code(f"{first}{PAIR}{second}")
    found = int(facts.find(facts.keys(np.array([row]), group=code))[0])
    if found < 0:
        return Estimate.unknown(Reason.NO_STUDENTS)
    return desk.estimate(found)


def _name(family: str, code: str) -> Text:
    if family in FAMILIES:
        for group in FAMILIES[family].groups:
            if group.code == code:
                return group.name
    return Text(code, code)
