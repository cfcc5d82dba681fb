"""Opens the parts of an XLSX or DOCX without trusting any of them.

Sizes are counted while unpacking and what a file says of itself is not believed.
Macros and declarations of XML entities are refused before anything is parsed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from evenrise.workspace.plans.exchange.problems import MOST_UNPACKED, unreadable


_MOST_PARTS = 2_000
_BLOCK = 1 << 20
_MOST_TAGS = 4_000_000  # of one part; a tree of them takes about half a gigabyte
_XML = (".xml", ".rels")
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MACROS = re.compile(r"vbaproject|/activex/|macrosheets/|\.bin$", re.IGNORECASE)
_HARMLESS = re.compile(r"printersettings\d*\.bin$", re.IGNORECASE)


def unpack(data: bytes) -> Mapping[str, bytes]:
    """The XML parts of a packed document, by name; pictures are left packed.

    Raises:
        InputProblem: when it is damaged, locked, too large, or holds macros or
            declarations.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _parts(packed)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
        OSError, ValueError,
    ):  # fmt: skip
        raise unreadable(
            "The file is damaged or locked by a password: save it again without one.",
            "El archivo está dañado o bloqueado con contraseña: guárdelo de nuevo sin "
            "ella.",
        ) from None


def _parts(packed: zipfile.ZipFile) -> Mapping[str, bytes]:
    infos = packed.infolist()
    if len(infos) > _MOST_PARTS:
        raise _too_large()
    left = MOST_UNPACKED
    found: dict[str, bytes] = {}
    for info in infos:
        name = info.filename
        if _MACROS.search(name) and not _HARMLESS.search(name):
            raise unreadable(
                "The file holds macros: save it as a plain .xlsx or .docx.",
                "El archivo contiene macros: guárdelo como .xlsx o .docx sencillo.",
            )
        if name.lower().endswith(_XML):
            found[name] = _part(packed, info, left)
            left -= len(found[name])
    return found


def _part(packed: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    out = io.BytesIO()
    with packed.open(info) as stream:
        while block := stream.read(_BLOCK):
            out.write(block)
            if out.tell() > left:
                raise _too_large()
    part = out.getvalue()
    # Another encoding could hide a declaration from the search below.
    if b"\0" in part[:64] or _DECLARES.search(part):
        raise unreadable(
            "The file declares XML of its own, which no spreadsheet or word processor "
            "does: save it again there.",
            "El archivo declara XML propio, cosa que ninguna hoja de cálculo ni "
            "procesador de texto hace: guárdelo de nuevo con uno.",
        )
    return part


def _too_large() -> Exception:
    return unreadable(
        f"The file unpacks to more than {MOST_UNPACKED // 2**20} MB, far more than a "
        "plan: it was not opened any further.",
        f"El archivo se descomprime a más de {MOST_UNPACKED // 2**20} MB, mucho más "
        "que un plan: no se siguió abriendo.",
    )


def tree_of(part: bytes) -> ET.Element:
    """The tree of an XML part; declarations were refused by `unpack`.

    Raises:
        InputProblem: when it is not well-formed.
    """
    if part.count(b"<") > _MOST_TAGS:
        raise _too_large()
    try:
        return ET.fromstring(part)  # noqa: S314 - no part with a declaration gets here
    except (ET.ParseError, ValueError, LookupError):
        raise unreadable(
            "The file is damaged inside: open it and save it again.",
            "El archivo está dañado por dentro: ábralo y guárdelo de nuevo.",
        ) from None
