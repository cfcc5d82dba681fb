"""The shelf of facts: every look-up that a page makes of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evenrise.publishing.page_store import fact_reading, tracing
from evenrise.publishing.page_store.fact_reading import Wanted
from evenrise.publishing.page_store.model import FactLine, SeriesLine, Trace
from evenrise.publishing.page_store.open_store import OpenStore
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS, PAIR
from evenrise.vocabulary.organizations import Level


@dataclass(frozen=True, slots=True)
class FactShelf(OpenStore):
    """Facts, their years, their pairs, and where each comes from."""

    def facts(  # noqa: PLR0913 - the parts of a fact's name
        self,
        indicator: str | None = None,
        *,
        school_year: int | None = None,
        organization_id: str | None = None,
        level: str | None = None,
        family: str | None = None,
        group: str | None = None,
        pairs: bool = True,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[FactLine, ...]:
        """The facts whose name has all the parts that are given.

        By indicator, year, group (the vocabulary's order) and organization.

        Args:
            indicator: its key.
            school_year: by its spring.
            organization_id: a school's, the district's or the state's code.
            level: school | district | state.
            family: a group family, or a pair of them (`gender*low_income`).
            group: a group of it.
            pairs: False leaves out pairs of families.
            limit: at most so many; None for all.
            offset: so many are passed over before them.
        """
        wanted = Wanted(
            indicator=indicator,
            school_year=school_year,
            organization_id=organization_id,
            level=level,
            family=family,
            group=group,
            pairs=pairs,
            limit=limit,
            offset=offset,
        )
        return fact_reading.facts(self._reader, self._words, wanted)

    def each_fact(self, indicator: str | None = None) -> Iterator[FactLine]:
        """All facts one after the other, for a feed too long to hold."""
        wanted = Wanted(indicator=indicator)
        return fact_reading.each_fact(self._reader, self._words, wanted)

    def fact(self, fact_id: int) -> FactLine | None:
        """One fact by its number in this store."""
        return fact_reading.fact(self._reader, self._words, fact_id)

    def fact_named(self, name: Mapping[str, str | int]) -> FactLine | None:
        """The fact that a row of evidence refers to (`plain["evidence"][..]["fact"]`).

        Args:
            name: indicator, school_year, level, organization_id, group_family, group.
        """
        found = self.facts(
            str(name["indicator"]),
            school_year=int(name["school_year"]),
            organization_id=str(name["organization_id"]),
            level=str(name["level"]),
            family=str(name["group_family"]),
            group=str(name["group"]),
        )
        return found[0] if found else None

    def by_school(
        self,
        indicator: str,
        school_year: int,
        family: str = ALL_FAMILY,
        group: str = ALL_STUDENTS,
    ) -> tuple[FactLine, ...]:
        """One group in every school that has a fact of it, by the schools' names."""
        found: tuple[FactLine, ...] = self._lately(
            f"{indicator} {school_year} {family} {group}",
            lambda: self.facts(
                indicator,
                school_year=school_year,
                level=str(Level.SCHOOL),
                family=family,
                group=group,
            ),
        )
        return found

    def series(
        self, indicator: str, organization_id: str, family: str, group: str
    ) -> SeriesLine | None:
        """One group over all years of the indicator; None when it has no fact."""
        found = self.facts(
            indicator, organization_id=organization_id, family=family, group=group
        )
        if not found:
            return None
        return fact_reading.series(self._axis(indicator), list(found))

    def family_series(
        self, indicator: str, organization_id: str, family: str
    ) -> tuple[SeriesLine, ...]:
        """Every group of a family over all years, and all students last."""
        by_group: dict[str, list[FactLine]] = {}
        for one in self.facts(
            indicator, organization_id=organization_id, family=family
        ):
            by_group.setdefault(one.group, []).append(one)
        axis = self._axis(indicator)
        lines = [fact_reading.series(axis, own) for own in by_group.values()]
        everyone = self.series(indicator, organization_id, ALL_FAMILY, ALL_STUDENTS)
        if everyone is not None and family != ALL_FAMILY:
            lines.append(everyone)
        return tuple(lines)

    def pairs(
        self, indicator: str, first: str, second: str, school_year: int
    ) -> tuple[FactLine, ...]:
        """The district's facts of two families crossed, in one year."""
        return self.facts(
            indicator,
            school_year=school_year,
            organization_id=self.district.organization_id,
            level=str(Level.DISTRICT),
            family=f"{first}{PAIR}{second}",
        )

    def pair_families(self, indicator: str) -> tuple[tuple[str, str], ...]:
        """The pairs of families that the indicator is told by, in order."""
        one = self._words.indicator_ids.get(indicator)
        if one is None:
            return ()
        found: tuple[tuple[str, str], ...] = self._once(
            f"pairs {indicator}", lambda: self._pair_families(one)
        )
        return found

    def _pair_families(self, indicator: int) -> tuple[tuple[str, str], ...]:
        place = self._words.place(self.district.organization_id, str(Level.DISTRICT))
        rows = self._reader.rows(
            "SELECT DISTINCT member FROM fact WHERE organization = ? AND indicator = ?",
            (place, indicator),
        )
        members = [self._words.members[member] for (member,) in sorted(rows)]
        names = dict.fromkeys(one.family for one in members if one.pair)
        return tuple(
            (first, second) for first, second in (name.split(PAIR) for name in names)
        )

    def trace(self, fact: FactLine) -> Trace:
        """Where a fact comes from: its rule, snapshot, file and row.

        Raises:
            KeyError: when the fact is not of this store.
        """
        return tracing.trace(self._reader, self._words, self._meta, fact)

    def years_of(self, indicator: str, organization_id: str) -> tuple[int, ...]:
        """The school years in which an organization has a fact of all students.

        Where it never has one, the years in which it has any.
        """
        one = self._words.indicator_ids.get(indicator)
        places = self._words.place_ids.get(organization_id, ())
        everyone = self._words.member_ids.get((ALL_FAMILY, ALL_STUDENTS))
        if one is None or not places:
            return ()
        sql = (
            "SELECT DISTINCT school_year FROM fact"
            " WHERE organization = ? AND indicator = ?"
        )
        found = self._reader.rows(
            f"{sql} AND member = ? ORDER BY school_year", (places[0], one, everyone)
        ) or self._reader.rows(f"{sql} ORDER BY school_year", (places[0], one))
        return tuple(year for (year,) in found)

    def _axis(self, indicator: str) -> tuple[int, ...]:
        """Every year from the first to the last; a missing one keeps its place."""
        one = self._words.indicator_ids.get(indicator)
        years = self._words.indicators[one].years if one is not None else ()
        return tuple(range(min(years), max(years) + 1)) if years else ()
