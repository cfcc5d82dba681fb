"""The page store as its readers know it: `PageStore(path)`.

    store = PageStore(home / "workspace" / "pages" / "9d73435556948083.sqlite")
    for line in store.indicators():
        print(line.title.en, line.district.estimate if line.district else None)

Frozen, and safe to share between threads: every thread reads by its own connection.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
        return school_reading.schools(self._reader, self._words, self._meta)

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
        latest = [
            (key, self._words.indicators[one].latest)
            for key, one in self._words.indicator_ids.items()
        ]
        return tuple(self._indicator(key, year) for key, year in latest)

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
            school_year: the last year in which this organization has a fact when None.

        Returns:
            None when there is no such indicator, organization, or fact.
        """
        code = organization_id or self.district.organization_id
        place = self._words.place(code)
        if key not in self._words.indicator_ids or place is None:
            return None
        own = self.facts(key, organization_id=code, pairs=False)
        years = tuple(sorted({one.school_year for one in own}))
        if not years:
            return None
        year = school_year if school_year is not None else years[-1]
        told = self._words.indicators[self._words.indicator_ids[key]]
        here = [one for one in own if one.school_year == year]
        everyone = [one for one in here if one.group_family == ALL_FAMILY]
        groups = tuple(one for one in here if one.group_family != ALL_FAMILY)
        sections: tuple[SectionPage, ...] = ()
        if code == self.district.organization_id and year == told.latest:
            sections = story_reading.sections(self._reader, key)
        return IndicatorPage(
            info=told.info,
            organization=self._words.places[place].organization,
            school_year=year,
            years=years,
            everyone=everyone[0] if everyone else None,
            groups=groups,
            families=tuple(dict.fromkeys(one.group_family for one in groups)),
            changes=self._changes(key, code, own),
            findings=self.findings(organization_id=code, indicator=key),
            section=sections[0] if sections else None,
        )

    # -- changes ----------------------------------------------------------------------

    def changes(
        self, indicator: str, organization_id: str
    ) -> tuple[ChangeReading, ...]:
        """The both-rose-or-not readings: each group, the whole span, then each step.

        The district's are those of its findings; a school's are worked out here, of
        the whole span alone.
        """
        return self._changes(
            indicator,
            organization_id,
            self.facts(indicator, organization_id=organization_id, pairs=False),
        )

    def _changes(
        self, indicator: str, code: str, own: tuple[FactLine, ...]
    ) -> tuple[ChangeReading, ...]:
        if code == self.district.organization_id:
            rows = self._reader.rows(
                "SELECT indicator, member, before, after, whole, told FROM change"
                " WHERE indicator = ? ORDER BY member, whole DESC, before",
                (self._words.indicator_ids.get(indicator),),
            )
            return tuple(changes.stored(self._words, self.district, rows))
        by_group: dict[tuple[str, str], list[FactLine]] = {}
        for one in own:
            if one.gap is not None and not one.gap.mirrored:
                by_group.setdefault((one.group_family, one.group), []).append(one)
        found = []
        for lines in by_group.values():
            spans = changes.spans([one.school_year for one in lines])
            if spans:
                by_year = {one.school_year: one for one in lines}
                found.append(self._read(by_year[spans[0][0]], by_year[spans[0][1]]))
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
    ) -> tuple[FindingLine, ...]:
        """Findings in reading order: by certainty, then by students concerned."""
        parts = {
            "kind": None if kind is None else str(kind),
            "organization_id": organization_id,
            "indicator": indicator,
        }
        chosen = {name: value for name, value in parts.items() if value is not None}
        clause = " AND ".join(f"{name} = ?" for name in ("asked", *chosen))
        return story_reading.findings(
            self._reader, f"WHERE {clause}", (0, *chosen.values())
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
