"""From a review to its story in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evenrise.findings.finding import (
    Certainty,
    EvidenceRow,
    Finding,
    Kind,
    Review,
    Section,
)
from evenrise.findings.pictures import Picture, SmallMultiples, Trend
from evenrise.publishing import numbers
from evenrise.publishing.languages import Words
from evenrise.publishing.lineage import Name, Place
from evenrise.publishing.prose import (
    first_things,
    follow_a_number,
    method_notes,
    shared_caveats,
)
from evenrise.publishing.story import (
    Cell,
    FindingStory,
    Pair,
    SchoolStory,
    SectionStory,
    Story,
    Table,
)
from evenrise.publishing.wording import CERTAINTY, KINDS, reason
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_AT_THE_RATE_OF_OTHERS = {Kind.GAP, Kind.INTERSECTION}
ROWS_NAMED = 6
FILES_NAMED = 2
TOLD_FIRST = 6  # clear findings of a question; the rest is one click away


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells: the language's words, and where numbers come from."""

    words: Words
    places: dict[Name, Place]
    day: str = ""

    def tell(self, review: Review) -> Story:
        """The whole story."""
        pick = self.words.pick
        shared = shared_caveats(review)
        main = tuple(self.finding(one, shared) for one in review.main)
        sections = tuple(self.section(one, main, shared) for one in review.sections)
        printed = {one.anchor for one in main}
        printed |= {one.anchor for s in sections for one in (*s.findings, *s.further)}
        asked = tuple(self.finding(one, shared) for one in review.questions)
        return Story(
            language=self.words.language,
            title=pick(review.title),
            district=pick(review.district.called),
            years=numbers.years(review.years, self.words.language),
            as_of=numbers.day(review.as_of, self.words.language),
            summary=tuple(pick(text) for text in review.summary),
            first=first_things(review, shared, self.words),
            main=main,
            sections=sections,
            schools=tuple(self.schools(review, printed)),
            questions=tuple(one for one in asked if one.anchor not in printed),
            asked_above=tuple(
                Pair(one.headline, one.anchor) for one in asked if one.anchor in printed
            ),
            not_said=tuple(
                Pair(pick(KINDS[one.kind]), pick(one.reason)) for one in review.not_run
            ),
            method=method_notes(review, self.words),
            sources=tuple(self.sources(review)),
            follow=follow_a_number(review, self.words),
            snapshot=review.snapshot,
        )

    def finding(self, one: Finding, shared: Sequence[Text] = ()) -> FindingStory:
        """One finding; what holds for all findings is said once, at the beginning."""
        pick = self.words.pick
        language = self.words.language
        return FindingStory(
            anchor=anchor(one.key),
            key=one.key,
            kind=pick(KINDS[one.kind]),
            headline=pick(one.headline),
            sentence=pick(one.sentence),
            certainty=str(one.certainty),
            certainty_words=(
                "" if one.kind is Kind.DATA_QUALITY else pick(CERTAINTY[one.certainty])
            ),
            students=(numbers.count(one.students, language) if one.students else None),
            students_words=self._students_words(one),
            students_short=self.words.plural("student", "students", one.students or 0),
            difference=self._difference(one),
            picture=self._sourced(one.picture, one.evidence),
            picture_title=pick(one.picture.title) if one.picture else "",
            reading=_reading(one.picture, self.words),
            table=self.table(one.evidence, pick(one.headline)),
            caveats=tuple(pick(text) for text in one.caveats if text not in shared),
            next_step=pick(one.next_step) if one.next_step else None,
        )

    def _students_words(self, one: Finding) -> str:
        n = one.students or 0
        if one.kind in _AT_THE_RATE_OF_OTHERS:
            return self.words.plural(
                "student would have fared better at the rate of the others",
                "students would have fared better at the rate of the others",
                n,
            )
        return self.words.plural("student concerned", "students concerned", n)

    def _difference(self, one: Finding) -> str | None:
        if one.kind not in _AT_THE_RATE_OF_OTHERS or one.estimate is None:
            return None
        if one.estimate.value is None:
            return None
        unit = _unit(one.picture)
        language = self.words.language
        size = _size(one.estimate)
        shown = numbers.estimate(size, unit, language).lstrip("+")
        if size.lower is None or size.upper is None:
            return shown
        ends = numbers.interval(size, unit, language).replace("+", "")
        return self.words.say("{shown} (95% interval {ends})", shown=shown, ends=ends)

    def section(
        self, one: Section, main: Sequence[FindingStory], shared: Sequence[Text]
    ) -> SectionStory:
        """One question of the review."""
        words, pick = self.words, self.words.pick
        shown = {story.anchor for story in main}
        told = {finding.sentence: finding for finding in reversed(one.findings)}
        own = [
            self.finding(finding, shared)
            for finding in one.findings  # two families may tell the same story
            if told[finding.sentence] is finding
        ]
        rest = [story for story in own if story.anchor not in shown]
        clear = [story for story in rest if story.certainty == Certainty.DIFFERENT]
        told_first = clear[:TOLD_FIRST]
        return SectionStory(
            anchor=anchor(f"about-{one.indicator}"),
            title=pick(one.title),
            question=pick(one.question),
            answer=pick(one.answer),
            definition=pick(one.definition),
            rule=words.say(
                "{authority}, version {version}",
                authority=one.authority,
                version=one.definition_version,
            ),
            year=numbers.school_year(one.school_year),
            picture=self._sourced(one.picture, one.evidence),
            picture_title=pick(one.picture.title) if one.picture else "",
            table=self.table(one.evidence, pick(one.title)),
            context=self.table(
                one.context, words.say("The state and districts like this one")
            ),
            context_note=pick(one.context_note) if one.context_note else "",
            findings=tuple(told_first),
            further=tuple(story for story in rest if story not in told_first),
            in_main=tuple(story for story in own if story.anchor in shown),
            caveats=tuple(pick(text) for text in one.caveats if text not in shared),
            sources=", ".join(one.sources),
        )

    def _sourced(
        self, picture: Picture | None, rows: Sequence[EvidenceRow]
    ) -> Picture | None:
        """The picture with where its numbers come from, and of which day."""
        if picture is None or picture.source is not None:
            return picture
        found = [self.places.get(tuple(sorted(row.reference_to))) for row in rows]
        files = dict.fromkeys(one.file for one in found if one and one.file)
        said = ", ".join(list(files)[:FILES_NAMED]) or self.words.say("Own records")
        corner = self.words.say("{files}; review of {day}", files=said, day=self.day)
        return replace(picture, source=Text(corner, corner))

    def table(self, rows: Sequence[EvidenceRow], caption: str) -> Table | None:
        """The numbers behind a picture; None when there are none."""
        if not rows:
            return None
        say = self.words.say
        several = len({row.school_year for row in rows}) > 1
        named = len({_organization(row) for row in rows} - {None}) > 1
        heads = [
            say("Group"),
            *([say("School year")] if several else []),
            say("Count"),
            say("Rate"),
            say("95% interval"),
        ]
        return Table(
            caption,
            tuple(heads),
            tuple(
                dict.fromkeys(
                    self._row(row, several=several, named=named) for row in rows
                )
            ),
            self._source(rows),
        )

    def _row(self, row: EvidenceRow, *, several: bool, named: bool) -> tuple[Cell, ...]:
        language = self.words.language
        label = self.words.pick(row.label)
        place = self.places.get(tuple(sorted(row.reference_to)))
        if (
            named
            and place is not None
            and place.organization
            and label != place.organization
            and not label.startswith(f"{place.organization}: ")
        ):
            label = f"{place.organization}: {label}"
        head = [Cell(label)]
        if several:
            head.append(Cell(numbers.school_year(row.school_year), "number"))
        head.append(Cell(self._counts(row), "number"))
        if not row.estimate.known:
            why = (
                self.words.pick(row.bound)
                if row.bound
                else reason(row.estimate.reason, language)
            )
            return (*head, Cell(why, "hidden", 2))
        unit = "share" if _is_share(row) else "days"
        return (
            *head,
            Cell(numbers.estimate(row.estimate, unit, language), "number"),
            Cell(numbers.interval(row.estimate, unit, language), "number"),
        )

    def _counts(self, row: EvidenceRow) -> str:
        """`53 of 1,502`, or what of it may be said."""
        if row.numerator is None and row.denominator is None:
            return "–"
        language = self.words.language
        if row.numerator is None:
            n = numbers.count(row.denominator, language)
            return self.words.say("of {n}", n=n)
        x = numbers.count(row.numerator, language)
        if row.denominator is None:
            return x
        n = numbers.count(row.denominator, language)
        return self.words.say("{x} of {n}", x=x, n=n)

    def _source(self, rows: Sequence[EvidenceRow]) -> str:
        """The files and records that the numbers of a table were read from."""
        say = self.words.say
        files: dict[str, list[int]] = {}
        snapshots: dict[str, None] = {}
        for row in rows:
            place = self.places.get(tuple(sorted(row.reference_to)))
            if place is None:
                continue
            if place.file:
                found = files.setdefault(place.file, [])
                found.extend([place.row] if place.row is not None else [])
            elif place.snapshot:
                snapshots[place.snapshot] = None
        parts = []
        for file, lines in files.items():
            shown = sorted(set(lines))[:ROWS_NAMED]
            more = " …" if len(set(lines)) > ROWS_NAMED else ""
            listed = ", ".join(
                numbers.count(line, self.words.language) for line in shown
            )
            parts.append(
                say("{file}, records {rows}", file=file, rows=listed + more)
                if shown
                else file
            )
        parts.extend(
            say("worked out from the records of snapshot {name}", name=name[:12])
            for name in snapshots
        )
        return "; ".join(parts)

    def schools(self, review: Review, printed: set[str]) -> Iterable[SchoolStory]:
        """The schools and the findings that name each, of those that are printed."""
        for school in review.schools:
            found = [
                Pair(self.words.pick(one.headline), anchor(one.key))
                for one in review.findings
                if one.organization_id == school.organization_id
                and anchor(one.key) in printed
            ]
            yield SchoolStory(school.name, school.organization_id, tuple(found))

    def sources(self, review: Review) -> Iterable[Pair]:
        """The files, as a reader would cite them."""
        for note in review.sources:
            parts = [self.words.pick(note.what)]
            if note.rows:
                shown = numbers.count(note.rows, self.words.language)
                parts.append(
                    self.words.plural(
                        "{rows} row", "{rows} rows", note.rows, rows=shown
                    )
                )
            if note.sha256:
                parts.append(f"SHA-256 {note.sha256[:16]}…")
            yield Pair(note.file, "; ".join(parts))


def anchor(key: str) -> str:
    """A key as an anchor that a link can carry and a page can hold once."""
    safe = _UNSAFE.sub("-", key).strip("-")
    return safe if safe[:1].isalpha() else f"f-{safe}"


def _organization(row: EvidenceRow) -> str | int | None:
    return dict(row.reference_to).get("organization_id")


def _is_share(row: EvidenceRow) -> bool:
    value = row.estimate.value or 0.0
    if row.numerator is None or not row.denominator:
        return value <= 1
    return value <= 1 and row.numerator <= row.denominator


def _size(gap: Estimate) -> Estimate:
    """A gap without its direction, which the sentence tells."""
    if gap.value is None or gap.value >= 0:
        return gap
    upper = None if gap.lower is None else -gap.lower
    lower = None if gap.upper is None else -gap.upper
    return Estimate(-gap.value, lower, upper, gap.n)


def _unit(picture: Picture | None) -> str:
    """The unit of a difference: of shares it is points."""
    if picture is None or isinstance(picture, SmallMultiples):
        return "points"
    return "points" if picture.scale.unit == "share" else picture.scale.unit


def _reading(picture: Picture | None, words: Words) -> str:
    if isinstance(picture, Trend) and picture.reading:
        return words.pick(picture.reading)
    return words.pick(picture.alternative) if picture else ""
