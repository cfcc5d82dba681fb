"""Aggregate files of other places, read through a declared mapping."""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evenrise.records.files.member import Member
from evenrise.records.sources.base import CERTAIN, NOT_MINE, Desk, SourceCard
from evenrise.records.sources.cells import NO_YEAR, code, distinct, lookup, school_years
from evenrise.records.sources.doubts import doubts
from evenrise.records.sources.published import measured
from evenrise.records.sources.published.job import Job
from evenrise.records.sources.published.mapping import (
    ENDING,
    Mapping,
    Rows,
    beside,
    find,
    shipped,
)
from evenrise.records.sources.published.measured import Measure
from evenrise.records.sql import literal, quoted, told
from evenrise.vocabulary.text import Text


# Surer than a guess; the product's own formats are surer still.
MAPPED, OWN_MAPPING = 0.9, 0.95


@dataclass(slots=True)
class MappedFiles:
    """Every file that a mapping fits; a district's own mapping goes first."""

    card: SourceCard
    _beside: dict[Path, tuple[Mapping, ...]] = field(default_factory=dict)
    _shipped: tuple[Mapping, ...] | None = None

    def recognise(self, member: Member) -> float:
        """Whether a mapping fits the header.

        Raises:
            DefinitionProblem: when a mapping beside the file cannot be read.
        """
        if _is_mapping(member):
            return CERTAIN
        mapping = self.mapping(member)
        if mapping is None:
            return NOT_MINE
        return OWN_MAPPING if mapping in self.own(member) else MAPPED

    def own(self, member: Member) -> tuple[Mapping, ...]:
        """The mappings that lie beside the member's file."""
        folder = member.origin.parent
        if folder not in self._beside:
            self._beside[folder] = beside(member.origin)
        return self._beside[folder]

    def mapping(self, member: Member) -> Mapping | None:
        """The first mapping that fits."""
        if self._shipped is None:
            self._shipped = shipped()
        candidates = (*self.own(member), *self._shipped)
        return next((one for one in candidates if one.fits(member)), None)

    def read(self, members: Sequence[Member], desk: Desk) -> None:
        """Facts of every member, then what they leave to be asked."""
        tables: list[str] = []
        names: dict[int, Member] = {}
        for member in members:
            if _is_mapping(member):
                _tell_mapping(member, desk)
                continue
            mapping = self.mapping(member)
            if mapping is not None:
                job = Job.of(member, desk)
                tables.append(_read(job, mapping))
                for (at,) in desk.con.execute(
                    f"SELECT min(_file) FROM {job.rows}"
                ).fetchall():
                    names[at] = member
        for question in doubts(desk.con, tables, names):
            desk.question(question)


def _is_mapping(member: Member) -> bool:
    """A mapping is opened like any other file; only its name tells it."""
    return member.name.casefold().endswith(ENDING)


def _tell_mapping(member: Member, desk: Desk) -> None:
    desk.matched(member, {})
    desk.note(
        member,
        Text(
            "A mapping for the files beside it; it holds no records.",
            "Un mapa para los archivos que están junto a él; no tiene registros.",
        ),
    )


def _read(job: Job, mapping: Mapping) -> str:
    measures = tuple(
        Measure(
            name=f"m{at}",
            indicator=one.indicator,
            count=_found(job, one.count),
            students=_found(job, one.students),
            rate=_found(job, one.rate),
            whole=one.whole,
        )
        for at, one in enumerate(mapping.figures)
    )
    present = tuple(one for one in measures if one.given(job.columns))
    job.note(
        f"Read through the mapping “{mapping.name.en}”.",
        f"Se leyó con el mapa «{mapping.name.es}».",
    )
    job.desk.matched(job.member, _used(job, mapping, present))
    placed = job.make(f"{job.rows}_placed", _placed(job, mapping, present))
    _refuse(job, placed, mapping)
    _ask_new_codes(job, placed)
    chosen = job.make(
        f"{placed}_chosen",
        f"""SELECT * FROM {placed} WHERE group_family IS NOT NULL
            AND school_year IS NOT NULL AND organization_id IS NOT NULL""",
    )
    facts = measured.facts(job, chosen, present, mapping.authority)
    if mapping.sum_to_district:
        measured.districts_from_schools(job, facts)
    job.desk.facts(f"SELECT * FROM {facts}")
    job.desk.organizations(f"""
        SELECT level, organization_id, any_value(organization_name) AS name,
            any_value(district_id) AS district_id FROM {chosen}
        WHERE organization_name IS NOT NULL GROUP BY level, organization_id""")
    return facts


def _found(job: Job, names: Sequence[str]) -> tuple[str, ...]:
    one = find(tuple(job.columns.written), names)
    return () if one is None else (one,)


def _used(job: Job, mapping: Mapping, measures: Sequence[Measure]) -> dict[str, str]:
    plan = {
        "school_year": mapping.year,
        "organization": mapping.id_columns[0][0],
        "organization name": mapping.name_column,
    }
    for rows in mapping.rows:
        for name in rows.where:
            plan[f"which rows ({name})"] = (name,)
        if rows.column:
            plan[f"group ({rows.column[0]})"] = rows.column
    used = {
        job.columns.written[one]: use
        for use, names in plan.items()
        for one in _found(job, names)
    }
    for one in measures:
        used |= {
            job.columns.written[names[0]]: use
            for use, names in one.uses().items()
            if names
        }
    return used


def _sql(job: Job, names: Sequence[str]) -> str:
    one = _found(job, names)
    return quoted(one[0]) if one else "NULL::VARCHAR"


def _placed(job: Job, mapping: Mapping, measures: Sequence[Measure]) -> str:
    """Rows as every measure wants them; a row that two blocks read stands twice."""
    marks = ", ".join(literal(mark) for mark in mapping.marks)
    cells = "".join(
        f", CASE WHEN {sql} IN ({marks}) THEN '*' ELSE {sql} END AS {name}"
        for one in measures
        for name, sql in one.cells(job.columns)
    )
    total, code_sql = _total(job, mapping), _id(job, mapping)
    selects = [
        f"""SELECT _file, _row, {_year(job, mapping)} AS school_year,
            {_sql(job, mapping.year)} AS year_written, {total} AS is_total,
            {code_sql} AS code_id, {_sql(job, mapping.name_column)} AS name_written,
            {_group(job, rows)} AS group_written,
            {_codes(job, rows, 0)} AS group_family, {_codes(job, rows, 1)} AS "group",
            {_known(job, rows)} AS known{cells}
        FROM {job.rows} WHERE {_where(job, rows)}"""
        for rows in mapping.rows
    ]
    own = mapping.total
    return f"""
        SELECT * EXCLUDE (school_year), CASE WHEN is_total THEN coalesce(school_year,
                max(school_year) OVER ()) ELSE school_year END AS school_year,
            CASE WHEN is_total THEN {literal(own.level if own else None)}
                ELSE {literal(mapping.level)} END AS level,
            CASE WHEN is_total THEN {literal(own.organization_id if own else None)}
                ELSE code_id END AS organization_id,
            CASE WHEN is_total THEN {literal((own.name or None) if own else None)}
                ELSE {literal(mapping.name_before)} || name_written
                END AS organization_name,
            CASE WHEN NOT is_total THEN {_district(mapping)} END AS district_id
        FROM ({" UNION ALL ".join(selects)})"""


def _year(job: Job, mapping: Mapping) -> str:
    written = _sql(job, mapping.year)
    if written.startswith("NULL"):
        return "NULL::INTEGER"
    springs = school_years(
        one
        for one in distinct(job.desk.con, job.rows, written)
        if one not in mapping.year_ignore
    )
    moved = {name: spring + mapping.year_plus for name, spring in springs.items()}
    return lookup(written, dict(moved)) + "::INTEGER"


def _id(job: Job, mapping: Mapping) -> str:
    names, width = mapping.id_columns[0]
    cell = _sql(job, names)
    whole = code(cell, width) if width else cell
    return f"{literal(mapping.prefix)} || {whole}"


def _district(mapping: Mapping) -> str:
    if mapping.level == "district":
        return "code_id"
    if mapping.district is None:
        return "NULL::VARCHAR"
    first, last = mapping.district
    start = len(mapping.prefix) + first
    return f"{literal(mapping.prefix)} || substr(code_id, {start}, {last - first + 1})"


def _total(job: Job, mapping: Mapping) -> str:
    if mapping.total is None:
        return "FALSE"
    words = ", ".join(literal(word) for word in mapping.total.words)
    tests = [
        f"coalesce(lower({quoted(one[0])}) IN ({words}), FALSE)"
        for names in mapping.total.columns
        if (one := _found(job, names))
    ]
    return f"({' OR '.join(tests)})" if tests else "FALSE"


def _where(job: Job, rows: Rows) -> str:
    tests = [
        f"lower({_sql(job, (name,))}) IN "
        f"({', '.join(literal(word.casefold()) for word in words)})"
        for name, words in rows.where.items()
    ]
    return " AND ".join(tests) or "TRUE"


def _group(job: Job, rows: Rows) -> str:
    """The group as written; a number that a spreadsheet wrote `9.0` is `9`."""
    if not rows.column:
        return "'all'"
    return f"regexp_replace(lower({_sql(job, rows.column)}), '[.]0$', '')"


def _codes(job: Job, rows: Rows, part: int) -> str:
    if not rows.column:
        return literal(rows.group[part] if rows.group else None)
    known = {word: group[part] for word, group in rows.codes.items() if group}
    return lookup(_group(job, rows), dict(known))


def _known(job: Job, rows: Rows) -> str:
    if not rows.column:
        return "TRUE"
    words = ", ".join(literal(word) for word in rows.codes) or "NULL"
    return f"coalesce({_group(job, rows)} IN ({words}), FALSE)"


_NO_ORGANIZATION = Text(
    "is not the code of an organization", "no es el código de una organización"
)


def _refuse(job: Job, placed: str, mapping: Mapping) -> None:
    """Refuse rows that hold numbers and no year or organization; skip notes."""
    filled = "coalesce(m0_n, m0_d, m0_r) IS NOT NULL"
    ignored = ", ".join(literal(one) for one in mapping.year_ignore) or "NULL"
    job.desk.refuse_many(f"""
        SELECT _file, _row, {literal(mapping.year[0] if mapping.year else "")}
            AS "column",
            {told(NO_YEAR, "coalesce(year_written, '–')")} AS reason
        FROM {placed} WHERE {filled} AND group_family IS NOT NULL
            AND school_year IS NULL
            AND NOT coalesce(year_written IN ({ignored}), FALSE)""")
    job.desk.refuse_many(f"""
        SELECT _file, _row, {literal(mapping.id_columns[0][0][0])} AS "column",
            {told(_NO_ORGANIZATION)} AS reason
        FROM {placed} WHERE {filled} AND group_family IS NOT NULL
            AND school_year IS NOT NULL AND organization_id IS NULL""")


def _ask_new_codes(job: Job, placed: str) -> None:
    new = distinct(
        job.desk.con, f"(SELECT * FROM {placed} WHERE NOT known)", "group_written"
    )
    if new:
        named = ", ".join(new[:8])
        job.ask(
            "new_group_code",
            Text(
                f"The mapping does not know the groups {named}; their rows were left "
                "out. Add them to the mapping, or give them as none.",
                f"El mapa no conoce los grupos {named}; sus filas no se usaron. "
                "Agréguelos al mapa o márquelos como «none».",
            ),
            "",
        )


MAPPED_FILES = MappedFiles(
    SourceCard(
        key="mapped",
        name=Text("Published files, by a mapping", "Archivos publicados, con un mapa"),
        what=Text(
            "Aggregate files of other states and cities, read through a mapping: "
            "which column is the year, the organization, the group, the count.",
            "Archivos agregados de otros estados y ciudades, leídos con un mapa: qué "
            "columna es el año, la organización, el grupo y el conteo.",
        ),
        how_often=Text("Once a year", "Una vez al año"),
        merge_rule=Text(
            "Facts stand as they were printed. A file of a year, organization and "
            "group that is already there replaces it.",
            "Los datos quedan como se publicaron. Un archivo del mismo año, "
            "organización y grupo reemplaza al anterior.",
        ),
        tables=(),
    )
)
