"""Reads an import in the background: recognise, check, stage, prepare its pages.

Nothing that people see changes here. What was read waits as a staged snapshot with its
page store, until somebody makes it current or sets it aside.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path

from django.conf import settings

from evenrise.publishing.page_store.prepare import prepare_pages
from evenrise.publishing.reviewing.settings_file import settings_beside
from evenrise.records.importing import ImportOptions, ImportReport, import_paths
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import Snapshot
from evenrise.vocabulary.errors import ArgumentProblem, EvenriseError
from evenrise.workspace.data.at_work import one_at_a_time, working_on
from evenrise.workspace.data.fetching import fetched
from evenrise.workspace.data.models import Import
from evenrise.workspace.data.moving import move
from evenrise.workspace.data.published import compare
from evenrise.workspace.data.samples import samples
from evenrise.workspace.data.saying import NotNow, fault, sentences
from evenrise.workspace.data.staging import retire
from evenrise.workspace.data.standing import (
    agree,
    page_file,
    pages_of,
    snapshot_store,
    standing,
)
from evenrise.workspace.data.states import Verb
from evenrise.workspace.data.uploads import folder_of
from evenrise.workspace.foundation.audit import About, record


_log = logging.getLogger("evenrise.data")
_EVERY = 0.5  # seconds between two notes of how far it is


class Stopped(Exception):  # noqa: N818 - "stopped" is what it is
    """Somebody asked to stop."""


class Steps:
    """Notes how far an import is, and hears when a person asks to stop."""

    def __init__(self, one: Import) -> None:
        self._row = Import.objects.filter(pk=one.pk)
        self._last = ("", 0.0)

    def step(self, what: str, done: float, total: float) -> None:
        """Note a step; at most two notes a second of the same step.

        Raises:
            Stopped: when a person asked for it.
        """
        phase = phase_of(what)
        before, at = self._last
        now = time.monotonic()
        if phase == before and now - at < _EVERY:
            return
        self._last = (phase, now)
        self._row.update(step=phase, done=done, total=total)
        if self._row.values_list("stop_asked", flat=True).first():
            raise Stopped


_PHASES = {"open": "open", "snapshot": "check", "write": "check", "questions": "check"}
PHASES = ("queue", "fetch", "open", "read", "check", "pages", "compare")


def phase_of(what: str) -> str:
    """The part of the work that a step belongs to, as a page tells it."""
    if what in PHASES:
        return what
    word = what.split(" ", 1)[0]
    if word in {"read", "fetch"}:
        return word
    return _PHASES.get(word, "pages")


def district_settings() -> DistrictSettings:
    """`district.toml` in the store's folder, or the empty settings.

    Raises:
        ArgumentProblem: when it cannot be read.
    """
    return settings_beside([settings.HOME.store])


def read(key: str) -> None:
    """Read an import; however it ends, its state says so."""
    with working_on(key):
        read_held(Import.objects.get(key=key))


def read_held(one: Import) -> None:
    """The same for whoever holds the import's lock already."""
    try:
        move(one, Verb.READ, problem="", problem_es="", step="queue", done=0, total=0)
    except NotNow:
        return  # it was set aside before its turn came
    try:
        with one_at_a_time():
            _read(one, Steps(one))
    except Stopped:
        _end(one, Verb.SET_ASIDE, {}, "data.stopped")
    except EvenriseError as problem:
        _end(one, Verb.REFUSE, sentences(problem), "data.refused")
    except Exception:  # noqa: BLE001 - a task never fails, see tasks.py
        # Whatever it says may hold a child's data: kept are our own places alone.
        _log.exception("An import ended by a fault of ours.")
        _end(one, Verb.REFUSE, fault(), "data.refused")


def _end(one: Import, verb: Verb, said: dict[str, str], told: str) -> None:
    move(one, verb, **said)
    record(one.by, told, About("import", one.key), files=len(one.files))


def _read(one: Import, steps: Steps) -> None:
    agree()
    store, now = snapshot_store(), standing()
    row = Import.objects.filter(pk=one.pk)
    row.update(seen=list(store.names()), base="" if now is None else now.snapshot)
    one.refresh_from_db()
    own = district_settings()
    paths: tuple[Path, ...] = (folder_of(one.key),)
    if one.connection:
        paths = fetched(one, own, steps)
    report = import_paths(
        paths,
        store=store,
        options=ImportOptions(
            as_of=one.as_of,
            settings=own,
            allow_removal=True,  # people decide, seeing who would leave
            make_current=False,
            keep_rest=True,
        ),
        progress=steps,
    )
    snapshot = report.snapshot
    if snapshot is None:
        raise RuntimeError("An import that is no dry run gives a snapshot.")
    before = store.get(one.base) if one.base else None
    earlier = one.snapshot
    row.update(
        snapshot=snapshot.id,
        story=report.as_json(),
        tables=sorted(
            {table for story in report.files if story.kept for table in story.tables}
        ),
        samples=samples(before, snapshot, report.differences),
        students_before=0 if before is None else before.rows("students"),
    )
    if earlier != snapshot.id:
        retire([earlier])  # what an earlier reading of these files staged
    _prepare(one, snapshot, report, steps)
    steps.step("compare", 0, 1)
    moves = compare(
        pages_of(one.base) if one.base else None, pages_of(snapshot.id), steps
    )
    move(one, Verb.OFFER, moves=moves, step="", done=1, total=1)
    record(
        one.by,
        "data.read",
        About("import", one.key),
        files=len(report.files),
        rows=sum(story.kept for story in report.files),
        refused=report.refused,
    )


def _prepare(
    one: Import, snapshot: Snapshot, report: ImportReport, steps: Steps
) -> None:
    """Prepare the pages of a staged snapshot, unless they are there."""
    target = page_file(snapshot.id)
    if target.exists():
        return
    now = standing()

    def prepare(district: str | None) -> None:
        prepare_pages(
            snapshot,
            target=target,
            as_of=one.as_of,
            settings=district_settings(),
            district=district,
            report=report,
            progress=steps,
        )

    try:
        prepare(None if now is None else now.district_id)
    except ArgumentProblem:
        if now is None:
            raise
        # The records name their district otherwise than those before (or name it for
        # the first time): a person sees that, and the nightly import stops there.
        prepare(None)
