"""Ed-Fi XML interchanges as texts: one table a kind of record, flattened.

Each child of the root is a record; the elements inside it become columns named by
their path (`StudentReference.StudentUniqueId`), without the wrappers that end in
`Identity`. A repeated element joins its texts with `;`, a descriptor
(`uri://ed-fi.org/SexDescriptor#Male`) keeps what stands behind the `#`, and a `ref`
attribute becomes a column. The first column, `KIND#`, tells the kind of record and its
number in the file. Entity declarations are refused before anything is parsed: they are
how a small file unpacks to gigabytes or asks for files of this machine.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO, cast
from xml.etree import ElementTree as ET
from xml.parsers import expat

from evenrise.records.files.limits import MAX_COLUMNS, MAX_LINE, Unreadable
from evenrise.vocabulary.text import Text


PROLOG = 1 << 20  # bytes in which the root element must begin
_ROOT = re.compile(rb"<(?:\w+:)?Interchange\w*[\s>]")
_BLOCK = 64 * 2**10  # bytes read at a time
_DEEP = 40  # elements inside elements; Ed-Fi needs about ten
Row = dict[str, str]


def is_interchange(start: bytes) -> bool:
    """Whether a file begins as an Ed-Fi interchange does."""
    return start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and bool(
        _ROOT.search(start[:PROLOG])
    )


def tables(path: Path, scratch: Path, number: int) -> Iterator[tuple[str, Path]]:
    """Each kind of record, as (its name, a UTF-8 CSV in scratch).

    The file is parsed twice, first for the columns and then for the rows, so that
    memory does not grow with it.

    Raises:
        Unreadable: when it is not well-formed, declares entities, or nests too deep.
    """
    _refuse_declarations(path)
    columns: dict[str, dict[str, None]] = {}
    for kind, row in _records(path):
        columns.setdefault(kind, {}).update(dict.fromkeys(row))
        if len(columns[kind]) > MAX_COLUMNS:
            raise Unreadable(
                Text(
                    f"has a {kind} of too many parts to be a record.",
                    f"tiene un {kind} con demasiadas partes para ser un registro.",
                )
            )
    with ExitStack() as stack:
        writers, paths = {}, {}
        for place, (kind, names) in enumerate(columns.items()):
            paths[kind] = scratch / f"{number}-{place}.csv"
            file: TextIO = stack.enter_context(
                paths[kind].open("w", encoding="utf-8", newline="")
            )
            header = [f"{kind}#", *names]
            writers[kind] = csv.DictWriter(file, header, restval="")
            writers[kind].writeheader()
        counts = dict.fromkeys(columns, 0)
        for kind, row in _records(path):
            counts[kind] += 1
            writers[kind].writerow({f"{kind}#": counts[kind], **row})
    yield from paths.items()


def _refuse_declarations(path: Path) -> None:
    """Read up to the root as the parser does: a comment may look like a root.

    Raises:
        Unreadable: when a document type is declared, or the root is no interchange's.
    """
    roots: list[str] = []

    def refuse(*_: object) -> None:
        raise Unreadable(
            Text(
                "declares a document type or entities, which no Ed-Fi interchange "
                "needs: remove the declaration.",
                "declara un tipo de documento o entidades, que ningún intercambio "
                "Ed-Fi necesita: quite la declaración.",
            )
        )

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, _: roots.append(name)
    try:
        with path.open("rb") as file:
            while not roots and (block := file.read(PROLOG)):
                parser.Parse(block, False)
    except expat.ExpatError:
        pass  # told with its place when the records are read
    if roots and not roots[0].rpartition(":")[2].startswith("Interchange"):
        raise Unreadable(
            Text(
                "is XML, but no Ed-Fi interchange: export it as CSV.",
                "es XML, pero no un intercambio Ed-Fi: expórtelo como CSV.",
            )
        )


def _events(path: Path) -> Iterator[tuple[str, ET.Element]]:
    """Begins and ends of elements; between two of them lies no more than a record.

    Raises:
        Unreadable: when it does, since a text is held in memory until it ends.
    """
    parser: ET.XMLPullParser[Any] = ET.XMLPullParser(("start", "end"))
    silent = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            parser.feed(block)
            silent += len(block)
            for event, element in cast("Iterator[Any]", parser.read_events()):
                silent = 0
                yield event, element
            if silent > MAX_LINE:
                raise Unreadable(
                    Text(
                        "holds a text too long to be a cell.",
                        "contiene un texto demasiado largo para ser una celda.",
                    )
                )
    parser.close()
    yield from cast("Iterator[Any]", parser.read_events())


def _refuse_endless(depth: int, parts: int) -> None:
    if depth > _DEEP:
        raise Unreadable(
            Text(
                "nests its elements too deep to be a record.",
                "anida sus elementos demasiado para ser un registro.",
            )
        )
    if parts > MAX_COLUMNS:
        raise Unreadable(
            Text(
                "has an element of too many parts to be a record.",
                "tiene un elemento con demasiadas partes para ser un registro.",
            )
        )


def _records(path: Path) -> Iterator[tuple[str, Row]]:
    """Every child of the root, flattened; each is forgotten once it is told."""
    try:
        depth = parts = 0
        root: ET.Element | None = None
        for event, element in _events(path):
            if event == "start":
                depth, parts = depth + 1, parts + 1
                root = element if root is None else root
                _refuse_endless(depth, parts)
                continue
            depth -= 1
            if depth == 1 and root is not None:
                yield _plain(element.tag), _flat(element)
                root.clear()
                parts = 0
    except ET.ParseError as problem:
        line, column = problem.position
        raise Unreadable(
            Text(
                f"is not whole XML ({problem}): export it again.",
                f"no es XML completo (línea {line}, columna {column}): expórtelo de "
                "nuevo.",
            )
        ) from None


def _plain(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def _flat(record: ET.Element) -> Row:
    row: Row = {}
    if "id" in record.attrib:
        row["id"] = record.attrib["id"]
    for child in record:
        _add(row, child, ())
    return row


def _add(row: Row, element: ET.Element, above: tuple[str, ...]) -> None:
    name = _plain(element.tag)
    path = above if name.endswith("Identity") else (*above, name)
    if "ref" in element.attrib:
        _put(row, ".".join((*path, "ref")), element.attrib["ref"])
    if len(element):
        for child in element:
            _add(row, child, path)
    elif element.text and element.text.strip():
        _put(row, ".".join(path), _word(element.text.strip()))


def _put(row: Row, name: str, text: str) -> None:
    row[name] = f"{row[name]};{text}" if name in row else text


def _word(text: str) -> str:
    """What stands behind the `#` of a descriptor; other texts as they are."""
    return text.rpartition("#")[2] if text.startswith("uri://") else text
