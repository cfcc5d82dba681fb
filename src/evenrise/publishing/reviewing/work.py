"""One review of one district, from the records or the published facts of a snapshot."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

import pyarrow as pa

from evenrise.findings.review import Reviewed, SourceNote, names_of, review_facts
from evenrise.indicators.registry import INDICATORS
from evenrise.publishing.reviewing.districts import choose_district, districts_in
from evenrise.publishing.reviewing.facts import about, computed, named, shown
from evenrise.records.report import ImportReport
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import Snapshot
from evenrise.records.sources import SOURCES
from evenrise.statistics.small_numbers import protect
from evenrise.vocabulary.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWork:
    """What one review is made of.

    `district` is a name or a code, None when the files speak of one alone. `report` is
    the story of the import, whose questions are set aside; without it there are none.
    `earlier` is what was published before (`Ledger.published()`): it stays as it was.
    """

    snapshot: Snapshot
    as_of: dt.date
    settings: DistrictSettings = field(default_factory=DistrictSettings)
    district: str | None = None
    report: ImportReport | None = None
    earlier: pa.Table | None = None


def review_snapshot(work: ReviewWork, progress: Progress) -> Reviewed:
    """Compute, protect, and find.

    The review's facts are those that are published with it.

    Raises:
        ArgumentProblem: when the district is not named and cannot be told.
    """
    snapshot, report = work.snapshot, work.report
    facts, students = computed(snapshot, work.as_of, work.settings, progress)
    organizations = snapshot.organizations()
    facts = named(facts, organizations)
    district = choose_district(
        districts_in(facts, organizations), work.district, work.settings.code
    )
    progress.step("findings", 0, 2)
    protected = protect(about(facts, district.code), earlier=work.earlier)
    progress.step("findings", 1, 2)
    made = review_facts(
        protected,
        district_id=district.code,
        as_of=work.as_of,
        indicators=INDICATORS,
        names=names_of(organizations),
        questions=report.questions if report else (),
        sources=source_notes(report) if report else sources_of(snapshot),
        snapshot=snapshot.id,
        students=students,
    )
    progress.step("findings", 2, 2)
    review = replace(made.review, facts=shown(protected, district.code))
    return replace(made, review=review)


def source_notes(report: ImportReport) -> tuple[SourceNote, ...]:
    """The files of an import, as a reader would cite them."""
    return tuple(
        SourceNote(story.name, story.recognised_as, story.kept, story.sha256)
        for story in report.files
        if story.recognised_as is not None and not story.problem
    )


def sources_of(snapshot: Snapshot) -> tuple[SourceNote, ...]:
    """The same as a snapshot's manifest tells it."""
    names = {source.card.key: source.card.name for source in SOURCES}
    return tuple(
        SourceNote(
            str(file["name"]),
            names[file["source"]],
            int(file["rows_kept"]),
            str(file["sha256"]),
        )
        for file in snapshot.all_files()
        if file["source"] in names
    )
