"""A declared mapping: how another place's aggregate file becomes published facts.

A mapping is a TOML file (docs/how-to/map-another-states-files.md). Those shipped stand
in `mappings/`; a district lays its own beside its files as `NAME.mapping.toml`. Column
names are compared folded; a name that begins with `*` means "ends with".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Table, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from evenrise.records.files.member import Member, fold
from evenrise.vocabulary.errors import DefinitionProblem
from evenrise.vocabulary.groups import PAIR, family as families_of
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Text


ENDING = ".mapping.toml"
Group = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows are read, and how they name their group.

    `where` keeps rows whose column holds one of the words. `column` names the group
    by `codes` (None: known, left aside); without a column all rows are `group`.
    """

    where: Table[str, tuple[str, ...]]
    column: tuple[str, ...]
    codes: Table[str, Group | None]
    group: Group | None


@dataclass(frozen=True, slots=True)
class Figures:
    """One indicator: its count, the students it is of, and its printed rate."""

    indicator: str
    count: tuple[str, ...]
    students: tuple[str, ...]
    rate: tuple[str, ...]
    whole: int


@dataclass(frozen=True, slots=True)
class Total:
    """Rows that are the state's (or the city's) own: any of `words` in a column."""

    level: str
    organization_id: str
    name: str
    words: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A mapping, read and checked."""

    name: Text
    authority: str
    needs: tuple[tuple[str, ...], ...]
    year: tuple[str, ...]
    year_plus: int
    year_ignore: tuple[str, ...]
    level: str
    prefix: str
    id_columns: tuple[tuple[tuple[str, ...], int], ...]
    name_column: tuple[str, ...]
    name_before: str
    district: tuple[int, int] | None
    total: Total | None
    rows: tuple[Rows, ...]
    figures: tuple[Figures, ...]
    marks: tuple[str, ...]
    sum_to_district: bool

    def fits(self, member: Member) -> bool:
        """Whether a header has every column the mapping needs."""
        return all(find(member.folded, names) for names in self.needs)


def find(folded: Sequence[str], names: Sequence[str]) -> str | None:
    """The column that one of the names means; the first name that is there."""
    for name in names:
        if name.startswith("*"):
            end = fold(name)
            found = next((one for one in folded if one.endswith(end)), None)
        else:
            found = _exact(folded, name)
        if found is not None:
            return found
    return None


def _exact(folded: Sequence[str], name: str) -> str | None:
    """`# Chronically Absent` folds to the same as `% Chronically Absent`.

    `NAME (2)` asks for the second column of that folded name.
    """
    plain, _, rest = name.rpartition(" (")
    if plain and rest.removesuffix(")").isdigit():
        name = plain
        wanted = f"{fold(plain)}_{rest.removesuffix(')')}"
        return wanted if wanted in folded else None
    return fold(name) if fold(name) in folded else None


class _Reader:
    """One TOML file being read; every complaint names the file and the key."""

    def __init__(self, source: str) -> None:
        self.source = source

    def wrong(self, key: str, why: str) -> DefinitionProblem:
        return DefinitionProblem(f"The mapping {self.source}: {key} {why}.")

    def table(self, content: Table[str, Any], key: str) -> Table[str, Any]:
        found = content.get(key, {})
        if not isinstance(found, dict):
            raise self.wrong(f"[{key}]", "must be a table")
        return cast("Table[str, Any]", found)

    def words(self, content: Table[str, Any], key: str) -> tuple[str, ...]:
        found = content.get(key, [])
        listed = [found] if isinstance(found, str) else found
        if not isinstance(listed, list) or not all(isinstance(w, str) for w in listed):
            raise self.wrong(key, "must be a text or a list of texts")
        return tuple(cast("list[str]", listed))

    def text(self, content: Table[str, Any], key: str) -> Text:
        found = content.get(key)
        if isinstance(found, str) and found:
            return Text(found, found)
        if isinstance(found, dict) and {"en", "es"} <= set(found):
            return Text(str(found["en"]), str(found["es"]))
        raise self.wrong(key, "must be a text, or one in en and one in es")

    def number(self, content: Table[str, Any], key: str, default: int) -> int:
        found = content.get(key, default)
        if isinstance(found, bool) or not isinstance(found, int):
            raise self.wrong(key, "must be a whole number")
        return found

    def group(self, written: str) -> Group | None:
        """`race_ethnicity:asian`, `all`, or `none` for known and left aside."""
        if written == "none":
            return None
        if written == "all":
            return ("all", "all")
        family, _, code = written.partition(":")
        try:
            for part, one in zip(families_of(family), code.split(PAIR), strict=True):
                part.group(one)
        except (KeyError, ValueError):
            raise self.wrong(
                f"the group {written!r}",
                "is none that Evenrise knows: write family:group, all or none",
            ) from None
        return family, code


def read_mapping(text: str, source: str) -> Mapping:
    """Read one mapping.

    Args:
        text: the TOML.
        source: what a complaint calls it.

    Raises:
        DefinitionProblem: when it is not TOML, lacks a part or names an unknown group.
    """
    reader = _Reader(source)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise reader.wrong("the file", f"is not TOML ({problem})") from None
    year = reader.table(content, "school_year")
    place = reader.table(content, "organization")
    level = str(place.get("level", "district"))
    if level not in set(Level):
        raise reader.wrong("organization.level", f"cannot be {level!r}")
    figures = tuple(_figures(reader, one) for one in content.get("indicators", []))
    if not figures:
        raise reader.wrong("[[indicators]]", "must be there at least once")
    rows = tuple(_rows(reader, one) for one in content.get("rows", [{"group": "all"}]))
    return Mapping(
        name=reader.text(content, "name"),
        authority=str(content.get("authority", "")) or reader.text(content, "name").en,
        needs=tuple((name,) for name in reader.words(content, "columns"))
        + tuple(one.students for one in figures),
        year=reader.words(year, "column"),
        year_plus=reader.number(year, "plus", 0),
        year_ignore=reader.words(year, "ignore"),
        level=level,
        prefix=str(place.get("prefix", "")),
        id_columns=_ids(reader, place),
        name_column=reader.words(place, "name"),
        name_before=str(place.get("name_before", "")),
        district=_district(reader, place),
        total=_total(reader, content),
        rows=rows,
        figures=figures,
        marks=reader.words(content, "suppressed") or ("*", "s"),
        sum_to_district=bool(content.get("sum_schools_to_districts", False)),
    )


def _ids(
    reader: _Reader, place: Table[str, Any]
) -> tuple[tuple[tuple[str, ...], int], ...]:
    names = reader.words(place, "id")
    if not names:
        raise reader.wrong("organization.id", "must name a column")
    width = reader.number(place, "width", 0)
    return ((names, width),)


def _district(reader: _Reader, place: Table[str, Any]) -> tuple[int, int] | None:
    """Which characters of a school's id are its district's: `[1, 2]`."""
    found = place.get("district_characters")
    if found is None:
        return None
    if not isinstance(found, list) or [type(one) for one in found] != [int, int]:
        raise reader.wrong("organization.district_characters", "must be like [1, 2]")
    return found[0], found[1]


def _total(reader: _Reader, content: Table[str, Any]) -> Total | None:
    if "total" not in content:
        return None
    total = reader.table(content, "total")
    level = str(total.get("level", "state"))
    if level not in set(Level):
        raise reader.wrong("total.level", f"cannot be {level!r}")
    return Total(
        level,
        str(total.get("id", "state")),
        str(total.get("name", "")),
        tuple(word.casefold() for word in reader.words(total, "words")),
        tuple((name,) for name in reader.words(total, "columns")),
    )


def _rows(reader: _Reader, content: Table[str, Any]) -> Rows:
    where = {
        name: reader.words(reader.table(content, "where"), name)
        for name in reader.table(content, "where")
    }
    codes = {
        str(code).casefold(): reader.group(str(group))
        for code, group in reader.table(content, "codes").items()
    }
    fixed = content.get("group")
    return Rows(
        where,
        reader.words(content, "column"),
        codes,
        reader.group(str(fixed)) if fixed is not None else None,
    )


def _figures(reader: _Reader, content: Table[str, Any]) -> Figures:
    indicator = str(content.get("indicator", ""))
    students = reader.words(content, "students")
    count, rate = reader.words(content, "count"), reader.words(content, "rate")
    if not indicator or not students or not (count or rate):
        raise reader.wrong(
            "[[indicators]]", "needs indicator, students, and a count or a rate"
        )
    return Figures(indicator, count, students, rate, reader.number(content, "of", 100))


def shipped() -> tuple[Mapping, ...]:
    """The mappings that come with the product, by file name."""
    folder = files("evenrise.records.sources.published") / "mappings"
    found = sorted(
        (one for one in folder.iterdir() if one.name.endswith(ENDING)),
        key=lambda one: one.name,
    )
    return tuple(read_mapping(one.read_text("utf-8"), one.name) for one in found)


def beside(path: Path) -> tuple[Mapping, ...]:
    """Mappings that lie in the folder of a file, by name.

    Raises:
        DefinitionProblem: when one of them cannot be read.
    """
    found = []
    for one in sorted(path.parent.glob(f"*{ENDING}")):
        try:
            text = one.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as problem:
            raise DefinitionProblem(
                f"The mapping {one.name} cannot be read: {problem}."
            ) from None
        found.append(read_mapping(text, one.name))
    return tuple(found)
