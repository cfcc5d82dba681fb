"""Cells for a spreadsheet that none of them takes for a formula: the one place.

A spreadsheet computes a cell that begins like a formula, so a name in a file could
send a district's records away when somebody opens it (OWASP, CSV injection). An
apostrophe before the text says "this is text".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from xlsxwriter import Workbook


# Full-width letters count too: some spreadsheets fold them.
FORMULA = r"^[\s\x00]*[=+\-@＝＋－＠\t\r\n]"
_FORMULA = re.compile(FORMULA)


def safe_text(text: str) -> str:
    """A text as a cell that every spreadsheet shows and none computes."""
    return f"'{text}" if _FORMULA.match(text) else text


def safe_cell(value: object) -> str:
    """A value as such a cell; numbers of ours stay numbers, None is blank."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else safe_text(str(value))


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file that opens in a spreadsheet with its accents (UTF-8 with a mark)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def workbook_of_texts(out: io.BytesIO) -> Workbook:
    """A workbook that writes texts as texts: no formula, address or number of them.

    Args:
        out: takes the file when the workbook is closed.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - only who writes one pays for it

    texts = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
    return Workbook(out, {"in_memory": True, **dict.fromkeys(texts, False)})
