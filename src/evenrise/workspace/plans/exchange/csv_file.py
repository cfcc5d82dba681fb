"""A plan as one CSV file and back; every row says of what table it is.

No cell can run as a formula in a spreadsheet: one that begins like a formula gets an
apostrophe, which is taken away again when the file is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from evenrise.vocabulary.text import Text
from evenrise.workspace.plans.content import PlanContent
from evenrise.workspace.plans.exchange.columns import COLUMNS, TABLES
from evenrise.workspace.plans.exchange.one_reading import Reading
from evenrise.workspace.plans.exchange.problems import (
    MOST_ROWS,
    Problem,
    Telling,
    check_size,
    silent,
    unreadable,
)
from evenrise.workspace.plans.exchange.reading import read_rows
from evenrise.workspace.plans.exchange.words import SHEETS, both, plain
from evenrise.workspace.plans.exchange.writing import Row, rows_of


_RECORD = "record"
_MARK = "\ufeff"
# As OWASP names them, and as people's apostrophes before them; see `guarded`.
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")
_HEADINGS = tuple(
    dict.fromkeys(
        [_RECORD, *(one.name for columns in TABLES.values() for one in columns)]
    )
)
_RECORDS = {plain(name): name for name in TABLES} | {
    plain(word): name
    for name, words in SHEETS.items()
    for word in (words.en, words.es, both(words))
}


def write(content: PlanContent) -> bytes:
    """The plan as CSV: UTF-8 with a mark, commas, a heading row of plain names."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADINGS)
    for row in rows_of(content):
        cells = {_RECORD: row.table, **row.cells}
        writer.writerow([guarded(cells.get(name, "")) for name in _HEADINGS])
    return (_MARK + out.getvalue()).encode()


def read(
    data: bytes, before: PlanContent, telling: Telling = silent
) -> tuple[PlanContent, tuple[Problem, ...]]:
    """The plan that a CSV file says.

    Args:
        data: the file; UTF-8 or Windows-1252; commas, semicolons or tabs.
        before: the plan as it stands: what the file does not speak of stays.
        telling: is told how far the reading is, 0 to 1.

    Raises:
        InputProblem: when nothing can be read from it.
    """
    check_size(data)
    lines = _lines(data)
    header = [plain(one) for one in lines[0]] if lines else []
    records = _RECORD in header
    names = _known(header, records=records)
    if "title_en" not in names.values() and "key" not in names.values():
        raise unreadable(
            "The first row of the file has no headings that a plan has, such as "
            "“key” or “title_en”: begin with the file that this page gives.",
            "La primera fila del archivo no tiene los encabezados de un plan, como "
            "«key» o «title_en»: empiece con el archivo que da esta página.",
        )
    reading = Reading(
        before,
        frozenset(TABLES) if records else frozenset({"rung"}),
        telling=telling,
    )
    return read_rows(_rows(lines[1:], names, reading, records=records), reading)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """A cell without the apostrophe that kept it from running as a formula."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def lines_in(data: bytes, most: int) -> list[list[str]]:
    """The lines of a table as spreadsheets save it, and at most one more than `most`.

    Args:
        data: UTF-8 or Windows-1252; commas, semicolons or tabs, as the first line has.
        most: lines that are wanted.

    Raises:
        csv.Error: when a cell never ends.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    text = text.replace("\x00", "")
    first = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)
    )
    return list(islice(reader, most + 1))


def _lines(data: bytes) -> list[list[str]]:
    try:
        return lines_in(data, MOST_ROWS + 1)
    except csv.Error:
        raise unreadable(
            "The file is no table: a cell in it never ends. Save it again as CSV.",
            "El archivo no es una tabla: una celda no termina. Guárdelo otra vez como "
            "CSV.",
        ) from None


def _known(header: Sequence[str], *, records: bool) -> dict[int, str]:
    """Columns by place; without a column of records only those of the ladder count."""
    wanted = set(_HEADINGS) if records else set(COLUMNS["rung"])
    spoken = {
        plain(word): one.name
        for one in TABLES["rung"]
        for word in (one.heading.en, one.heading.es, both(one.heading))
    }
    found: dict[int, str] = {}
    for place, name in enumerate(header):
        known = name if name in wanted else spoken.get(name, "")
        if known and known not in found.values():
            found[place] = known
    return found


def _rows(
    lines: Iterable[list[str]],
    names: Mapping[int, str],
    reading: Reading,
    *,
    records: bool,
) -> list[Row]:
    rows: list[Row] = []
    for number, line in enumerate(lines, start=2):
        if not any(cell.strip() for cell in line):
            continue
        cells = {
            name: bare(line[place]) if place < len(line) else ""
            for place, name in names.items()
        }
        table = _RECORDS.get(plain(cells.pop(_RECORD, ""))) if records else "rung"
        if table is None:
            reading.say(Row("rung", number, {}), _NO_RECORD)
            continue
        known = COLUMNS[table]
        rows.append(
            Row(table, number, {n: cell for n, cell in cells.items() if n in known})
        )
    return rows


_NO_RECORD = Text(
    "does not say what it is about: write rung, measure, gap, budget, link, department "
    "or plan under “record”.",
    "no dice de qué trata: escriba rung, measure, gap, budget, link, department o plan "
    "en «record».",
)
