"""`published_facts.csv`: published aggregates in the product's own shape.

SPECS section 1. One row a fact; the status may be left out (`*` is suppressed). Where
both counts are given the value is worked out from them, so that a printed 94 for 0.94
cannot mislead.
"""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenrise.records.files.member import Member
from evenrise.records.sources.base import CERTAIN, NOT_MINE, Desk, SourceCard
from evenrise.records.sources.cells import (
    NO_MARK,
    NO_YEAR,
    distinct,
    lookup,
    marked,
    number,
    school_years,
)
from evenrise.records.sources.doubts import doubts
from evenrise.records.sources.published.job import Job
from evenrise.records.sql import literal, quoted, told
from evenrise.vocabulary.facts import Status
from evenrise.vocabulary.groups import FAMILIES, PAIR, family as families_of
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Text


NEEDS = (
    "indicator",
    "schoolyear",
    "level",
    "organizationid",
    "groupfamily",
    "group",
)
_MORE = {
    "organizationname": "organization_name",
    "districtid": "district_id",
    "numerator": "numerator",
    "denominator": "denominator",
    "value": "value",
    "status": "status",
    "authority": "authority",
    "definitionversion": "definition_version",
}
_NAMES = dict(
    zip(
        NEEDS,
        (
            "indicator",
            "school_year",
            "level",
            "organization_id",
            "group_family",
            "group",
        ),
        strict=True,
    )
)


@dataclass(slots=True)
class PublishedFacts:
    """Facts in the product's own shape, such as its own `facts.csv`."""

    card: SourceCard

    def recognise(self, member: Member) -> float:
        """Certain when every needed column is there and a number too."""
        folded = set(member.folded)
        numbers = {"numerator", "denominator", "value"}
        mine = folded >= set(NEEDS) and bool(folded & numbers)
        return CERTAIN if mine else NOT_MINE

    def read(self, members: Sequence[Member], desk: Desk) -> None:
        """Facts of every member, checked word by word."""
        tables: list[str] = []
        names: dict[int, Member] = {}
        for member in members:
            job = Job.of(member, desk)
            tables.append(_read(job))
            for (at,) in desk.con.execute(
                f"SELECT min(_file) FROM {job.rows}"
            ).fetchall():
                names[at] = member
        for question in doubts(desk.con, tables, names):
            desk.question(question)


def _read(job: Job) -> str:
    written = job.columns.written
    known = _NAMES | _MORE
    job.desk.matched(
        job.member,
        {written[name]: use for name, use in known.items() if name in written},
    )
    years = school_years(distinct(job.desk.con, job.rows, "schoolyear"))
    cells = ", ".join(
        f"{quoted(name) if name in written else 'NULL::VARCHAR'} AS {use}"
        for name, use in _MORE.items()
    )
    typed = job.make(
        f"{job.rows}_typed",
        f"""
        SELECT _file, _row, indicator, lower(level) AS level,
            organizationid AS organization_id, groupfamily AS group_family, "group",
            schoolyear AS year_written,
            {lookup("schoolyear", dict(years))}::INTEGER AS school_year, {cells}
        FROM {job.rows}""",
    )
    good = _refuse(job, typed)
    facts = job.make(f"{job.rows}_facts", _facts(typed, good))
    job.desk.facts(f"SELECT * FROM {facts}")
    job.desk.organizations(f"""
        SELECT level, organization_id, any_value(organization_name) AS name,
            any_value(district_id) AS district_id FROM {facts}
        WHERE organization_name IS NOT NULL GROUP BY level, organization_id""")
    return facts


def _facts(typed: str, good: str) -> str:
    n, d, v = (number(name) for name in ("numerator", "denominator", "value"))
    hidden = " OR ".join(marked(name) for name in ("numerator", "denominator", "value"))
    status = (
        f"coalesce(lower(status), CASE WHEN {hidden} THEN 'suppressed' "
        f"WHEN {d} = 0 THEN 'no_students' "
        f"WHEN coalesce({n}, {d}, {v}) IS NULL THEN 'suppressed' ELSE 'reported' END)"
    )
    # A district is its own district, so that its schools and it are found together.
    own = "CASE WHEN level = 'district' THEN organization_id END"
    return f"""
        SELECT _file, _row, indicator,
            coalesce(TRY_CAST(definition_version AS INTEGER), 1) AS definition_version,
            coalesce(authority, 'as published') AS authority, school_year, level,
            organization_id, organization_name,
            coalesce(district_id, {own}) AS district_id,
            group_family, "group", {n} AS numerator, {d} AS denominator,
            CASE WHEN {status} = 'reported'
                THEN coalesce({n} / nullif({d}, 0), {v}) END AS value,
            {status} AS status
        FROM {typed} WHERE {good}"""


def _refuse(job: Job, typed: str) -> str:
    """Refuse rows with a word that is none; SQL for the good ones."""
    tests = [
        ("school_year", "school_year IS NOT NULL", NO_YEAR),
        ("level", f"level IN ({_list(Level)})", _one_of(Level)),
        ("indicator", "indicator IS NOT NULL", _BLANK),
        ("organization_id", "organization_id IS NOT NULL", _BLANK),
        ("group", _known_groups(job, typed), _NO_GROUP),
        (
            "status",
            f"(status IS NULL OR lower(status) IN ({_list(Status)}))",
            _one_of(Status),
        ),
        *(
            (
                name,
                f"({name} IS NULL OR {marked(name)} OR {number(name)} IS NOT NULL)",
                NO_MARK,
            )
            for name in ("numerator", "denominator", "value")
        ),
    ]
    passed: list[str] = []
    for name, test, reason in tests:
        before = " AND ".join(passed) or "TRUE"
        job.desk.refuse_many(f"""
            SELECT _file, _row, {literal(name)} AS "column",
                {told(reason)} AS reason
            FROM {typed} WHERE {before} AND NOT coalesce({test}, FALSE)""")
        passed.append(test)
    return " AND ".join(passed)


_BLANK = Text("is blank", "está en blanco")
_NO_GROUP = Text("is no group of its family", "no es un grupo de su familia")


def _one_of(words: type[Level | Status]) -> Text:
    known = ", ".join(words)
    return Text(f"must be one of {known}", f"debe ser uno de {known}")


def _list(words: type[Level | Status]) -> str:
    return ", ".join(literal(str(word)) for word in words)


def _known_groups(job: Job, typed: str) -> str:
    """SQL: whether family and group are words of the vocabulary."""
    pairs = job.desk.con.execute(
        f'SELECT DISTINCT group_family, "group" FROM {typed} '
        'WHERE group_family IS NOT NULL AND "group" IS NOT NULL ORDER BY ALL'
    ).fetchall()
    good = [
        f"{literal(str(family))} || ':' || {literal(str(group))}"
        for family, group in pairs
        if _is_group(str(family), str(group))
    ]
    return f"""(group_family || ':' || "group") IN ({", ".join(good) or "NULL"})"""


def _is_group(family: str, group: str) -> bool:
    parts = group.split(PAIR)
    if any(part not in FAMILIES for part in family.split(PAIR)):
        return False
    return len(parts) == len(families_of(family)) and all(
        one in {known.code for known in part.groups}
        for part, one in zip(families_of(family), parts, strict=True)
    )


PUBLISHED_FACTS = PublishedFacts(
    SourceCard(
        key="published_facts",
        name=Text("Published facts", "Datos publicados"),
        what=Text(
            "Published aggregates in Evenrise's own shape: indicator, year, "
            "organization, group, counts and value.",
            "Datos agregados publicados en la forma propia de Evenrise: indicador, "
            "año, organización, grupo, conteos y valor.",
        ),
        how_often=Text("Whenever somebody publishes", "Cuando alguien publica"),
        merge_rule=Text(
            "Facts stand as they were printed. A fact of the same indicator, year, "
            "organization and group replaces the one that was there.",
            "Los datos quedan como se publicaron. Un dato del mismo indicador, año, "
            "organización y grupo reemplaza al anterior.",
        ),
        tables=("published_facts",),
    )
)
