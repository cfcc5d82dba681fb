"""Tables for a spreadsheet, in which no cell can run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> str:
    """The value as text that every spreadsheet shows and none computes.

    An apostrophe before the text says "this is text"; numbers of ours stay numbers.
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINS_A_FORMULA) else text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file that opens in a spreadsheet with its accents (UTF-8 with a mark)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
