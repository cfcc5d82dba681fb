"""The words of a page store, read once: indicators, organizations, groups, doors."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from evenrise.publishing.page_store.connection import Reader
from evenrise.publishing.page_store.model import IndicatorInfo
from evenrise.vocabulary.facts import Origin
from evenrise.vocabulary.organizations import Level, Organization
from evenrise.vocabulary.text import Text


GROUP_TABLES = ("programs", "students")  # say to which groups a student belongs


@dataclass(frozen=True, slots=True)
class Member:
    """A group of a family, or of a pair of families."""

    family: str
    code: str
    label: Text
    students: Text
    pair: bool


@dataclass(frozen=True, slots=True)
class Door:
    """Through which door facts came, and by which version of whose rule."""

    version: int
    authority: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Place:
    """An organization, what kind of school it is, and how many students it has."""

    organization: Organization
    kind: str | None
    students: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """What the store says of an indicator as a whole."""

    info: IndicatorInfo
    tables: tuple[str, ...]
    latest: int
    years: tuple[int, ...]
    largest_gap: str | None
    answer: Text | None

    @property
    def tables_by_group(self) -> tuple[str, ...]:
        """With those that say which groups a student belongs to."""
        return tuple(sorted({*self.tables, *GROUP_TABLES}))


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Everything that facts name by a small integer, and the way back."""

    indicators: dict[int, Told]
    indicator_ids: dict[str, int]
    places: dict[int, Place]
    place_ids: dict[str, tuple[int, ...]]  # by organization_id, all levels
    members: dict[int, Member]
    member_ids: dict[tuple[str, str], int]
    family_ids: dict[str, tuple[int, ...]]
    single_ids: tuple[int, ...]  # groups that are no pair
    level_ids: dict[str, tuple[int, ...]]
    doors: dict[int, Door]
    files: dict[int, str]

    def place(self, organization_id: str, level: str | None = None) -> int | None:
        """The integer of an organization; a school before a district of that code."""
        for one in self.place_ids.get(organization_id, ()):
            if level in (None, self.places[one].organization.level):
                return one
        return None


def text(told: Any) -> Text:
    """A text as it is stored: a pair."""
    return Text(told[0], told[1])


def text_or_none(told: Any) -> Text | None:
    """The same where it may be missing."""
    return None if told is None else text(told)


def read_words(reader: Reader) -> Words:
    """All words of the store."""
    indicators = _indicators(reader)
    places = {
        one: Place(Organization(Level(level), code, name, district), kind, students)
        for one, level, code, name, district, kind, students in reader.rows(
            "SELECT id, level, organization_id, name, district_id, kind, students"
            " FROM organization"
        )
    }
    by_code: dict[str, tuple[int, ...]] = {}
    for one, place in places.items():
        code = place.organization.organization_id
        by_code[code] = (*by_code.get(code, ()), one)
    members = {
        one: Member(
            family, code, text(json.loads(label)), text(json.loads(said)), bool(pair)
        )
        for one, family, code, label, said, pair in reader.rows(
            "SELECT id, family, code, label, students, pair FROM member"
        )
    }
    families: dict[str, list[int]] = {}
    for one, member in members.items():
        families.setdefault(member.family, []).append(one)
    levels: dict[str, list[int]] = {}
    for one, place in places.items():
        levels.setdefault(str(place.organization.level), []).append(one)
    doors = reader.rows("SELECT id, version, authority, origin FROM door")
    return Words(
        indicators=indicators,
        indicator_ids={told.info.key: one for one, told in indicators.items()},
        places=places,
        place_ids=by_code,
        members=members,
        member_ids={(m.family, m.code): one for one, m in members.items()},
        family_ids={name: tuple(ids) for name, ids in families.items()},
        single_ids=tuple(one for one, m in members.items() if not m.pair),
        level_ids={name: tuple(ids) for name, ids in levels.items()},
        doors={one: Door(int(v), who, Origin(way)) for one, v, who, way in doors},
        files=dict(reader.rows("SELECT id, name FROM file")),
    )


def _indicators(reader: Reader) -> dict[int, Told]:
    found = {}
    for one, info, latest, years, gap, answer in reader.rows(
        "SELECT id, info, latest, years, largest_gap, answer FROM indicator"
    ):
        parts = json.loads(info)
        tables = tuple(parts.pop("tables"))
        for name in ("title", "question", "definition"):
            parts[name] = text(parts[name])
        found[one] = Told(
            info=IndicatorInfo(**parts),
            tables=tables,
            latest=latest,
            years=tuple(json.loads(years)),
            largest_gap=gap,
            answer=text_or_none(json.loads(answer)) if answer else None,
        )
    return found
