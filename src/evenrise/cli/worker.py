"""The process for long work: imports, page stores, mail. Started by `serving.serve`.

    python -m evenrise.cli.worker

Its standard input comes from the server. When that closes the server is gone, also by
a kill, and the worker ends: work it had begun is marked as interrupted at the next
start, and can be begun again. Once a day it removes what nobody needs any more.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
import time
from typing import Any

from evenrise.cli.serving import SETTINGS


_GRACE = 5  # seconds that work at hand has to come to its end
_KEPT_FOR = dt.timedelta(days=30)
_A_DAY = 86_400  # seconds


def _end_with_the_server() -> None:
    # Not by `sys.stdin`: its lock, held by this thread, would turn the worker's own end
    # (a signal to all of the server's processes at once) into a fatal error.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE)
    os._exit(1)  # as by a kill: the next start says that the work was interrupted


def remove_old(now: dt.datetime) -> int:
    """Remove what was kept of tasks that ended a month ago, and sessions that ended.

    A task that a kill ended never says so itself: it counts from its beginning.

    Args:
        now: the moment to count from.

    Returns:
        How many tasks were removed.
    """
    from django.contrib.sessions.backends.db import SessionStore
    from django.db.models import Q
    from django_tasks_db.models import DBTaskResult

    SessionStore.clear_expired()
    past = now - _KEPT_FOR
    old = Q(finished_at__lt=past) | Q(finished_at=None, started_at__lt=past)
    return int(DBTaskResult.objects.filter(old).delete()[0])


def forget_details(**told: Any) -> None:
    """Keep of a task that failed only what kind of fault it was.

    What a library said may name a student; the traceback repeats it.
    """
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.filter(pk=told["task_result"].id).exclude(traceback="").update(
        traceback=""
    )


def _tidy_every_day() -> None:
    from django.db import Error, connection
    from django.utils import timezone

    while True:
        try:
            remove_old(timezone.now())
        except Error:
            pass  # the database is away: tomorrow is soon enough
        finally:
            connection.close()
        time.sleep(_A_DAY)


def main() -> None:
    """Take one task after the other until the server is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    import django
    from django.core.management import call_command
    from django_tasks.signals import task_finished

    from evenrise.publishing.reviewing.spare_pandas import spare_pandas

    spare_pandas()
    django.setup()
    task_finished.connect(forget_details)
    threading.Thread(target=_tidy_every_day, daemon=True).start()
    call_command("db_worker", interval=1.0, verbosity=0, startup_delay=False)


if __name__ == "__main__":
    main()
