"""Files of California that are recognised and carry no indicator of ours.

They are told by name in the report, so that nobody wonders, and the names of schools
and districts in them are taken. Counts without the students they are of (graduates
who met the A-G requirements, by race) cannot become rates: they are checked for adding
up and no more.
"""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenrise.records.files.member import Member
from evenrise.records.sources.base import CERTAIN, NOT_MINE, Desk, SourceCard
from evenrise.records.sources.california import asked, places
from evenrise.records.sources.california.family import YEARLY, card
from evenrise.records.sources.cells import number
from evenrise.records.sources.published.job import Job
from evenrise.records.sql import quoted
from evenrise.vocabulary.text import Text


_TOTAL = "total"


@dataclass(slots=True, kw_only=True)
class Told:
    """A kind of file that is known and told, by the columns it must have.

    `parts` are columns that must add up to the column `total`.
    """

    card: SourceCard
    needs: tuple[str, ...]
    parts: tuple[str, ...] = ()

    def recognise(self, member: Member) -> float:
        """Certain when all the columns are there."""
        return CERTAIN if frozenset(member.folded) >= set(self.needs) else NOT_MINE

    def read(self, members: Sequence[Member], desk: Desk) -> None:
        """Names of organizations, and a word about what the file is."""
        for member in members:
            self.read_one(Job.of(member, desk))

    def read_one(self, job: Job) -> None:
        """One member."""
        columns = job.columns
        names = (
            places.WHOLE,
            places.COUNTY,
            places.DISTRICT,
            places.SCHOOL,
            places.LEVEL,
            places.COUNTY_NAME,
            places.DISTRICT_NAME,
            places.SCHOOL_NAME,
        )
        found = [name for group in names if (name := columns.first(group))]
        job.desk.matched(
            job.member, {columns.written[name]: "organization" for name in found}
        )
        what = self.card.name
        job.note(
            f"Recognised as {what.en}. It carries no indicator that Evenrise computes; "
            "the names of schools and districts in it were taken.",
            f"Se reconoció como {what.es}. No trae ningún indicador que Evenrise "
            "calcule; se tomaron los nombres de escuelas y distritos.",
        )
        self.organizations(job)
        if self.parts and {_TOTAL, *self.parts} <= set(columns.written):
            self.check(job)

    def organizations(self, job: Job) -> None:
        """Names by code, as the rows give them."""
        columns = job.columns
        parts = places.parts(columns)
        placed = job.make(
            f"{job.rows}_placed",
            f"""
            WITH raw AS (SELECT _file, _row, {parts["county"]} AS county,
                {parts["district"]} AS district, {parts["school"]} AS school,
                {places.shortened(columns)} AS shortened,
                upper({columns.sql(places.LEVEL)}) AS level_written,
                {columns.sql(places.COUNTY_NAME)} AS county_name,
                {columns.sql(places.DISTRICT_NAME)} AS district_name,
                {columns.sql(places.SCHOOL_NAME)} AS school_name FROM {job.rows}),
            leveled AS (SELECT *, {places.level(columns)} AS level FROM raw)
            SELECT _file, _row, level, shortened, county, district, district_name,
                {places.organization()} FROM leveled""",
        )
        asked.note_shortened(job, placed)
        # Files of schools name their districts beside them.
        job.desk.organizations(f"""
            SELECT level, organization_id, any_value(organization_name) AS name,
                any_value(district_id) AS district_id FROM {placed}
            WHERE organization_name IS NOT NULL AND organization_id IS NOT NULL
            GROUP BY level, organization_id
            UNION ALL
            SELECT 'district', county || district, any_value(district_name),
                county || district
            FROM {placed} WHERE level = 'school' AND district_name IS NOT NULL
                AND county || district IS NOT NULL AND county || district NOT IN (
                    SELECT organization_id FROM {placed} WHERE level = 'district')
            GROUP BY county, district""")

    def check(self, job: Job) -> None:
        """Ask about rows whose parts do not add up to their total."""
        added = " + ".join(f"coalesce({number(quoted(p))}, 0)" for p in self.parts)
        count, first = job.numbers(f"""
            SELECT count(*), min(_row) FROM {job.rows}
            WHERE {number(quoted(_TOTAL))} <> {added}""")
        if count:
            job.ask(
                "total_disagrees",
                Text(
                    f"In {count:.0f} rows the groups do not add up to the total.",
                    f"En {count:.0f} filas los grupos no suman el total.",
                ),
                f"{count:.0f} rows, {job.first(first)}",
            )


def _told(
    key: str, name: tuple[str, str], needs: str, parts: tuple[str, ...] = ()
) -> Told:
    what = (
        f"{name[0]}: recognised and told; no indicator of ours stands in it.",
        f"{name[1]}: se reconoce y se dice; no trae ningún indicador nuestro.",
    )
    return Told(
        card=card(key, name, what, YEARLY), needs=tuple(needs.split()), parts=parts
    )


TOLD = (
    _told(
        "a_g_counts",
        ("Graduates by race, counts only", "Graduados por raza, solo conteos"),
        "cdscode hispanic amind asian africanam white total year",
        (
            "hispanic",
            "amind",
            "asian",
            "pacisld",
            "filipino",
            "africanam",
            "white",
            "twomoreraces",
            "notreported",
        ),
    ),
    _told(
        "act",
        ("ACT scores", "Resultados del ACT"),
        "cds rtype numtsttakr numge21 pctge21",
    ),
    _told(
        "sat",
        ("SAT scores", "Resultados del SAT"),
        "cds rtype numtsttakr numge1500 pctge1500",
    ),
    _told(
        "meals",
        ("Free and reduced-price meals", "Comidas gratuitas o a precio reducido"),
        "countycode districtcode schoolcode frpmcountk12 enrollmentk12",
    ),
    _told(
        "local_indicators",
        ("LCFF local indicators", "Indicadores locales de la LCFF"),
        "cdscode lea prioritynumber countyperformance",
    ),
)
