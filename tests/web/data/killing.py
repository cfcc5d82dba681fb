"""Kills a worker at one moment after the other, and looks at what it left.

    python -m tests.web.data.killing FOLDER

Run by test_killed.py in a process of its own, with a database in a file. Every moment
has its own copy of one district; each part of the work is a process that is forked, so
that a kill is a kill. Prints one line of JSON a moment.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any


AS_OF = dt.date(2026, 5, 15)
STUDENTS = 80
# The steps of a reading; what is patched to kill; where nothing is left to do again.
STEPS = ("queue", "open", "read", "check", "pages", "compare")
KEY, OTHER = "nightshift12", "nightshift34"
MOMENTS = (
    "taken",
    *STEPS,
    "written",
    "before_swap",
    "after_swap",
    "committed",
)


def main(folder: Path) -> None:
    """Build the district once; then kill, look, and begin again at each moment."""
    start(folder / "first")
    in_a_process(lambda: build(folder / "first"))
    shutil.copytree(folder / "first", folder / "race")
    race(folder / "race")
    told = json.loads((folder / "race" / "told.json").read_text())
    say({"moment": "race", **told})
    for moment in MOMENTS:
        home = folder / moment
        shutil.copytree(folder / "first", home)
        killed = in_a_process(lambda: work(home, moment))  # noqa: B023 - called at once
        in_a_process(lambda: look(home, moment))  # noqa: B023
        told = json.loads((home / "told.json").read_text())
        say({"moment": moment, "killed": killed, **told})


def say(told: dict[str, Any]) -> None:
    """One line of JSON for whoever ran this."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def race(home: Path) -> None:
    """Two people say yes at the same moment, to two imports of the same base."""
    in_a_process(lambda: two_ready(home))
    both = [
        forked(lambda key=key: say_yes(home, key))  # type: ignore[misc]
        for key in (KEY, OTHER)
    ]
    for child in both:
        ended(child)
    in_a_process(lambda: count(home))


def two_ready(home: Path) -> None:
    begin(home)
    from evenrise.workspace.data.actions.imports import bring_in
    from evenrise.workspace.data.uploads import land

    run_worker()
    lines = (home.parent / "records" / "attendance.csv").read_text().splitlines(True)
    landing = land(OTHER)
    target = landing.open("attendance.csv")
    landing.add(target, "".join(lines[:-90]).encode())
    landing.close(target)
    bring_in(None, key=OTHER, files=landing.files, as_of=AS_OF)
    run_worker()


def say_yes(home: Path, key: str) -> None:
    begin(home)
    from evenrise.vocabulary.errors import EvenriseError
    from evenrise.workspace.data.actions.imports import commit
    from evenrise.workspace.data.models import Import

    with suppress(EvenriseError):
        commit(None, one=Import.objects.get(key=key))
    run_worker()


def count(home: Path) -> None:
    begin(home)
    from evenrise.workspace.data.models import Import, Standing
    from evenrise.workspace.data.standing import snapshot_store, standing
    from evenrise.workspace.data.states import State

    won = Import.objects.get(state=State.CURRENT)
    told = {
        "states": sorted(Import.objects.values_list("state", flat=True)),
        "stood": Standing.objects.count(),
        "stands": standing().snapshot == won.snapshot == snapshot_store().current().id,
    }
    (home / "told.json").write_text(json.dumps(told))


def in_a_process(work: Callable[[], None]) -> int:
    """Run in a forked process; 0, or the signal that ended it."""
    return ended(forked(work))


def forked(work: Callable[[], None]) -> int:
    """Begin in a forked process; its number."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - a fork must not come back
            import traceback

            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return child


def ended(child: int) -> int:
    """Wait for a process: 0, the signal that ended it, or less than 0 for a fault."""
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else -os.WEXITSTATUS(status)


def start(home: Path) -> None:
    """Make Django ready, once for all processes; no database is opened here."""
    os.environ["EVENRISE_STORE"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "evenrise.config.django"
    import django

    django.setup()


def begin(home: Path) -> None:
    """Let this process serve one district."""
    from django.conf import settings
    from django.db import connections

    from evenrise.config.home import Home

    settings.HOME = Home(home)
    settings.HOME.make()
    connections["default"].settings_dict["NAME"] = settings.HOME.database


def build(home: Path) -> None:
    """A district that stands, and an import of it that waits for the worker."""
    begin(home)
    from django.core.management import call_command

    from evenrise.publishing.page_store.prepare import prepare_pages
    from evenrise.records.importing import ImportOptions, import_paths
    from evenrise.records.snapshots import SnapshotStore
    from evenrise.vocabulary.progress import Silent
    from evenrise.workspace.data.actions.imports import bring_in
    from evenrise.workspace.data.standing import make_current, page_file
    from evenrise.workspace.data.uploads import land

    call_command("migrate", verbosity=0)
    records = home.parent / "records"
    records.mkdir()
    write_records(records)
    report = import_paths(
        [records],
        store=SnapshotStore(home),
        options=ImportOptions(as_of=AS_OF),
        progress=Silent(),
    )
    prepare_pages(report.snapshot, target=page_file(report.snapshot.id), as_of=AS_OF)
    make_current(report.snapshot, as_of=AS_OF, by=None)
    landing = land(KEY)
    lines = (records / "attendance.csv").read_text().splitlines(keepends=True)
    target = landing.open("attendance.csv")
    landing.add(target, "".join(lines[:-50]).encode())
    landing.close(target)
    bring_in(None, key=KEY, files=landing.files, as_of=AS_OF)


def write_records(records: Path) -> None:
    """A very small district: what is killed here is the work, not the numbers."""
    days = [dt.date(2026, 3, 2) + dt.timedelta(days=n) for n in range(12)]
    ids = [f"{n:04d}" for n in range(STUDENTS)]
    tables = {
        "schools": ["school_id,name,level", "A,Alder,elementary", "B,Birch,high"],
        "students": ["student_id,gender", *(f"{one},female" for one in ids)],
        "enrollments": [
            "student_id,school_id,school_year,grade,entered_on,left_on",
            *(f"{one},{'AB'[n % 2]},2026,09,2025-08-20," for n, one in enumerate(ids)),
        ],
        "attendance": [
            "student_id,school_id,date,status",
            *(
                f"{one},{'AB'[n % 2]},{day},{'absent' if n % 9 == 0 else 'present'}"
                for n, one in enumerate(ids)
                for day in days
            ),
        ],
    }
    for table, lines in tables.items():
        (records / f"{table}.csv").write_text("\n".join(lines) + "\n")


def run_worker() -> None:
    from django.core.management import call_command

    call_command("db_worker", batch=True, verbosity=0, startup_delay=False)


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def work(home: Path, moment: str) -> None:
    """Do the work until the moment comes."""
    begin(home)
    from evenrise.records.snapshots import SnapshotStore
    from evenrise.workspace.data import committing, reading
    from evenrise.workspace.data.actions.imports import commit
    from evenrise.workspace.data.models import Import

    if moment == "taken":
        reading.move = die
    elif moment in STEPS:
        tell = reading.Steps.step

        def step(self: Any, what: str, done: float, total: float) -> None:
            tell(self, what, done, total)
            if reading.phase_of(what) == moment:
                die()

        reading.Steps.step = step
    elif moment == "written":
        write = SnapshotStore.write
        SnapshotStore.write = lambda *a, **k: (write(*a, **k), die())
    if moment == "queue":
        reading.one_at_a_time = die
    run_worker()
    commit(None, one=Import.objects.get())
    swap = SnapshotStore.make_current
    if moment == "before_swap":
        SnapshotStore.make_current = die
    elif moment == "after_swap":
        SnapshotStore.make_current = lambda *a: (swap(*a), die())
    elif moment == "committed":
        make = committing.commit
        from evenrise.workspace.data import tasks

        tasks.committing.commit = lambda key: (make(key), die())
    run_worker()


def look(home: Path, moment: str) -> None:
    """Start again, as the next start of the workspace does, and finish the work."""
    begin(home)
    from evenrise.workspace.data import at_work
    from evenrise.workspace.data.actions.imports import begin_again, commit
    from evenrise.workspace.data.models import Import, Standing
    from evenrise.workspace.data.standing import agree, snapshot_store, standing
    from evenrise.workspace.data.states import State
    from evenrise.workspace.data.tidying import tidy
    from evenrise.workspace.foundation.models import LogEntry

    at_work._TAKEN = dt.timedelta(0)  # nobody waits ten seconds in a test
    agree()
    tidy()
    one = Import.objects.get()
    told: dict[str, Any] = {
        "state": one.state,
        "agrees": snapshot_store().current().id == standing().snapshot,
        "stood": Standing.objects.count(),
        "left": sorted(path.name for path in home.glob("aside-*")),
        "snapshots": len(snapshot_store().names()),
        "pages": len(list((home / "workspace" / "pages").iterdir())),
        "acknowledged": LogEntry.objects.filter(verb="data.bring_in").exists(),
    }
    if one.state == State.INTERRUPTED:
        begin_again(None, one=one)
        run_worker()
        one.refresh_from_db()
        told["again"] = one.state
        commit(None, one=one)
        run_worker()
        one.refresh_from_db()
    told |= {
        "end": one.state,
        "stands": standing().snapshot == one.snapshot == snapshot_store().current().id,
        "in_the_end": len(snapshot_store().names()),
        "pages_in_the_end": len(list((home / "workspace" / "pages").iterdir())),
    }
    (home / "told.json").write_text(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
