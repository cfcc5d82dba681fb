"""What is wrong with a file of a plan, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Text


Telling = Callable[[float], None]
MOST_BYTES = 12 * 2**20  # of one file
MOST_UNPACKED = 120 * 2**20  # bytes in all parts of an XLSX or DOCX
MOST_ROWS = 20_000
MOST_PROBLEMS = 500  # told; more of them help nobody
LONGEST = 100_000  # letters of one text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was not taken, or that a person should know.

    Attributes:
        where: sheet, row and column in both languages; the same words in a DOCX.
        said: what is wrong and what to do.
        refused: whether a row or a cell was not taken; else it is a remark.
    """

    where: Text
    said: Text
    refused: bool = True

    def as_dict(self) -> dict[str, object]:
        """The shape that is kept with the file."""
        return {
            "where": self.where.en,
            "where_es": self.where.es,
            "en": self.said.en,
            "es": self.said.es,
            "refused": self.refused,
        }


class Wrong(Exception):  # noqa: N818 - "wrong" is what a cell is
    """A cell cannot be taken; the sentence says why."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.en)
        self.said = said


def at_row(sheet: Text | None, row: int, column: Text | None = None) -> Text:
    """Where a problem is: "Steps, row 12, Ends on"."""
    en, es = f"row {row}", f"fila {row}"
    if sheet is not None:
        en, es = f"{sheet.en}, {en}", f"{sheet.es}, {es}"
    if column is not None:
        en, es = f"{en}, {column.en}", f"{es}, {column.es}"
    return Text(en[:1].upper() + en[1:], es[:1].upper() + es[1:])


def unreadable(en: str, es: str) -> InputProblem:
    """A file that cannot be read at all."""
    return InputProblem(Text(en, es))


def check_size(data: bytes) -> None:
    """Refuse what is empty or too large.

    Raises:
        InputProblem: when the file is either.
    """
    if not data:
        raise unreadable(
            "The file is empty: save it again, and bring that.",
            "El archivo está vacío: guárdelo de nuevo y tráigalo.",
        )
    if len(data) > MOST_BYTES:
        raise unreadable(
            f"The file is larger than {MOST_BYTES // 2**20} MB, far more than a plan "
            "needs: take pictures out of it and save it again.",
            f"El archivo pasa de {MOST_BYTES // 2**20} MB, mucho más de lo que un plan "
            "necesita: quítele las imágenes y guárdelo de nuevo.",
        )


def silent(_done: float) -> None:
    """Nobody asked how far it is."""
