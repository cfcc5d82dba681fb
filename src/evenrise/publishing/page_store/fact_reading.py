"""Look-ups of facts: each is one question that an index answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evenrise.publishing.page_store.connection import Reader
from evenrise.publishing.page_store.lines import COLUMNS, line
from evenrise.publishing.page_store.model import FactLine, SeriesLine, SeriesPoint
from evenrise.publishing.page_store.words import Words
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.groups import ALL_FAMILY


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which facts are wanted; what is None is not asked for."""

    indicator: str | None = None
    school_year: int | None = None
    organization_id: str | None = None
    level: str | None = None
    family: str | None = None
    group: str | None = None
    pairs: bool = True
    limit: int | None = None
    offset: int = 0


def facts(reader: Reader, words: Words, wanted: Wanted) -> tuple[FactLine, ...]:
    """The facts that are wanted, by indicator, year, group and organization."""
    asked = _question(words, wanted)
    if asked is None:
        return ()
    return tuple([line(row, words) for row in reader.rows(*asked)])


def each_fact(reader: Reader, words: Words, wanted: Wanted) -> Iterator[FactLine]:
    """The same one after the other."""
    asked = _question(words, wanted)
    if asked is not None:
        for row in reader.each(*asked):
            yield line(row, words)


def _question(words: Words, wanted: Wanted) -> tuple[str, list[Any]] | None:
    found = _where(words, wanted)
    if found is None:
        return None
    clauses, values = found
    sql = (
        f"SELECT {COLUMNS} FROM fact"  # noqa: S608 - our own words and columns
        + (f" WHERE {' AND '.join(clauses)}" if clauses else "")
        + " ORDER BY indicator, school_year, member, organization"
    )
    if wanted.limit is None:
        return sql, values
    return f"{sql} LIMIT ? OFFSET ?", [*values, wanted.limit, wanted.offset]


def _where(words: Words, wanted: Wanted) -> tuple[list[str], list[Any]] | None:
    """The conditions and their values; None where nothing can be meant."""
    clauses: list[str] = []
    values: list[Any] = []
    if wanted.indicator is not None:
        if wanted.indicator not in words.indicator_ids:
            return None
        clauses.append("indicator = ?")
        values.append(words.indicator_ids[wanted.indicator])
    if wanted.school_year is not None:
        clauses.append("school_year = ?")
        values.append(wanted.school_year)
    chosen = {"member": _members(words, wanted), "organization": _places(words, wanted)}
    for name, ids in chosen.items():
        if ids is None:
            continue
        if not ids:
            return None
        first, last = min(ids), max(ids)
        if len(ids) == 1:
            clauses.append(f"{name} = ?")
            values.append(first)
        elif last - first + 1 == len(ids):  # schools and families stand together
            clauses.append(f"{name} BETWEEN ? AND ?")
            values.extend((first, last))
        else:
            clauses.append(f"{name} IN ({','.join('?' * len(ids))})")
            values.extend(ids)
    return clauses, values


def _members(words: Words, wanted: Wanted) -> tuple[int, ...] | None:
    if wanted.family is not None and wanted.group is not None:
        one = words.member_ids.get((wanted.family, wanted.group))
        return () if one is None else (one,)
    if wanted.family is not None:
        return words.family_ids.get(wanted.family, ())
    if wanted.group is not None:
        return tuple(
            one for (_, code), one in words.member_ids.items() if code == wanted.group
        )
    return None if wanted.pairs else words.single_ids


def _places(words: Words, wanted: Wanted) -> tuple[int, ...] | None:
    if wanted.organization_id is None:
        return None if wanted.level is None else words.level_ids.get(wanted.level, ())
    ids = words.place_ids.get(wanted.organization_id, ())
    if wanted.level is None:
        return ids
    return tuple(one for one in ids if one in words.level_ids.get(wanted.level, ()))


def fact(reader: Reader, words: Words, fact_id: int) -> FactLine | None:
    """One fact by its number in this store."""
    row = reader.one(f"SELECT {COLUMNS} FROM fact WHERE id = ?", (fact_id,))  # noqa: S608
    return None if row is None else line(row, words)


def series(
    years: tuple[int, ...], lines: list[FactLine], kind: str = "other"
) -> SeriesLine:
    """The facts of one group as a line over all years; a missing year has a reason.

    Raises:
        IndexError: when there is no fact at all.
    """
    by_year = {one.school_year: one for one in lines}
    missing = Estimate(None, reason=Reason.NOT_COLLECTED)
    first = lines[0]
    return SeriesLine(
        organization=first.organization,
        group_family=first.group_family,
        group=first.group,
        label=first.label,
        kind="all" if first.group_family == ALL_FAMILY else kind,
        points=tuple(
            SeriesPoint(
                year,
                by_year.get(year),
                by_year[year].estimate if year in by_year else missing,
            )
            for year in years
        ),
    )
