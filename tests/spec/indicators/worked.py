"""Reads the worked tables of a rules.md: a drawn case each, tables in, answer out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


Table = list[dict[str, str]]
_AS_OF = re.compile(r"^As of (\d{4}-\d{2}-\d{2})\.$", re.MULTILINE)
_SETTING = re.compile(r"^Setting `(\w+)` is ([\d.]+)\.$", re.MULTILINE)
_TABLE = re.compile(r"^`(\w+)`(: none)?$")
AS_OF = dt.date(2026, 6, 30)


@dataclass
class Case:
    """One heading of the worked tables."""

    indicator: str
    name: str
    as_of: dt.date
    thresholds: dict[str, float]
    tables: dict[str, Table] = field(default_factory=dict)

    @property
    def answer(self) -> list[tuple[int, str, str, float, float]]:
        """The expected rows, sorted: year, where, student, numerator, denominator."""
        return sorted(
            (
                int(row["school_year"]),
                row["where"],
                row["student_id"],
                float(row["numerator"]),
                float(row["denominator"]),
            )
            for row in self.tables["answer"]
        )

    @property
    def records(self) -> dict[str, Table]:
        """The tables of the snapshot, ranges of days written out."""
        return {
            name: [day for row in rows for day in _days(row)]
            for name, rows in self.tables.items()
            if name != "answer"
        }


def rules(indicator: str) -> str:
    """The text of an indicator's rules.md."""
    folder = files("evenrise.indicators.catalog") / indicator
    return (folder / "rules.md").read_text(encoding="utf-8")


@cache
def cases(indicator: str) -> tuple[Case, ...]:
    """The cases under "Worked tables"."""
    _, _, worked = rules(indicator).partition("\n## Worked tables\n")
    found = re.split(r"^### (.+)$", worked, flags=re.MULTILINE)[1:]
    return tuple(
        _case(indicator, found[i], found[i + 1]) for i in range(0, len(found), 2)
    )


def _case(indicator: str, name: str, text: str) -> Case:
    said = _AS_OF.search(text)
    as_of = dt.date.fromisoformat(said[1]) if said else AS_OF
    thresholds = {f"{indicator}.{k}": float(v) for k, v in _SETTING.findall(text)}
    case = Case(indicator, name, as_of, thresholds)
    table: Table | None = None
    header: list[str] | None = None
    for line in text.splitlines():
        if named := _TABLE.match(line):
            table, header = case.tables.setdefault(named[1], []), None
        elif line.startswith("|") and table is not None:
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if header is None:
                header = cells
            elif set(line) - set("|-"):
                table.append(dict(zip(header, cells, strict=True)))
    return case


def _days(row: dict[str, str]) -> Table:
    """The row once a weekday, where its date says `2025-09-01 to 2025-09-05`."""
    first, to, last = row.get("date", "").partition(" to ")
    if not to:
        return [row]
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    days = (start + dt.timedelta(days=n) for n in range((end - start).days + 1))
    return [{**row, "date": day.isoformat()} for day in days if day.weekday() < 5]
