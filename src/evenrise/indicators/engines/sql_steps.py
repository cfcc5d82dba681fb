"""Files of SQL in steps: each a table or view by name, and its SELECT.

-- table: member_days
SELECT ...
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


Step = tuple[str, str, str]  # "table" or "view", its name, its SELECT
_STEP = re.compile(r"^-- (table|view): (\S+)$", re.MULTILINE)


@cache
def steps_of(room: str, name: str) -> tuple[Step, ...]:
    """The steps of one file in the folder `sql` of a package.

    Args:
        room: the package, with dots.
        name: the file's name without its ending.
    """
    text = (files(room) / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    _, *found = _STEP.split(text)
    return tuple(
        (found[i], found[i + 1], found[i + 2].strip()) for i in range(0, len(found), 3)
    )
