"""Reads the modules of pages, documents and slides while the records are imported.

Importing them takes a good part of a second, most of it waiting for files; the import
of records leaves Python's lock to others while the engine works. Nothing depends on
it: whoever needs a module that is not there yet reads it as always.
"""

from __future__ import annotations

import contextlib
from importlib import import_module
from threading import Thread


AHEAD = ("evenrise.publishing.release", "evenrise.publishing.slides.deck", "typst")


def read_ahead() -> None:
    """Begin to read, and do not wait."""
    Thread(target=_read, name="read-ahead", daemon=True).start()


def _read() -> None:
    for name in AHEAD:
        # A fault shows where the module is really needed, with its own sentence.
        with contextlib.suppress(Exception):
            import_module(name)
