"""The audit of a release: attack everything that is shown, as an outsider would.

Two passes. The first goes over every sum again and again, and narrows what each
hidden number can be (interval propagation). The second is the attack by integer
programming: over every connected part where the facts behind the release are given
(`witnesses`), else over the small ones alone (`small_parts`).

The attacker knows every number shown, every bound, the rule (a number that is hidden
as small is small), and, where the facts are given, by how much sums do not add up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenrise.statistics.small_numbers.changes import changes_of
from evenrise.statistics.small_numbers.equations import lines_of, links_of
from evenrise.statistics.small_numbers.knowledge import (
    CLOSE,
    LEFT_OUT,
    OTHERS,
    OUTCOMES,
    STUDENTS,
    Knowledge,
    asked_of,
    differences,
    known_of,
    narrow,
    reasons,
)
from evenrise.statistics.small_numbers.linked import AMOUNTS
from evenrise.statistics.small_numbers.rule import Flags, Floats, Ints, Rule
from evenrise.statistics.small_numbers.small_parts import solve_parts
from evenrise.statistics.small_numbers.table import (
    HIDDEN_BECAUSE,
    PROTECTED_SCHEMA,
    ProtectedTable,
)
from evenrise.statistics.small_numbers.witnesses import EFFORT, attack_all
from evenrise.vocabulary.facts import Origin, Status


_NAMES = ("indicator", "school_year", "organization_id", "group_family", "group")
_KEY = ("definition_version", "authority", "level", *_NAMES)


@dataclass(frozen=True, slots=True)
class Exposed:
    """A hidden number that can be worked out to less than the width."""

    indicator: str
    school_year: int
    organization_id: str
    group_family: str
    group: str
    what: str  # students | outcomes
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Audit:
    """What the attack on a release found.

    `hidden` numbers were attacked: `solved` by integer programming to the end, the
    others by intervals, and by what the effort left of it.
    """

    hidden: int
    solved: int
    exposed: tuple[Exposed, ...]

    @property
    def safe(self) -> bool:
        """Whether no hidden number was worked out."""
        return not self.exposed


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attack with the truth at hand: (3, cells) of which `rows` are the facts.

    `narrow` numbers are known to less than the width; `unsettled` is for how many
    the effort did not suffice.
    """

    rows: Ints
    known: Knowledge
    asked: Flags
    narrow: Flags
    unsettled: int


def audit(
    told: ProtectedTable,
    *,
    facts: pa.Table | None = None,
    effort: float = EFFORT,
    solve_up_to: int = 20,
) -> Audit:
    """Attack a release.

    Args:
        told: what is to be released.
        facts: the facts behind it. With them the attacker knows the differences by
            which sums do not add up, and every connected part is attacked by integer
            programming; without them sums that cannot be true are left out, and only
            small parts are.
        effort: how much of that attack is afforded (`witnesses.EFFORT`).
        solve_up_to: the size of a connected part, in hidden cells, up to which it is
            solved exactly without the facts.
    """
    table, rule = _with_left_out(told), told.rule
    mine = _computed(table)
    if facts is not None:
        truth = truth_of(_beside(table, facts))[:, mine]
        made = attempt(table, mine, truth, rule, effort)
        exposed = _exposed(table, made.rows, made.known, made.narrow)
        asked = int(made.asked.sum())
        return Audit(asked, asked - made.unsettled, exposed)
    lines = lines_of(table, mine)
    known = known_of(table, lines.rows, rule)
    asked_for = asked_of(known, reasons(table, lines.rows) == LEFT_OUT)
    rest = differences(None, lines)
    narrow(known, lines, rest)
    solved = solve_parts(known, lines, rest, solve_up_to, rule)
    # Of one or two students no more can be asked than that nothing is known.
    wanted = np.where(known.hidden[STUDENTS], known.high[STUDENTS], np.inf)
    wanted = np.minimum(rule.min_width, wanted)
    found = asked_for & (known.width < wanted - CLOSE)
    exposed = _exposed(table, lines.rows, known, found)
    return Audit(int(asked_for.sum()), solved, exposed)


def attempt(
    table: pa.Table, mine: Flags, truth: Floats, rule: Rule, effort: float
) -> Attempt:
    """Attack with the truth at hand.

    Args:
        table: the release, with rows for what it leaves out.
        mine: which of its rows are attacked.
        truth: outcomes (nan where they are amounts), the others, students of those:
            (3, cells).
        rule: what is wide enough.
        effort: see `audit`.
    """
    lines = lines_of(table, mine)
    known = known_of(table, lines.rows, rule)
    asked = asked_of(known, reasons(table, lines.rows) == LEFT_OUT)
    asked[OUTCOMES, np.isnan(truth[0])] = False
    narrow(known, lines, differences(truth, lines))
    changes = changes_of(known, lines, links_of(table, mine, truth), truth)
    # Of one or two students no more can be asked than that nothing is known.
    wanted = np.where(asked, rule.min_width, 0.0)
    wanted = np.where(known.hidden[STUDENTS], np.minimum(wanted, truth[2]), wanted)
    loose = asked & (changes.unknown >= 0)
    of = changes.unknown[loose]
    most = np.zeros(len(changes.low))
    np.maximum.at(most, of, wanted[loose])
    found = attack_all(changes, most, effort)
    reach = np.zeros(asked.shape)
    exact = asked.copy()  # what cannot change is known
    reach[loose] = (found.most - found.least)[of]
    exact[loose] = found.exact[of]
    short = asked & (wanted > reach + CLOSE)
    known.low[loose] = truth[loose] + found.least[of]
    known.high[loose] = truth[loose] + found.most[of]
    fixed = asked & ~loose
    known.low[fixed] = known.high[fixed] = truth[fixed]
    unsettled = int((short & ~exact).sum())
    return Attempt(lines.rows, known, asked, short & exact, unsettled)


def truth_of(facts: pa.Table) -> Floats:
    """Outcomes, the others and the students of each fact: (3, facts).

    Outcomes are nan where the numerator is an amount and no number of students.
    """
    x, n = (
        np.array(facts[name].cast(pa.float64()).to_numpy(zero_copy_only=False))
        for name in ("numerator", "denominator")
    )
    words = facts["indicator"].cast(pa.string())
    amounts = pc.is_in(words, pa.array(list(AMOUNTS))).to_numpy(zero_copy_only=False)
    x[amounts | (x > n) | (x != np.floor(x))] = np.nan
    found = np.empty((3, len(x)))
    found[OUTCOMES], found[OTHERS], found[STUDENTS] = x, n - x, n
    return found


def _beside(table: pa.Table, facts: pa.Table) -> pa.Table:
    """The facts behind each row of a release."""
    keys = list(_KEY)
    place = table.append_column("_cell", pa.array(np.arange(table.num_rows)))
    joined = place.select([*keys, "_cell"]).join(
        facts.select([*keys, "numerator", "denominator"]), keys, join_type="left outer"
    )
    return joined.take(pc.sort_indices(joined["_cell"]))


def _with_left_out(told: ProtectedTable) -> pa.Table:
    """The release, with the facts it leaves out: nothing at all is known of them."""
    gone = told.left_out
    if not gone.num_rows:
        return told.table
    known = {name: gone[name] for name in (*_KEY, "district_id", "origin")}
    size = gone.num_rows
    known["status"] = pa.array([str(Status.SUPPRESSED)] * size)
    known[HIDDEN_BECAUSE] = pa.array([LEFT_OUT] * size)
    nulls = {f.name: pa.nulls(size, f.type) for f in PROTECTED_SCHEMA}
    left = pa.table({n: (nulls | known)[n] for n in PROTECTED_SCHEMA.names})
    parts = [part.cast(PROTECTED_SCHEMA) for part in (told.table, left)]
    return pa.concat_tables(parts)


def _computed(table: pa.Table) -> Flags:
    ours = pc.equal(table.column("origin"), pa.scalar(str(Origin.COMPUTED)))
    kept = pc.is_in(
        table.column("status").cast(pa.string()),
        pa.array([str(Status.REPORTED), str(Status.SUPPRESSED)]),
    )
    both = pc.fill_null(pc.and_(ours, kept), False)
    return np.asarray(both.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _exposed(
    table: pa.Table, rows: Ints, known: Knowledge, found: Flags
) -> tuple[Exposed, ...]:
    told = []
    kinds, cells = np.nonzero(found)
    for kind, cell in zip(kinds.tolist(), cells.tolist(), strict=True):
        name = table.select(list(_NAMES)).slice(int(rows[cell]), 1).to_pylist()[0]
        ends = float(known.low[kind, cell]), float(known.high[kind, cell])
        what = "students" if kind == STUDENTS else "outcomes"
        told.append(Exposed(**name, what=what, lower=ends[0], upper=ends[1]))
    return tuple(told)
