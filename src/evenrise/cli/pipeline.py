"""From paths to a published review: the floors of the house joined, once.

`review` and `demo` both call `run_review`; nothing is computed here.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from evenrise.cli.read_ahead import read_ahead
from evenrise.findings.finding import Review
from evenrise.indicators.compute import compute_facts
from evenrise.publishing.folder import check_target
from evenrise.publishing.reviewing.settings_file import settings_beside
from evenrise.publishing.reviewing.spare_pandas import spare_pandas
from evenrise.publishing.reviewing.work import ReviewWork, review_snapshot
from evenrise.records.importing import ImportOptions, ImportReport, import_paths
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import SnapshotStore
from evenrise.records.snapshots.temporary import folder_aside
from evenrise.vocabulary.errors import InputProblem
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
    if report.snapshot is None:
        raise InputProblem(
            "None of the files could be brought in; nothing was written."
        )
    work = ReviewWork(
        snapshot=report.snapshot,
        as_of=request.as_of,
        settings=settings,
        district=request.district,
        report=report,
    )
    return review_snapshot(work, progress).review


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
