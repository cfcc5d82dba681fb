"""The process for long work: imports, page stores, mail. Started by `serving.serve`.

    python -m evenrise.cli.worker

Its standard input comes from the server. When that closes the server is gone, also by
a kill, and the worker ends: work it had begun is marked as interrupted at the next
start, and can be begun again.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

from evenrise.cli.serving import SETTINGS


def _end_with_the_server() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Take one task after the other until the server is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.core.management import call_command

    from evenrise.publishing.reviewing.spare_pandas import spare_pandas

    spare_pandas()
    django.setup()
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    call_command("db_worker", interval=1.0, verbosity=0, startup_delay=False)


if __name__ == "__main__":
    main()
