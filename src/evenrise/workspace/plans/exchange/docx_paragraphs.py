"""The paragraphs and tables of a DOCX, with the names of their styles; nothing more.

Text that was deleted while changes were tracked is left out, and what was inserted is
taken, as if every change had been accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from evenrise.workspace.plans.exchange.packed import tree_of
from evenrise.workspace.plans.exchange.problems import unreadable


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}tab": "\t",
    f"{_W}noBreakHyphen": "-",
}
_GONE = frozenset(
    {
        *(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "txbxContent")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_DEEP = 60  # elements in elements; documents have about twenty


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its style's name in small letters, its text, its bookmarks."""

    style: str
    text: str
    bookmarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells, row by row."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """A document: what stands in it, and whether changes were tracked."""

    parts: tuple[Paragraph | Table, ...]
    tracked: bool


def pages_of(parts: Mapping[str, bytes]) -> Pages:
    """What stands in a document.

    Raises:
        InputProblem: when it is no document of Word.
    """
    told = parts.get("word/document.xml")
    if told is None:
        raise unreadable(
            "The file is no Word document (.docx): save it as one.",
            "El archivo no es un documento de Word (.docx): guárdelo como tal.",
        )
    tree = tree_of(told)
    body = tree.find(f"{_W}body")
    names = _style_names(parts)
    found = () if body is None else tuple(_blocks(body, names, 0))
    tracked = any(tree.iter(f"{_W}ins")) or any(tree.iter(f"{_W}del"))
    return Pages(found, tracked)


def _style_names(parts: Mapping[str, bytes]) -> Mapping[str, str]:
    styles = parts.get("word/styles.xml")
    if styles is None:
        return {}
    found: dict[str, str] = {}
    for style in tree_of(styles).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            key = style.get(f"{_W}styleId", "")
            found[key] = name.get(f"{_W}val", "").lower()
    return found


def _blocks(
    parent: ET.Element, names: Mapping[str, str], deep: int
) -> Iterator[Paragraph | Table]:
    if deep > _DEEP:
        raise _too_deep()
    for one in parent:
        if one.tag == f"{_W}p":
            yield _paragraph(one, names)
        elif one.tag == f"{_W}tbl":
            yield Table(tuple(_row(row) for row in one.iter(f"{_W}tr")))
        elif one.tag not in _GONE:
            yield from _blocks(one, names, deep + 1)


def _paragraph(one: ET.Element, names: Mapping[str, str]) -> Paragraph:
    style = one.find(f"{_W}pPr/{_W}pStyle")
    key = "" if style is None else style.get(f"{_W}val", "")
    marks = (mark.get(f"{_W}name", "") for mark in one.iter(f"{_W}bookmarkStart"))
    return Paragraph(names.get(key, key.lower()), _text(one), tuple(marks))


def _row(row: ET.Element) -> tuple[str, ...]:
    return tuple(
        "\n".join(_text(one) for one in cell.iter(f"{_W}p"))
        for cell in row.iter(f"{_W}tc")
    )


def _text(one: ET.Element) -> str:
    return "".join(_pieces(one, 0))


def _pieces(one: ET.Element, deep: int) -> Iterator[str]:
    if deep > _DEEP:
        raise _too_deep()
    for child in one:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _GONE:
            yield from _pieces(child, deep + 1)


def _too_deep() -> Exception:
    return unreadable(
        "The document nests its parts too deep to be one that people wrote.",
        "El documento anida sus partes demasiado para que lo haya escrito alguien.",
    )
