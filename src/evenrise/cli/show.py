"""Shows a finished review in the browser, on this machine only."""

from __future__ import annotations

import contextlib
import os
import sys
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from evenrise.cli.terminal import tell
from evenrise.vocabulary.errors import ArgumentProblem


class _Quiet(SimpleHTTPRequestHandler):
    """Serves the folder and writes nothing to the terminal."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


def show(folder: Path, port: int) -> None:
    """Serve `folder` on the loopback address until the person presses Ctrl+C.

    Where nobody is looking (no terminal), only says where the review is.

    Raises:
        ArgumentProblem: when the port is taken.
    """
    if not sys.stdout.isatty():
        tell(f"open {folder / 'index.html'} in a browser")
        return
    try:
        server = ThreadingHTTPServer(
            ("127.0.0.1", port), partial(_Quiet, directory=str(folder))
        )
    except OSError as problem:
        raise ArgumentProblem(
            f"The port {port} is taken; choose another with --port. "
            f"The review is made: open {folder / 'index.html'}."
        ) from problem
    address = f"http://127.0.0.1:{port}/"
    tell(f"showing the review at {address} (Ctrl+C ends)")
    if os.environ.get("DISPLAY") or sys.platform in {"darwin", "win32"}:
        webbrowser.open(address)
    with server, contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
