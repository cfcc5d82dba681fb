"""Where a table's header stands, and what parts its cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from evenrise.records.files.limits import MAX_COLUMNS, MAX_LINE, Unreadable
from evenrise.vocabulary.text import Text


DELIMITERS = (",", "\t", "^", ";", "|")
LOOK_FOR_HEADER = 40  # rows above the header that a report may carry
_NUMBER = re.compile(r"[-+$(]?[\d.,]+%?\)?")


def split(text: str, delimiter: str, limit: int | None = None) -> list[list[str]]:
    """The rows of a text, cells as written; a stray quote never stops it."""
    lines = text.splitlines(keepends=True)
    rows: list[list[str]] = []
    csv.field_size_limit(MAX_LINE)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in reader:
            rows.append(row)
            if limit is not None and len(rows) >= limit:
                break
    except csv.Error:
        return rows
    return rows


def delimiter_of(text: str) -> str:
    """What parts the cells: the mark that gives the most even, widest rows."""
    return max(DELIMITERS, key=lambda mark: _evenness(text, mark))


def _evenness(text: str, mark: str) -> float:
    if mark not in text:
        return 0.0
    widths = [len(row) for row in split(text, mark, 60) if any(row)]
    if not widths:
        return 0.0
    width, often = Counter(widths).most_common(1)[0]
    if width < 2:
        return 0.1 if max(widths) > 1 else 0.0
    return often / len(widths) + min(width, 20) / 100


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Which row names the columns, from 0.

    The first row that is about as wide as the table and mostly words. Agencies put
    titles, dates and notes above the header; a title fills one cell, a header many.

    Raises:
        Unreadable: when there is no row at all.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    if not any(filled):
        raise Unreadable(
            Text(
                "is empty: it has no header. Write the column names in it.",
                "está vacío: no tiene encabezado. Escriba en él los nombres de las "
                "columnas.",
            )
        )
    usual = Counter(count for count in filled if count).most_common(1)[0][0]
    wide = max(usual, max(filled[:LOOK_FOR_HEADER]) if usual == 1 else usual)
    for place, row in enumerate(rows[:LOOK_FOR_HEADER]):
        if filled[place] >= max(1, 0.6 * wide) and _is_words(row):
            return place
    return next(place for place, count in enumerate(filled) if count)


def _is_words(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells)
    return numbers <= 0.3 * len(cells)


def check_width(header: Sequence[str]) -> None:
    """Refuse a table of absurd width.

    Raises:
        Unreadable: when it has more than MAX_COLUMNS columns.
    """
    if len(header) > MAX_COLUMNS:
        raise Unreadable(
            Text(
                f"has {len(header):,} columns; at most {MAX_COLUMNS:,} can be read.",
                f"tiene {len(header):,} columnas; se pueden leer {MAX_COLUMNS:,} como "
                "máximo.",
            )
        )
