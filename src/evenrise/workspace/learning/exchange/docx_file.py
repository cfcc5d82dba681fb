"""A map of practice as a document and back: a table a component, or one table.

Each component is a table of three columns: what a row is, English, Spanish. A document
of a district's own may also hold one table with the levels side by side, as maps of
practice are usually printed; its headings tell the language.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT

from evenrise.vocabulary.text import Text
from evenrise.workspace.learning.exchange.rows import (
    MAP_FIELDS,
    Bringing,
    Brought,
    add_component,
    brought,
    field_of,
)
from evenrise.workspace.learning.map_content import ComponentContent, MapContent, Pair
from evenrise.workspace.plans.exchange.docx_paragraphs import (
    Paragraph,
    Table,
    pages_of,
)
from evenrise.workspace.plans.exchange.packed import unpack
from evenrise.workspace.plans.exchange.problems import check_size
from evenrise.workspace.plans.exchange.words import plain


_FEWEST_MATRIX = 3  # headings of levels that make a table one with levels side by side
_MAP_ROWS = {
    "title": ("Map of practice", "Mapa de la práctica"),
    "role": ("Role", "Función"),
    "text": ("About", "De qué trata"),
}


def write(content: MapContent) -> bytes:
    """The map as DOCX; what a word processor shows is all that it holds."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    title = content.title.en or content.title.es
    document.core_properties.title = _clean(title)[:200]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.add_heading(_clean(title), level=1)
    _table(
        document,
        [(_both(*_MAP_ROWS[name]), getattr(content, name)) for name in MAP_FIELDS],
    )
    for one in content.components:
        document.add_heading(_clean(one.name.en or one.name.es), level=2)
        _table(document, _rows(one))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _both(en: str, es: str) -> str:
    return f"{en} · {es}"


def _rows(one: ComponentContent) -> list[tuple[str, Pair]]:
    rows = [
        (_both("Component", "Componente"), one.name),
        (_both("Desired outcome", "Resultado deseado"), one.outcome),
    ]
    return rows + [
        (_both(f"Level {number}", f"Nivel {number}"), level)
        for number, level in enumerate(one.levels, 1)
    ]


def _table(document: Any, rows: Sequence[tuple[str, Pair]]) -> None:
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, words in zip(
        table.rows[0].cells, ("", "English", "Español"), strict=True
    ):
        cell.text = words
    for head, pair in rows:
        cells = table.add_row().cells
        for cell, words in zip(cells, (head, pair.en, pair.es), strict=True):
            cell.text = _clean(words)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(
        one
        for one in text.replace("\r\n", "\n").replace("\r", "\n")
        if (one >= " " or one in "\n\t") and one not in "\ufffe\uffff"
    )


def read(data: bytes) -> Brought:
    """The map that a document says, or what is wrong with it.

    Args:
        data: the file.

    Raises:
        InputProblem: when it is damaged, too large, or no document.
    """
    check_size(data)
    bringing = Bringing()
    number = 0
    for part in pages_of(unpack(data)).parts:
        if isinstance(part, Paragraph):
            _title(bringing, part)
            continue
        number += 1
        _of_table(bringing, part, number)
    return brought(bringing)


def _title(bringing: Bringing, part: Paragraph) -> None:
    """The first heading names the map, until a table says it in both languages."""
    named = part.style.startswith(("heading", "title")) and part.text.strip()
    if named and not bringing.title and not bringing.components:
        bringing.title = Pair(named[:300])


def _of_table(bringing: Bringing, table: Table, number: int) -> None:
    if not table.rows:
        return
    heads = [field_of(_first(cell)) for cell in table.rows[0]]
    if sum(name.startswith("level_") for name in heads) >= _FEWEST_MATRIX:
        _side_by_side(bringing, table, heads, number)
        return
    fields = {_map_field(row[0]) for row in table.rows if row}
    if fields & set(MAP_FIELDS):
        _of_map(bringing, table)
        return
    cells: dict[str, str] = {}
    for row in table.rows:
        name = field_of(_first(row[0])) if row else ""
        if name:
            for code, cell in zip(("en", "es"), row[1:], strict=False):
                cells[f"{name[:-3]}_{code}"] = cell
    if cells:
        where = Text(f"Table {number}", f"Tabla {number}")
        add_component(bringing, cells, where)


def _side_by_side(
    bringing: Bringing, table: Table, heads: Sequence[str], number: int
) -> None:
    code = next(name[-2:] for name in heads if name.startswith("level_"))
    if not heads[0]:
        heads = [f"name_{code}", *heads[1:]]
    for place, row in enumerate(table.rows[1:], 2):
        cells = {name: cell for name, cell in zip(heads, row, strict=False) if name}
        if any(cell.strip() for cell in cells.values()):
            where = Text(
                f"Table {number}, row {place}", f"Tabla {number}, fila {place}"
            )
            add_component(bringing, cells, where)


def _of_map(bringing: Bringing, table: Table) -> None:
    for row in table.rows:
        name = _map_field(row[0]) if row else ""
        if name:
            cells = [*row[1:3], "", ""]
            pair = Pair(cells[0].strip(), cells[1].strip())
            setattr(bringing, name, pair or getattr(bringing, name))


def _map_field(cell: str) -> str:
    first = plain(_first(cell))
    for name, words in _MAP_ROWS.items():
        if first in {plain(one) for one in words}:
            return name
    return ""


def _first(cell: str) -> str:
    """What stands before the middle dot: the English of a heading in both languages."""
    return cell.partition("·")[0].strip()
