"""The page store as its readers know it: `PageStore(path)`.

    store = PageStore(home / "workspace" / "pages" / "9d73435556948083.sqlite")
    for line in store.indicators():
        print(line.title.en, line.district.estimate if line.district else None)

Frozen, and safe to share between threads: every thread reads by its own connection.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evenrise.findings.finding import Kind
from evenrise.publishing.page_store import (
    changes,
    school_reading,
    story_reading,
)
from evenrise.publishing.page_store.fact_shelf import FactShelf
from evenrise.publishing.page_store.model import (
    ChangeReading,
    FactLine,
    FindingLine,
    FindingPage,
    IndicatorLine,
    IndicatorPage,
    LikeRule,
    LikeSchool,
    SchoolLine,
    SectionPage,
)
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS
from evenrise.vocabulary.organizations import Level, Organization


@dataclass(frozen=True, slots=True)
class PageStore(FactShelf):
    """Everything that the pages of one snapshot show; read-only.

    Raises:
        InputProblem: when the file is missing, damaged, or of a newer Evenrise.
    """

    # -- schools ----------------------------------------------------------------------

    def schools(self) -> tuple[SchoolLine, ...]:
        """All schools by name, with who their students are."""
        found: tuple[SchoolLine, ...] = self._once(
            "schools",
            lambda: school_reading.schools(self._reader, self._words, self._meta),
        )
        return found

    def school(self, organization_id: str) -> SchoolLine | None:
        """One school, or the district itself, with who its students are."""
        return school_reading.school(
            self._reader, self._words, self._meta, organization_id
        )

    def organization(
        self, organization_id: str, level: str | None = None
    ) -> Organization | None:
        """The organization of a code."""
        one = self._words.place(organization_id, level)
        return None if one is None else self._words.places[one].organization

    def like_schools(self, school_id: str, k: int = 5) -> tuple[LikeSchool, ...]:
        """The schools of the same kind whose students are most like this school's.

        Nearest first; at most as many as were stored (10). Never by outcomes.
        """
        return school_reading.like(self._reader, self._words, self._meta, school_id, k)

    def like_rule(self) -> LikeRule:
        """How schools like a school were found; told beside every list of them."""
        return school_reading.rule(self._meta)

    # -- indicators -------------------------------------------------------------------

    def indicators(self) -> tuple[IndicatorLine, ...]:
        """Every indicator that the district has facts of, as a review orders them."""
        found: tuple[IndicatorLine, ...] = self._once(
            "indicators",
            lambda: tuple(
                self._indicator(key, self._words.indicators[one].latest)
                for key, one in self._words.indicator_ids.items()
            ),
        )
        return found

    def indicator(self, key: str) -> IndicatorLine | None:
        """One indicator; None when the store has no fact of it."""
        one = self._words.indicator_ids.get(key)
        if one is None:
            return None
        return self._indicator(key, self._words.indicators[one].latest)

    def _indicator(self, key: str, year: int) -> IndicatorLine:
        told = self._words.indicators[self._words.indicator_ids[key]]
        own = self.facts(
            key,
            school_year=year,
            organization_id=self.district.organization_id,
            level=str(Level.DISTRICT),
            family=ALL_FAMILY,
            group=ALL_STUDENTS,
        )
        return IndicatorLine(
            info=told.info,
            latest=told.latest,
            years=told.years,
            district=own[0] if own else None,
            largest_gap=told.largest_gap,
            answer=told.answer,
        )

    def indicator_page(
        self,
        key: str,
        organization_id: str | None = None,
        school_year: int | None = None,
    ) -> IndicatorPage | None:
        """Everything about an indicator in the district or a school.

        Args:
            key: the indicator's.
            organization_id: the district when None.
            school_year: the last year in which this organization has a fact when
                None, or when it has none in that year.

        Returns:
            None when there is no such indicator, organization, or fact.
        """
        code = organization_id or self.district.organization_id
        years = self.years_of(key, code)
        if not years:
            return None
        year = school_year if school_year in years else years[-1]
        if code != self.district.organization_id:
            return self._page(key, code, year, years)
        found: IndicatorPage = self._once(
            f"page {key} {year}", lambda: self._page(key, code, year, years)
        )
        return found

    def _page(
        self, key: str, code: str, year: int, years: tuple[int, ...]
    ) -> IndicatorPage:
        place = self._words.place_ids[code][0]
        told = self._words.indicators[self._words.indicator_ids[key]]
        here = self.facts(key, school_year=year, organization_id=code, pairs=False)
        everyone = [one for one in here if one.group_family == ALL_FAMILY]
        groups = tuple(one for one in here if one.group_family != ALL_FAMILY)
        district = code == self.district.organization_id
        sections: tuple[SectionPage, ...] = ()
        if district and year == told.latest:
            sections = story_reading.sections(self._reader, key)
        return IndicatorPage(
            info=told.info,
            organization=self._words.places[place].organization,
            school_year=year,
            years=years,
            everyone=everyone[0] if everyone else None,
            groups=groups,
            families=tuple(dict.fromkeys(one.group_family for one in groups)),
            changes=self.changes(key, code, whole=True) if district else (),
            findings=self.findings(organization_id=code, indicator=key),
            section=sections[0] if sections else None,
        )

    # -- changes ----------------------------------------------------------------------

    def changes(
        self, indicator: str, organization_id: str, *, whole: bool = False
    ) -> tuple[ChangeReading, ...]:
        """The both-rose-or-not readings: each group, the whole span, then each step.

        The district's are those of its findings; a school's are worked out here, of
        the whole span alone.

        Args:
            indicator: its key.
            organization_id: a school's code, or the district's.
            whole: leave out the steps of the span.
        """
        if organization_id == self.district.organization_id:
            rows = self._reader.rows(
                "SELECT indicator, member, before, after, whole, told FROM change"
                " WHERE indicator = ? AND whole >= ?"
                " ORDER BY member, whole DESC, before",
                (self._words.indicator_ids.get(indicator), int(whole)),
            )
            return tuple(changes.stored(self._words, self.district, rows))
        spans = changes.spans(list(self.years_of(indicator, organization_id)))
        if not spans:
            return ()
        before, after = (
            {
                (one.group_family, one.group): one
                for one in self.facts(
                    indicator,
                    school_year=year,
                    organization_id=organization_id,
                    pairs=False,
                )
                if one.gap is not None and not one.gap.mirrored
            }
            for year in spans[0][:2]
        )
        found = [
            self._read(before[group], one)
            for group, one in after.items()
            if group in before
        ]
        return tuple(replace(one, whole_span=True) for one in found if one)

    def change(
        self,
        indicator: str,
        organization_id: str,
        family: str,
        group: str,
        before: int,
        after: int,
    ) -> ChangeReading | None:
        """One group between any two years; None where the gap is not known in both."""
        found = {
            one.school_year: one
            for one in self.facts(
                indicator, organization_id=organization_id, family=family, group=group
            )
        }
        if before not in found or after not in found:
            return None
        return self._read(found[before], found[after])

    def _read(self, before: FactLine, after: FactLine) -> ChangeReading | None:
        told = self._words.indicators[self._words.indicator_ids[after.indicator]]
        member = self._words.member_ids[after.group_family, after.group]
        students = self._words.members[member].students
        return changes.read_change(before, after, told.info, students)

    # -- findings ---------------------------------------------------------------------

    def finding(self, key: str) -> FindingPage | None:
        """All of a finding, with its pictures drawn."""
        return story_reading.finding(self._reader, key)

    def findings(
        self,
        kind: Kind | str | None = None,
        organization_id: str | None = None,
        indicator: str | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[FindingLine, ...]:
        """Findings in reading order: by certainty, then by students concerned.

        Questions about the data stand apart, unless their kind is asked for.

        Args:
            kind: one kind alone.
            organization_id: those that name this school, or the district.
            indicator: those about it.
            limit: at most so many, for a page of a list.
            offset: leave out the first so many.
        """
        parts = {
            "kind": None if kind is None else str(kind),
            "organization_id": organization_id,
            "indicator": indicator,
        }
        chosen: dict[str, Any] = {
            name: value for name, value in parts.items() if value is not None
        }
        if kind is None:
            chosen["asked"] = 0
        clause = " AND ".join(f"{name} = ?" for name in chosen)
        return story_reading.findings(
            self._reader, f"WHERE {clause}", tuple(chosen.values()), (limit, offset)
        )

    def main(self) -> tuple[FindingLine, ...]:
        """The few findings that the review begins with, in their order."""
        found = {
            one.key: one
            for one in story_reading.findings(
                self._reader,
                f"WHERE key IN ({','.join('?' * len(self._meta['main']))})",
                tuple(self._meta["main"]),
            )
        }
        return tuple(found[key] for key in self._meta["main"])

    def questions(self) -> tuple[FindingLine, ...]:
        """Questions about the data, whose facts are set aside."""
        return story_reading.findings(self._reader, "WHERE asked = 1")

    def sections(self) -> tuple[SectionPage, ...]:
        """Each indicator's question and answer, in reading order."""
        return story_reading.sections(self._reader)

    def section(self, indicator: str) -> SectionPage | None:
        """The question and answer of one indicator."""
        found = story_reading.sections(self._reader, indicator)
        return found[0] if found else None
