"""The application in the process that serves pages: warm, and gone with its server.

The server's own process starts this one, and starts another when it falls over. When
the server is killed nobody tells us: we look, and end, so that its port is free again.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, cast
from wsgiref.util import setup_testing_defaults

from django.conf import settings


Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_A_LOOK = 0.2  # seconds between two looks whether the server is there
# Everybody's first page.
_FIRST_PAGE = "/account/login/"


def make() -> Application:
    """The application, as the web server asks for it once a process."""
    # Until the web server listens for them itself, a stop ends us at once: what we
    # inherited would only tell our copy of the server.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    watch = threading.Thread(
        target=_end_with_the_server, args=(os.getppid(),), daemon=True
    )
    watch.start()
    warm()
    from evenrise.config.wsgi import application

    return application


@cache
def warm() -> None:
    """Read the addresses, the templates and the catalogs; once, with all that forks."""
    from evenrise.config.wsgi import application

    for language in ("en", "es"):
        _ask(application, _FIRST_PAGE, language)
    # What stands now stands as long as the process. Left out of every later search for
    # garbage, long lists are made in half the time.
    gc.collect()
    gc.freeze()


def _end_with_the_server(server: int) -> None:
    while os.getppid() == server:
        time.sleep(_A_LOOK)
    # Nothing is lost: what was acknowledged stands in the database.
    os._exit(1)


def _ask(application: Application, path: str, language: str) -> None:
    """Ask for a page as a browser does, and forget the answer."""
    scheme = "https" if settings.HTTPS else "http"
    environ: dict[str, Any] = {
        "PATH_INFO": path,
        "HTTP_HOST": settings.ALLOWED_HOSTS[0],
        "HTTP_ACCEPT_LANGUAGE": language,
        "HTTP_X_FORWARDED_PROTO": scheme,
        "wsgi.url_scheme": scheme,
    }
    setup_testing_defaults(environ)
    answer = application(environ, lambda *_: None)
    for _ in answer:
        pass
    close = cast("Callable[[], None] | None", getattr(answer, "close", None))
    if close is not None:
        close()
