"""What a log keeps when something goes wrong: never a child's data."""

from __future__ import annotations

import logging
import traceback


class NoChildren(logging.Filter):
    """Keeps from a log everything that could carry a child's data.

    An address, a search or an error's message can name a student; kept are the kind of
    the fault and the places in our code. Of libraries only that they had something to
    say: whatever they log of an error repeats its message.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; every record passes."""
        if record.exc_info and record.exc_info[1] is not None:
            problem = record.exc_info[1]
            frames = "".join(traceback.format_tb(problem.__traceback__))
            record.msg = f"{type(problem).__name__}\n{frames}"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        elif not record.name.startswith("evenrise"):
            record.msg = f"{record.name}: {record.levelname.lower()}"
            record.args = ()
        return True
