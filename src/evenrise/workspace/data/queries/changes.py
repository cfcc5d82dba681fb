"""What an import would change, file by file, table by table, number by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evenrise.publishing.numbers import MINUS, amount, count, digits_for, school_year
from evenrise.publishing.spreadsheets import as_csv
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.data.models import Import
from evenrise.workspace.data.words import table_name


_TOLD = 3  # tables told of in a sentence
_KINDS = {
    "new": Text("new", "nuevas"),
    "changed": Text("changed", "cambiadas"),
    "gone": Text("gone", "menos"),
}
_NUMBERS = Text(
    "Of the numbers on the pages, {n} would change.",
    "De los números de las páginas, cambiarían {n}.",
)
_MOST_DIGITS = 2
_NAMED = 20  # refused rows of a file on the page; the file of them holds more


@dataclass(frozen=True, slots=True)
class Refused:
    """One row that was not kept."""

    line: str
    column: str
    reason: str
    english: bool  # read before refusals were said in Spanish too


@dataclass(frozen=True, slots=True)
class FileLine:
    """What became of one file."""

    name: str
    known_as: str
    kept: str
    refused: str
    has_refused: bool
    refusals: list[Refused]
    more: str  # refused rows that are counted and not named
    notes: list[str]
    problem: str
    problem_is_english: bool


@dataclass(frozen=True, slots=True)
class TableChange:
    """One table: rows new, changed, gone and the same."""

    name: str
    new: str
    changed: str
    gone: str
    same: str
    quiet: bool
    columns: str  # which columns changed, in how many rows
    examples: list[str]

    @property
    def can_be_looked_into(self) -> bool:
        """Whether there is more to show than counts."""
        return bool(self.columns or self.examples)


@dataclass(frozen=True, slots=True)
class Move:
    """One published number that would move."""

    who: str
    year: str
    before: str
    after: str
    n: str


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """One indicator: how many of its numbers would change, and the largest moves."""

    title: str
    changed: str
    new: str
    gone: str
    shown: str
    moves: list[Move]


def file_line(told: dict[str, Any], how: Language) -> FileLine:
    """What became of one file, from its story."""
    known = told.get("recognised_as")
    refusals = [
        Refused(
            "" if row["line"] is None else count(row["line"], how),
            row["column"],
            _said(row, "reason", how),
            _only_english(row, "reason", how),
        )
        for row in told["refused"]
    ]
    more = int(told["rows_refused"]) - len(refusals[:_NAMED])
    return FileLine(
        name=told["file"],
        known_as="" if known is None else known[how],
        kept=count(told["rows_kept"], how),
        refused=count(told["rows_refused"], how),
        has_refused=bool(told["rows_refused"]),
        refusals=refusals[:_NAMED],
        more=count(more, how) if more > 0 else "",
        notes=[note[how] for note in told["notes"]],
        problem=_said(told, "problem", how),
        problem_is_english=_only_english(told, "problem", how),
    )


def _said(told: dict[str, Any], name: str, how: Language) -> str:
    """What a story says in the reader's language, as far as it does."""
    spanish = told.get(f"{name}_es") if how == "es" else None
    return spanish or told[name] or ""


def _only_english(told: dict[str, Any], name: str, how: Language) -> bool:
    return how == "es" and not told.get(f"{name}_es")


def table_change(
    table: str, told: dict[str, int], looked: dict[str, Any], how: Language
) -> TableChange:
    """One table of the difference, and a look at some of its rows."""
    return TableChange(
        name=table_name(table, how),
        new=count(told["new"], how),
        changed=count(told["changed"], how),
        gone=count(told["gone"], how),
        same=count(told["same"], how),
        quiet=not (told["new"] or told["changed"] or told["gone"]),
        columns=", ".join(
            f"{name} ({count(often, how)})" for name, often in looked.get("columns", ())
        ),
        examples=_examples(looked),
    )


def _examples(looked: dict[str, Any]) -> list[str]:
    """A few rows by key: `+` new, a minus gone, else what changed."""
    return [
        *(
            f"{key}: {name} {before or '–'} > {after or '–'}"
            for key, name, before, after in looked.get("changed", ())
        ),
        *(f"+ {key}" for key in looked.get("new", ())),
        *(f"{MINUS} {key}" for key in looked.get("gone", ())),
    ]


def indicator_change(told: dict[str, Any], how: Language) -> IndicatorChange:
    """One indicator whose numbers would change, in words."""
    return IndicatorChange(
        title=told["title"][how],
        changed=count(told["changed"], how),
        new=count(told["new"], how),
        gone=count(told["gone"], how),
        shown=count(told["shown"], how),
        moves=[
            Move(
                f"{move['organization']}, {move['group'][how]}",
                school_year(move["year"]),
                *_from_to(move, told["unit"], how),
                "" if move["n"][1] is None else count(move["n"][1], how),
            )
            for move in told["moves"]
        ],
    )


def _from_to(move: dict[str, Any], unit: str, how: Language) -> tuple[str, str]:
    """A number before and after, with the decimals that tell them apart."""
    digits = max(digits_for(unit, n) for n in move["n"])
    while True:
        before, after = (
            amount(move[when], unit, how, digits=digits) for when in ("before", "after")
        )
        if before != after or digits >= _MOST_DIGITS:
            return before, after
        digits += 1


_COLUMNS = (
    Text("file", "archivo"),
    Text("line", "línea"),
    Text("column", "columna"),
    Text("reason", "motivo"),
)


def refused_csv(one: Import, how: Language) -> bytes:
    """The refused rows that were named: file, line, column, reason."""
    rows = (
        (row["file"], row["line"], row["column"], _said(row, "reason", how))
        for told in (one.story or {}).get("files", ())
        for row in told["refused"]
    )
    return as_csv([name[how] for name in _COLUMNS], rows)


def summary(story: dict[str, Any], moves: dict[str, Any], how: Language) -> str:
    """The difference in a sentence or two: the tables that change most, the numbers."""
    told = sorted(
        story.get("differences", {}).items(),
        key=lambda one: -(one[1]["new"] + one[1]["changed"] + one[1]["gone"]),
    )
    parts = []
    for table, change in told[:_TOLD]:
        words = [
            f"{count(change[kind], how)} {_KINDS[kind][how]}"
            for kind in ("new", "changed", "gone")
            if change[kind]
        ]
        if words:
            parts.append(f"{table_name(table, how)}: {', '.join(words)}.")
    numbers = sum(one["changed"] for one in moves.get("indicators", ()))
    if numbers:
        parts.append(_NUMBERS[how].format(n=count(numbers, how)))
    return " ".join(parts)
