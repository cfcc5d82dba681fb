"""Problems of this room that a person may meet, said in both languages."""

from __future__ import annotations

from evenrise.vocabulary.errors import EvenriseError, InputProblem
from evenrise.vocabulary.text import Text


class Said(InputProblem):
    """A problem of this room: the page that was asked for can say it itself."""


class NotNow(Said):
    """A verb came too late: the import is in another state by now."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "This import has moved on meanwhile. Look again: nothing was changed.",
                "Esta importación ya avanzó mientras tanto. Vuelva a mirar: no se "
                "cambió nada.",
            )
        )


class BaseChanged(Said):
    """Somebody brought in files since the difference was made."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Somebody brought in files meanwhile, so this difference is no longer "
                "right. Read the files again and look again.",
                "Alguien incorporó archivos mientras tanto y esta diferencia ya no es "
                "correcta. Lea de nuevo los archivos y vuelva a mirar.",
            )
        )


class AtWork(Said):
    """Files are being read or brought in at this moment."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Files are being brought in at this moment. Nothing was changed: try "
                "again in a few minutes.",
                "En este momento se están incorporando archivos. No se cambió nada: "
                "pruebe de nuevo en unos minutos.",
            )
        )


FAULT = Text(
    "A fault of ours stopped this, not your files. Nothing was changed. Begin again, "
    "and tell whoever looks after this server.",
    "Un error nuestro detuvo esto; no es culpa de sus archivos. No se cambió nada. "
    "Empiece de nuevo y avise a quien cuida este servidor.",
)


def sentences(problem: EvenriseError) -> dict[str, str]:
    """A problem as an import keeps it."""
    return {"problem": problem.text.en, "problem_es": problem.text.es}


def fault() -> dict[str, str]:
    """A fault of ours as an import keeps it."""
    return {"problem": FAULT.en, "problem_es": FAULT.es}
