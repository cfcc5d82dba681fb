"""A workbook's sheets as CSV, written by a process of its own that may fail alone.

A workbook of one kilobyte may name a cell in the last row and the last column: the
reader then asks for the whole grid, and the process that asks is gone. So it runs as a
script within limits, `workbooks.py` starts it and reads the one line of JSON it prints.
It imports nothing of ours: it starts in a tenth of a second.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any


def main(path: str, target: str, most_cells: int, most_bytes: int) -> dict[str, Any]:
    """Write each sheet that holds anything to `target` + its place + ".csv".

    Returns:
        `sheets`: pairs of a sheet's name and its file; or `problem`: "damaged",
        "locked", or "large" with the `sheet`.
    """
    _limit(most_bytes)
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415 - limited

    found: list[tuple[str, str]] = []
    try:
        book = load_workbook(path)
        for place, name in enumerate(book.sheet_names):
            sheet = book.get_sheet_by_name(name)
            if not sheet.height:
                continue
            rows, columns = sheet.end or (0, 0)
            if (rows + 1) * (columns + 1) > most_cells:
                return {"problem": "large", "sheet": name}
            file = Path(f"{target}{place}.csv")
            blank = [""] * (sheet.start or (0, 0))[1]  # cells stay in their column
            write(([*blank, *row] for row in sheet.iter_rows()), file)
            found.append((name, str(file)))
    except (CalamineError, OSError, ValueError) as problem:
        locked = "password" in str(problem).lower()
        return {"problem": "locked" if locked else "damaged"}
    return {"sheets": found}


def _limit(most_bytes: int) -> None:
    """Have the system refuse more memory than a table can need."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def write(rows: Iterable[Sequence[Any]], target: Path) -> None:
    """Write rows as CSV, each cell as a person would have typed it."""
    written = _Written()
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [
                value
                if type(value) is str and "\n" not in value
                else written[value]
                if type(value) is float
                else _cell(value)
                for value in row
            ]
            for row in rows
        )


class _Written(dict[float, str]):
    """Numbers as text, each worked out once: a sheet repeats its counts and codes."""

    def __missing__(self, value: float) -> str:
        text = self[value] = _cell(value)
        return text


def _cell(value: Any) -> str:
    """A cell as a person would have typed it."""
    if isinstance(value, str):
        # A line break inside a cell would make lines and records differ.
        return " ".join(value.splitlines())
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return "" if value is None else str(value)


if __name__ == "__main__":
    book, beginning, cells, memory = sys.argv[1:]
    print(json.dumps(main(book, beginning, int(cells), int(memory))))  # noqa: T201
