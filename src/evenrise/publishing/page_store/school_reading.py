"""Look-ups of schools: who their students are, and which schools are like which."""

from __future__ import annotations

import json
from typing import Any

from evenrise.publishing.page_store.connection import Reader
from evenrise.publishing.page_store.model import (
    GroupShare,
    LikeRule,
    LikeSchool,
    SchoolLine,
)
from evenrise.publishing.page_store.words import Words, text
from evenrise.vocabulary.organizations import Level


def schools(
    reader: Reader, words: Words, meta: dict[str, Any]
) -> tuple[SchoolLine, ...]:
    """All schools by name."""
    shares: dict[int, list[GroupShare]] = {}
    for organization, *row in reader.rows(
        "SELECT organization, member, students, share FROM share"
    ):
        shares.setdefault(organization, []).append(_share(words, row))
    return tuple(
        _line(words, meta, one, tuple(shares.get(one, ())))
        for one in words.level_ids.get(str(Level.SCHOOL), ())
    )


def school(
    reader: Reader, words: Words, meta: dict[str, Any], organization_id: str
) -> SchoolLine | None:
    """One school, or the district."""
    one = words.place(organization_id)
    if one is None:
        return None
    return _school(reader, words, meta, one)


def _school(reader: Reader, words: Words, meta: dict[str, Any], one: int) -> SchoolLine:
    rows = reader.rows(
        "SELECT member, students, share FROM share WHERE organization = ?", (one,)
    )
    shares = tuple(_share(words, row) for row in rows)
    return _line(words, meta, one, shares)


def _share(words: Words, row: Any) -> GroupShare:
    member = words.members[row[0]]
    return GroupShare(member.family, member.code, member.label, row[1], row[2])


def _line(
    words: Words, meta: dict[str, Any], one: int, shares: tuple[GroupShare, ...]
) -> SchoolLine:
    place = words.places[one]
    return SchoolLine(
        organization=place.organization,
        kind=place.kind,
        students=place.students,
        shares=shares,
        counted_in=_counted_in(meta),
    )


def _counted_in(meta: dict[str, Any]) -> tuple[str, int] | None:
    told = meta["counted_in"]
    return None if told is None else (told[0], told[1])


def like(
    reader: Reader, words: Words, meta: dict[str, Any], school_id: str, k: int
) -> tuple[LikeSchool, ...]:
    """The nearest schools, nearest first."""
    one = words.place(school_id, str(Level.SCHOOL))
    if one is None:
        return ()
    rows = reader.rows(
        "SELECT other, told FROM alike WHERE organization = ? ORDER BY place LIMIT ?",
        (one, max(0, k)),
    )
    found = []
    for other, told in rows:
        parts = json.loads(told)
        found.append(
            LikeSchool(
                school=_school(reader, words, meta, other),
                distance=parts["distance"],
                closeness=text(parts["closeness"]),
                in_common=tuple(text(one) for one in parts["in_common"]),
                differs=tuple(text(one) for one in parts["differs"]),
            )
        )
    return tuple(found)


def rule(meta: dict[str, Any]) -> LikeRule:
    """How schools like a school were found."""
    return LikeRule(text(meta["like_rule"]), _counted_in(meta))
