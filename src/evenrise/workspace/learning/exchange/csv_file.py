"""A map of practice as CSV and back: a row for the map, a row a component."""

from __future__ import annotations

import csv
import io

from evenrise.workspace.learning.exchange.rows import (
    LEVELS,
    MAP_FIELDS,
    PART_FIELDS,
    Bringing,
    Brought,
    add_component,
    brought,
    field_of,
    pair_of,
)
from evenrise.workspace.learning.map_content import ComponentContent, MapContent
from evenrise.workspace.plans.exchange.csv_file import bare, guarded, lines_in
from evenrise.workspace.plans.exchange.problems import (
    at_row,
    check_size,
    unreadable,
)
from evenrise.workspace.plans.exchange.words import plain


_MARK = "\ufeff"
_MOST_ROWS = 500
_CODES = ("en", "es")


def write(content: MapContent) -> bytes:
    """The map as CSV: UTF-8 with a mark; no cell can run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    parts = [n for n in PART_FIELDS if _level(n) <= content.levels]
    fields = [f"{n}_{code}" for n in (*MAP_FIELDS, *parts) for code in _CODES]
    heads = ["record", "key", *fields]
    writer.writerow(heads)
    own = {
        f"{name}_{code}": getattr(getattr(content, name), code)
        for name in MAP_FIELDS
        for code in _CODES
    }
    rows = [{"record": "map", **own}, *map(_cells, content.components)]
    for row in rows:
        writer.writerow([guarded(row.get(name, "")) for name in heads])
    return (_MARK + out.getvalue()).encode()


def _level(name: str) -> int:
    return int(name[-1]) if name.startswith("level_") else 0


def _cells(one: ComponentContent) -> dict[str, str]:
    told = {"record": "component", "key": one.key}
    for code in _CODES:
        told[f"name_{code}"] = getattr(one.name, code)
        told[f"outcome_{code}"] = getattr(one.outcome, code)
        for number, level in zip(LEVELS, one.levels, strict=False):
            told[f"level_{number}_{code}"] = getattr(level, code)
    return told


def read(data: bytes) -> Brought:
    """The map that a CSV file says, or what is wrong with it.

    Args:
        data: the file; UTF-8 or Windows-1252; commas, semicolons or tabs.

    Raises:
        InputProblem: when nothing can be read from it.
    """
    check_size(data)
    lines = _lines(data)
    heads = [_head(one) for one in lines[0]] if lines else []
    if not {"name_en", "name_es"} & set(heads):
        raise unreadable(
            "The first row of the file has no heading that a map of practice has, such"
            " as “Component” or “name_en”: begin with the file that a map's page"
            " gives.",
            "La primera fila del archivo no tiene los encabezados de un mapa de la"
            " práctica, como «Componente» o «name_es»: empiece con el archivo que da la"
            " página de un mapa.",
        )
    bringing = Bringing()
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        cells = {
            name: bare(cell) for name, cell in zip(heads, line, strict=False) if name
        }
        record, key = plain(cells.pop("record", "")), cells.pop("key", "").strip()
        if record in {"map", "mapa"}:
            bringing.title, bringing.role, bringing.text = (
                pair_of(cells, name) for name in MAP_FIELDS
            )
            continue
        own = {name: cell for name, cell in cells.items() if name[:-3] in PART_FIELDS}
        add_component(bringing, own, at_row(None, number), key[:40])
    return brought(bringing)


def _head(heading: str) -> str:
    bare = plain(heading)
    if bare in {"record", "key"}:
        return bare
    own = {f"{name}_{code}" for name in MAP_FIELDS for code in _CODES}
    joined = bare.replace(" ", "_")
    return joined if joined in own else field_of(heading)


def _lines(data: bytes) -> list[list[str]]:
    try:
        found = lines_in(data, _MOST_ROWS)
    except csv.Error:
        found = []
    if not found or len(found) > _MOST_ROWS:
        raise unreadable(
            f"The file is no table of a map: it has no rows, more than {_MOST_ROWS}, or"
            " a cell that never ends. Save it again as CSV.",
            f"El archivo no es la tabla de un mapa: no tiene filas, tiene más de"
            f" {_MOST_ROWS} o una celda que no termina. Guárdelo otra vez como CSV.",
        )
    return found
