"""One cell: a value as text that a spreadsheet keeps, and the value of a text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from evenrise.vocabulary.text import Text
from evenrise.workspace.plans.exchange.columns import Column
from evenrise.workspace.plans.exchange.problems import LONGEST, Wrong
from evenrise.workspace.plans.exchange.words import CODES, both, code_of, word_of


_US_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MISREAD = re.compile(r"[;\"\r\n]|^\s|\s$")
_YEARS = re.compile(r"\d{4}\s*[-–/]\s*(\d{2}|\d{4})")
_MOST_MONEY = Decimal(10) ** 12
_PERCENT = 100
_STATE_PRIORITIES = frozenset(range(1, 11))


def told(value: Any, sort: str) -> str:
    """A value of the content as the text of its cell."""
    if value is None or value in ((), ""):
        return ""
    if sort == "keys":
        return joined(value)
    if sort == "lcff":
        return "; ".join(str(one) for one in value)
    if sort == "flag":
        return word_of("flag", "yes" if value else "no")
    if sort in CODES:
        return word_of(sort, value)
    return repr(value) if isinstance(value, float) else str(value)


def value_of(column: Column, cell: str) -> Any:
    """The value that a cell's text means.

    Raises:
        Wrong: when it means none, with what to write instead.
    """
    reader = _READERS.get(column.sort)
    if reader is not None:
        return reader(cell)
    if column.sort in CODES:
        return _code(column.sort, cell)
    most = column.longest or LONGEST
    if len(cell) > most:
        raise Wrong(
            Text(
                f"has {len(cell):,} letters; at most {most:,} fit. Shorten it.",
                f"tiene {len(cell):,} letras y caben {most:,}. Acórtelo.",
            )
        )
    return cell


def joined(keys: Iterable[str]) -> str:
    """Keys in one cell: `t1; t2`; one that could be misread stands in quotes."""
    return "; ".join(
        '"{}"'.format(one.replace('"', '""')) if _MISREAD.search(one) else one
        for one in keys
    )


def _keys(cell: str) -> tuple[str, ...]:
    if not cell.strip():
        return ()
    rows = csv.reader(
        io.StringIO(cell, newline=""), delimiter=";", skipinitialspace=True
    )
    found = [one for row in rows for one in row]
    return tuple(dict.fromkeys(one for one in found if one))


def _code(family: str, cell: str) -> str:
    if not cell.strip():
        return ""
    code = code_of(family, cell)
    if code is None:
        words = ", ".join(both(one) for one in CODES[family].values())
        raise Wrong(
            Text(
                f"says “{cell[:40]}”, which is none of: {words}.",
                f"dice «{cell[:40]}», que no es ninguno de: {words}.",
            )
        )
    return code


def _number(cell: str) -> int | None:
    bare = cell.strip()
    if not bare:
        return None
    try:
        return _whole(bare)
    except (ValueError, OverflowError):
        raise Wrong(
            Text(
                f"says “{cell[:40]}”; write a whole number.",
                f"dice «{cell[:40]}»; escriba un número entero.",
            )
        ) from None


def _whole(bare: str) -> int:
    """The whole number of a text; a spreadsheet may write 3.0.

    Raises:
        ValueError: when it is none that a database keeps.
    """
    number = float(bare) if "." in bare else int(bare)
    if number != int(number) or abs(number) >= 2**31:
        raise ValueError(bare)
    return int(number)


def _finite(bare: str) -> float:
    number = float(bare)
    if not math.isfinite(number):
        raise ValueError(bare)
    return number


def _year(cell: str) -> int | None:
    """A school year by its end: `2026`, or `2025-26`."""
    spelled = _YEARS.fullmatch(cell.strip())
    if spelled:
        end = spelled[1]
        return int(end if len(end) == 4 else cell.strip()[:2] + end)
    year = _number(cell)
    if year is not None and not 1 <= year <= 9999:
        raise Wrong(
            Text(
                f"says “{cell[:40]}”; write a school year by its end, such as 2026.",
                f"dice «{cell[:40]}»; escriba el año escolar por su final, como 2026.",
            )
        )
    return year


def _share(cell: str) -> float | None:
    """A share, 0 to 1; `41.2%` is 0.412."""
    bare = cell.strip()
    if not bare:
        return None
    try:
        if bare.endswith("%"):
            return _finite(bare.removesuffix("%").strip()) / _PERCENT
        return _finite(bare)
    except ValueError:
        raise Wrong(
            Text(
                f"says “{cell[:40]}”; write a share such as 0.412 or 41.2%.",
                f"dice «{cell[:40]}»; escriba una proporción, como 0.412 o 41.2%.",
            )
        ) from None


def _day(cell: str) -> str:
    """A day as ISO text; a month/day/year, as US spreadsheets write it, is taken."""
    bare = cell.strip()
    try:
        american = _US_DAY.fullmatch(bare)
        if american:
            month, day, year = (int(one) for one in american.groups())
            return dt.date(year, month, day).isoformat()
        return dt.date.fromisoformat(bare).isoformat() if bare else ""
    except ValueError:
        raise Wrong(
            Text(
                f"says “{cell[:40]}”; write the day as 2026-09-15.",
                f"dice «{cell[:40]}»; escriba el día así: 2026-09-15.",
            )
        ) from None


def _instant(cell: str) -> str:
    bare = cell.strip()
    try:
        whole = not bare or dt.datetime.fromisoformat(bare).tzinfo is not None
    except ValueError:
        whole = False
    if not whole:
        raise Wrong(
            Text(
                f"says “{cell[:40]}”; leave it as it was in the file, or empty.",
                f"dice «{cell[:40]}»; déjelo como estaba en el archivo, o vacío.",
            )
        )
    return bare


def _lcff(cell: str) -> tuple[int, ...]:
    found = re.split(r"[;,\s]+", cell.strip()) if cell.strip() else []
    try:
        numbers = tuple(dict.fromkeys(_whole(one) for one in found if one))
    except (ValueError, OverflowError):
        numbers = (0,)
    if not set(numbers) <= _STATE_PRIORITIES:
        raise Wrong(
            Text(
                f"says “{cell[:40]}”; write state priorities 1 to 10 such as 4; 8.",
                f"dice «{cell[:40]}»; escriba prioridades estatales de 1 a 10: 4; 8.",
            )
        )
    return numbers


def _flag(cell: str) -> bool | None:
    bare = cell.strip().lower()
    if bare in {"true", "false"}:  # as spreadsheets write a tick
        return bare == "true"
    code = _code("flag", cell)
    return code == "yes" if code else None


def _money(cell: str) -> str:
    """Dollars as a decimal text; `$12,500` is `12500.00`.

    A text that is a number of two places stays as it is.
    """
    bare = cell.strip().removeprefix("$").replace(",", "").strip()
    try:
        amount = Decimal(bare)
        whole = 0 <= amount < _MOST_MONEY and amount == round(amount, 2)
    except InvalidOperation:
        whole = False
    if not whole:
        raise Wrong(
            Text(
                f"says “{cell[:40]}”; write dollars such as 12500.00.",
                f"dice «{cell[:40]}»; escriba dólares así: 12500.00.",
            )
        )
    return f"{amount:.2f}"


_READERS: dict[str, Callable[[str], Any]] = {
    "keys": _keys,
    "number": _number,
    "year": _year,
    "share": _share,
    "day": _day,
    "instant": _instant,
    "lcff": _lcff,
    "flag": _flag,
    "money": _money,
}
