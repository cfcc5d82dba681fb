"""Makes figures ready for everybody, and makes them public.

    home/public/<release>.sqlite    the page store that the public site reads
    home/public/<release>.parquet   what the ledger takes when it becomes public
    home/public/<release>/          the review as pages, PDF, slides, CSV and JSON
    home/public/ledger/             all that was ever published (kept with the records)

A public page store is not the one people see inside: it is protected together with
everything that was published before, so that no difference of two releases shows a
hidden number.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from evenrise.findings.review import Reviewed
from evenrise.publishing.page_store.prepare import write_pages
from evenrise.publishing.page_store.reading import PageStore
from evenrise.publishing.release import publish
from evenrise.publishing.reviewing.settings_file import settings_beside
from evenrise.publishing.reviewing.work import ReviewWork, review_snapshot
from evenrise.records.snapshots import Snapshot
from evenrise.statistics.small_numbers.ledger import Ledger
from evenrise.vocabulary.errors import EvenriseError, InputProblem
from evenrise.vocabulary.text import LANGUAGES, Text
from evenrise.workspace.data.models import Standing
from evenrise.workspace.data.standing import snapshot_store
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person
from evenrise.workspace.reports.actions import make_public, public_figures, reset
from evenrise.workspace.reports.models import Release
from evenrise.workspace.reports.queries import feed_rows
from evenrise.workspace.reports.states import State


def public_folder() -> Path:
    """Where public things lie."""
    folder = Path(settings.HOME.workspace) / "public"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def ledger() -> Ledger:
    """All that was ever published."""
    folder = public_folder() / "ledger"
    folder.mkdir(mode=0o700, exist_ok=True)
    return Ledger(folder)


@lru_cache(maxsize=4)
def _opened(path: Path) -> PageStore:
    return PageStore(path)


def pages_of_release(release: Release) -> PageStore:
    """The page store of a release of figures; what approvers read too."""
    return _opened(public_folder() / f"{release.file}.sqlite")


def documents_of(release: Release) -> Path:
    """The folder of a release's documents: pages, PDF, slides, CSV, JSON."""
    return public_folder() / release.file


class _Telling:
    """Keeps the progress of a preparation where its page can read it."""

    def __init__(self, release: Release) -> None:
        self._release = release.pk

    def step(self, what: str, done: float, total: float) -> None:
        """Write down how far the step is."""
        Release.objects.filter(pk=self._release).update(
            step=what, done=done / total if total else 1
        )


@task()
def prepare_figures(release: int) -> None:
    """Protect, review, draw and write what everybody would read; then it is proposed.

    Whatever goes wrong is kept with the release in one sentence.
    """
    found = Release.objects.get(pk=release)
    if State(found.state) is not State.PREPARING:
        return
    try:
        _prepare(found)
    except EvenriseError as problem:
        _failed(found, problem.text)
    except Exception:
        fault = Text(
            "A fault of ours; nothing was made public.",
            "Un error nuestro; no se hizo público nada.",
        )
        _failed(found, fault)
        raise


def _failed(release: Release, reason: Text) -> None:
    release.state = State.FAILED
    release.reason, release.reason_es = reason.en[:500], reason.es[:500]
    release.save(update_fields=["state", "reason", "reason_es"])


def _prepare(release: Release) -> None:
    telling = _Telling(release)
    told = ledger()
    told.check()
    beside = len(told.releases())
    snapshot = snapshot_store().get(release.snapshot)
    stood = Standing.objects.filter(snapshot=release.snapshot).latest()
    made = review_snapshot(
        ReviewWork(
            snapshot=snapshot,
            as_of=stood.as_of,
            settings=settings_beside([settings.HOME.store]),
            district=stood.district_id,
            earlier=told.published(),
        ),
        telling,
    )
    lay_out(release=release, made=made, snapshot=snapshot, beside=beside)


def lay_out(
    *, release: Release, made: Reviewed, snapshot: Snapshot, beside: int
) -> None:
    """Write everything that would be public, and propose it.

    Args:
        release: being prepared.
        made: the review, protected beside the ledger as it stood.
        snapshot: what it is of.
        beside: how many releases the ledger held.
    """
    telling = _Telling(release)
    name = f"{release.pk:06d}-{release.snapshot}"
    folder = public_folder()
    for old in folder.glob(f"{release.pk:06d}-*"):  # of a preparation that was cut off
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    write_pages(made, snapshot, folder / f"{name}.sqlite", telling)
    as_of = made.review.as_of
    ledger().lay_aside(made.protected, as_of, folder / f"{name}.parquet")
    publish(
        made.review,
        folder / name,
        languages=LANGUAGES,
        import_story={},
        progress=telling,
    )
    # It names the district's own files.
    (folder / name / "import.json").unlink(missing_ok=True)
    write_feed(folder / name)
    with transaction.atomic():
        release.file, release.beside = name, beside
        release.content = _sum(folder / name / "facts.csv", folder / f"{name}.sqlite")
        release.state, release.done, release.step = State.PROPOSED, 1, ""
        release.save()
        record(
            None,
            "reports.prepared",
            About("release", str(release.pk)),
            exposed=made.protected.exposed,
        )


def write_feed(folder: Path) -> Path:
    """The facts of a release as a JSON array, made once: a hundred MB at 900 schools.

    Args:
        folder: of the release's documents.

    Returns:
        The file; one that is there already is left as it is.
    """
    target = folder / "facts.json"
    if target.exists():
        return target
    aside = folder / f"facts.{os.getpid()}.{threading.get_ident()}.aside"
    with (
        (folder / "facts.csv").open(encoding="utf-8", newline="") as rows,
        aside.open("w", encoding="utf-8") as out,
    ):
        before = "["
        for row in feed_rows(rows):
            out.write(before + json.dumps(row, ensure_ascii=False))
            before = ",\n"
        out.write("]" if before != "[" else "[]")
    aside.replace(target)
    return target


def _sum(*paths: Path) -> str:
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def publish_figures(*, person: Person, release: Release) -> Release:
    """Make approved figures public, and write them into the ledger.

    The ledger takes them inside the transaction, last: if it refuses, nothing is
    public; if the machine stops between the two, the ledger holds a release that
    nobody read, which hides too much and never too little.

    Raises:
        InputProblem: when another release was made public since these figures were
            prepared: their approval falls, and they have to be prepared again.
    """
    told = ledger()
    if len(told.releases()) != release.beside:
        with transaction.atomic():
            reset(release=release, person=person)
            Release.objects.filter(pk=release.pk).update(state=State.PREPARING, done=0)
        prepare_figures.enqueue(release.pk)
        raise InputProblem(
            _(
                "Other figures became public since these were prepared; they are being "
                "prepared anew and need a fresh look."
            )
        )
    with transaction.atomic():
        release = make_public(person=person, release=release)
        told.take(public_folder() / f"{release.file}.parquet")
    return release


def public_pages() -> tuple[Release, PageStore] | None:
    """What everybody reads now; None before the first release."""
    release = public_figures()
    return None if release is None else (release, pages_of_release(release))
