"""From paths to a published review: the floors of the house joined, once.

`review` and `demo` both call `run_review`; nothing is computed here.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evenrise.cli.districts import choose_district, districts_in
from evenrise.cli.read_ahead import read_ahead
from evenrise.cli.settings_file import settings_beside
from evenrise.findings.review import Review, SourceNote, make_review, names_of
from evenrise.indicators.compute import STUDENT_TABLES, compute_facts
from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.indicators.registry import INDICATORS
from evenrise.indicators.students import all_outcomes, open_engine
from evenrise.publishing.folder import check_target
from evenrise.records.importing import ImportOptions, ImportReport, import_paths
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import Snapshot, SnapshotStore
from evenrise.records.snapshots.temporary import folder_aside
from evenrise.statistics.small_numbers import ProtectedTable, protect
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.groups import ALL_FAMILY
from evenrise.vocabulary.progress import Progress
from evenrise.vocabulary.text import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRequest:
    """What a person asked for on the command line."""

    paths: Sequence[Path]
    out: Path
    district: str | None
    languages: tuple[Language, ...]
    as_of: dt.date
    store: Path | None = None
    allow_removal: bool = False
    removal_share: float = 0.05


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """What came of it."""

    review: Review
    report: ImportReport
    out: Path

    @property
    def exit_code(self) -> int:
        """0 done, 4 done with refused rows or a file that could not be used."""
        return self.report.exit_code


@dataclass(frozen=True, slots=True)
class KeptFacts:
    """A table of facts laid beside its snapshot."""

    snapshot: str
    facts: int
    indicators: tuple[str, ...]
    path: Path


@contextmanager
def opened_store(root: Path | None) -> Iterator[SnapshotStore]:
    """The person's store, or one that is gone when the review is made.

    Records of students never lie in the folder that a review writes: that folder is
    made to be published.
    """
    if root is not None:
        yield SnapshotStore(root)
        return
    with folder_aside() as aside:
        yield SnapshotStore(aside)


class _NoPandas:
    """A finder that says, for a moment, that there is no pandas."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Refuse pandas; leave everything else to the other finders."""
        if name == "pandas":
            raise ImportError(name)


def spare_pandas() -> None:
    """Let Arrow believe that pandas is not here; call before Arrow makes an array.

    Arrow imports pandas the first time it makes an array from Python values, only to
    know whether it was given a frame. That costs 0.6 s of a review that should take
    five, and nothing of ours hands Arrow a frame. Other libraries still find pandas.
    """
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array(["once"])
    finally:
        sys.meta_path.remove(_NoPandas)


def run_review(request: ReviewRequest, progress: Progress) -> ReviewOutcome:
    """Import, compute, protect, find and publish.

    Raises:
        ArgumentProblem: when the district is not named and cannot be told, or the
            folder to write is somebody else's.
        InputProblem: when a file that is needed cannot be used.
    """
    spare_pandas()
    check_target(request.out)
    read_ahead()
    settings = settings_beside(request.paths)
    with opened_store(request.store) as store:
        report = import_paths(
            list(request.paths),
            store=store,
            options=ImportOptions(
                as_of=request.as_of,
                settings=settings,
                allow_removal=request.allow_removal,
                removal_share=request.removal_share,
            ),
            progress=progress,
        )
        review = _review(report, request, settings, progress)
    from evenrise.publishing.release import publish

    publish(
        review,
        request.out,
        languages=request.languages,
        import_story=report.as_json(),
        progress=progress,
    )
    return ReviewOutcome(review, report, request.out)


def _review(
    report: ImportReport,
    request: ReviewRequest,
    settings: DistrictSettings,
    progress: Progress,
) -> Review:
    """The review of a report's snapshot."""
    snapshot = report.snapshot
    if snapshot is None:
        raise InputProblem(
            "None of the files could be brought in; nothing was written."
        )
    facts, students = computed(snapshot, request.as_of, settings, progress)
    organizations = snapshot.organizations()
    facts = named(facts, organizations)
    district = choose_district(
        districts_in(facts, organizations), request.district, settings.code
    )
    progress.step("findings", 0, 2)
    protected = protect(about(facts, district.code))
    progress.step("findings", 1, 2)
    review = make_review(
        protected,
        district_id=district.code,
        as_of=request.as_of,
        indicators=INDICATORS,
        names=names_of(organizations),
        questions=report.questions,
        sources=source_notes(report),
        snapshot=snapshot.id,
        students=students,
    )
    progress.step("findings", 2, 2)
    return replace(review, facts=shown(protected, district.code))


def computed(
    snapshot: Snapshot, as_of: dt.date, settings: DistrictSettings, progress: Progress
) -> tuple[pa.Table, dict[str, StudentOutcomes]]:
    """The facts, and the outcomes of single students where there are records.

    Both are asked of one engine, so that attendance is read once.
    """
    if not any(snapshot.has(table) for table in STUDENT_TABLES):
        facts = compute_facts(
            snapshot, as_of=as_of, settings=settings, progress=progress
        )
        return facts, {}
    with open_engine(snapshot, as_of=as_of, settings=settings) as engine:
        facts = compute_facts(
            snapshot, as_of=as_of, settings=settings, progress=progress, engine=engine
        )
        return facts, all_outcomes(engine, settings=settings)


def named(facts: pa.Table, organizations: pa.Table) -> pa.Table:
    """The facts, with the names that other files give to nameless organizations.

    A state's result files often carry codes alone; its list of schools and districts
    stands in a file of its own.
    """
    place = facts.column_names.index("organization_name")
    key = _keys(facts)
    found = pc.index_in(key, value_set=_keys(organizations).unique())
    first = _first_names(organizations)
    given = pc.take(first, found)
    blank = pc.equal(pc.fill_null(facts["organization_name"], ""), "")
    names = pc.if_else(blank, given, facts["organization_name"])
    return facts.set_column(place, facts.schema.field(place), names)


def _keys(table: pa.Table) -> pa.ChunkedArray:
    level = pc.cast(table["level"], "string")
    return pc.binary_join_element_wise(
        level, pc.cast(table["organization_id"], "string"), " "
    )


def _first_names(organizations: pa.Table) -> pa.ChunkedArray:
    """A name for each unique key, in the order of the unique keys."""
    keyed = pa.table({"key": _keys(organizations), "name": organizations["name"]})
    grouped = keyed.group_by("key", use_threads=False).aggregate([("name", "first")])
    order = pc.index_in(keyed["key"].unique(), value_set=grouped["key"])
    return pc.take(grouped["name_first"], order)


def about(facts: pa.Table, district: str) -> pa.Table:
    """The facts that a review of one district may speak of.

    Its own, its schools', and those of whole districts, counties and states; other
    districts' schools are left out early, since a state's files hold thousands.
    """
    others = pc.and_(
        pc.equal(facts["level"], "school"),
        pc.not_equal(pc.fill_null(facts["district_id"], ""), district),
    )
    return facts.filter(pc.invert(others))


def shown(facts: ProtectedTable, district: str) -> ProtectedTable:
    """The facts that are published with the review, `facts.csv`.

    Everything of the district, its schools and its state; of counties and other
    districts only all students together, which is what they were compared by.
    """
    table = facts.table
    wide = pc.is_in(table["level"], value_set=pa.array(["district", "county"]))
    other = pc.and_(wide, pc.not_equal(table["organization_id"], district))
    group = pc.not_equal(table["group_family"], ALL_FAMILY)
    return facts.only(pc.invert(pc.and_(other, group)))


def source_notes(report: ImportReport) -> tuple[SourceNote, ...]:
    """The files of an import, as a reader would cite them."""
    return tuple(
        SourceNote(story.name, story.recognised_as, story.kept, story.sha256)
        for story in report.files
        if story.recognised_as is not None and not story.problem
    )


def compute_and_keep(root: Path, as_of: dt.date, progress: Progress) -> KeptFacts:
    """Compute the current snapshot's facts and lay them beside it, whole or not at all.

    Raises:
        InputProblem: when the store has no snapshot.
    """
    store = SnapshotStore(root)
    snapshot = store.current()
    if snapshot is None:
        raise InputProblem(
            f"The store {root} has no snapshot yet; bring files in first with "
            f"`evenrise import FILES --store {root}`."
        )
    facts = compute_facts(
        snapshot, as_of=as_of, settings=DistrictSettings(), progress=progress
    )
    folder = root / "facts"
    folder.mkdir(exist_ok=True)
    target = folder / f"{snapshot.id}.parquet"
    aside = folder / f".{snapshot.id}.{os.getpid()}.aside"
    pq.write_table(facts, aside)
    aside.replace(target)
    keys = sorted(str(key) for key in pc.unique(facts["indicator"]).to_pylist())
    return KeptFacts(snapshot.id, facts.num_rows, tuple(keys), target)
