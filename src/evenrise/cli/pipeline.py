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
from evenrise.findings.review import Reviewed
from evenrise.indicators.compute import compute_facts
from evenrise.publishing.folder import check_target
from evenrise.publishing.reviewing.settings_file import settings_beside
from evenrise.publishing.reviewing.spare_pandas import spare_pandas
from evenrise.publishing.reviewing.work import ReviewWork, review_snapshot
from evenrise.records.importing import ImportOptions, ImportReport, import_paths
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import SnapshotStore
from evenrise.records.snapshots.temporary import folder_aside
from evenrise.statistics.small_numbers.ledger import Ledger
from evenrise.vocabulary.errors import ArgumentProblem, InputProblem
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
    ledger: Path | None = None


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """What came of it; `made` is all that the review was made from."""

    made: Reviewed
    report: ImportReport
    out: Path
    standing: int = 0  # figures that stand as an earlier release told them
    exposed: int = 0  # hidden figures that earlier releases give away

    @property
    def review(self) -> Review:
        """The review that was published."""
        return self.made.review

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
    ledger = opened_ledger(request.ledger)
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
        made = _review(report, request, settings, ledger, progress)
    from evenrise.publishing.release import publish

    publish(
        made.review,
        request.out,
        languages=request.languages,
        import_story=report.as_json(),
        progress=progress,
    )
    if ledger is not None:  # not before the folder stands: what failed told nobody
        ledger.add(made.protected, request.as_of)
    told = made.protected
    return ReviewOutcome(made, report, request.out, told.standing, told.exposed)


def opened_ledger(folder: Path | None) -> Ledger | None:
    """The ledger of releases, seen to be whole; None when none is kept.

    Raises:
        ArgumentProblem: when the place is a file.
        InputProblem: when a release in it was changed or taken away.
    """
    if folder is None:
        return None
    if folder.exists() and not folder.is_dir():
        raise ArgumentProblem(
            f"{folder} is a file: name a folder for the ledger, which may be new."
        )
    ledger = Ledger(folder)
    ledger.check()
    return ledger


def _review(
    report: ImportReport,
    request: ReviewRequest,
    settings: DistrictSettings,
    ledger: Ledger | None,
    progress: Progress,
) -> Reviewed:
    """The review of a report's snapshot, and what it was made from."""
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
        earlier=ledger.published() if ledger is not None else None,
    )
    return review_snapshot(work, progress)


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
