"""Why a file cannot be opened: each is said after the file's name, in both languages.

They live together since opening meets them in the middle of other work.
"""

from __future__ import annotations

from evenrise.records.files.limits import MAX_FILES, MAX_LINE
from evenrise.vocabulary.text import Text


EMPTY = Text(
    "is empty: it has no header. Write the column names in it.",
    "está vacío: no tiene encabezado. Escriba en él los nombres de las columnas.",
)
EMPTY_ZIP = Text("is a zip with nothing in it.", "es un zip sin nada dentro.")
NESTED_ZIP = Text(
    "is a zip inside too many zips: unpack it first.",
    "es un zip dentro de demasiados zips: descomprímalo primero.",
)
DAMAGED_ZIP = Text(
    "is a damaged zip: make it again.", "es un zip dañado: hágalo de nuevo."
)
TOO_MANY = Text(
    f"holds more than {MAX_FILES:,} files.",
    f"contiene más de {MAX_FILES:,} archivos.",
)
LOCKED_PART = Text(
    "is locked by a password: make the zip without one.",
    "está bloqueado con una contraseña: haga el zip sin ella.",
)
DAMAGED_PART = Text(
    "is damaged inside its zip: make the zip again.",
    "está dañado dentro de su zip: haga el zip de nuevo.",
)
NESTED_GZIP = Text(
    "is packed too many times: unpack it first.",
    "está comprimido demasiadas veces: descomprímalo primero.",
)
CUT_OFF = Text(
    "is cut off or damaged: copy it again.",
    "está cortado o dañado: cópielo de nuevo.",
)
EMPTY_WORKBOOK = Text(
    "is a workbook with nothing in it.", "es un libro de cálculo sin nada dentro."
)
LONG_LINE = Text(
    f"has a first line longer than {MAX_LINE:,} characters: it is not a table.",
    f"tiene una primera línea de más de {MAX_LINE:,} caracteres: no es una tabla.",
)


def swells(packed: float, most: float) -> Text:
    """It unpacks to far more than it should.

    Args:
        packed: its size in bytes.
        most: the bytes at which unpacking was stopped.
    """
    small, large = f"{packed / 2**20:,.1f} MB", f"{most / 2**20:,.0f} MB"
    return Text(
        f"unpacks to more than {large} from {small}: it was not opened any further.",
        f"se descomprime a más de {large} desde {small}: no se siguió abriendo.",
    )
