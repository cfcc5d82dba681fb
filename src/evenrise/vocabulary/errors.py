"""Errors that a user may meet: one sentence each, never a traceback.

Each family has an exit code, as promised in the command contract:
2 unusable arguments, 3 unusable input (nothing written).
"""

from __future__ import annotations

import errno
import os

from evenrise.vocabulary.text import Language, Text


class EvenriseError(Exception):
    """A sentence for a person: what happened, where, and what to do.

    Floors that do not know their reader give a `Text`. Where the reader is known a
    plain sentence in the reader's language will do; it then stands for both.

    Attributes:
        text: the sentence in both languages.
    """

    exit_code = 1

    def __init__(self, said: Text | str) -> None:
        self.text = said if isinstance(said, Text) else Text(said, said)
        super().__init__(self.text.en)

    def __getitem__(self, language: Language) -> str:
        """The sentence in one language."""
        return self.text[language]


class ArgumentProblem(EvenriseError):  # noqa: N818 - read aloud: "a problem"
    """What was asked for cannot be done as it was asked."""

    exit_code = 2


class InputProblem(EvenriseError):  # noqa: N818 - read aloud: "a problem"
    """A file cannot be used; nothing was written."""

    exit_code = 3


class DefinitionProblem(EvenriseError):  # noqa: N818 - read aloud: "a problem"
    """An author's mistake in a definition, told when the definition is read."""

    exit_code = 2


_SYSTEM = {
    errno.EACCES: "no hay permiso",
    errno.EPERM: "no hay permiso",
    errno.ENOENT: "no existe",
    errno.EEXIST: "ya existe",
    errno.ENOTDIR: "no es una carpeta",
    errno.EISDIR: "es una carpeta",
    errno.ENOTEMPTY: "la carpeta no está vacía",
    errno.ENOSPC: "el disco está lleno",
    errno.EDQUOT: "el disco está lleno",
    errno.EFBIG: "el archivo es demasiado grande",
    errno.EROFS: "el disco es de solo lectura",
    errno.EIO: "el disco falló",
    errno.ELOOP: "hay demasiados enlaces",
    errno.ENAMETOOLONG: "el nombre es demasiado largo",
}


def why_refused(problem: OSError) -> Text:
    """Why the system refused, as part of a sentence."""
    code = problem.errno or 0
    told = problem.strerror or (os.strerror(code) if code else "the system refused")
    return Text(told, _SYSTEM.get(code, f"el sistema se negó (error {code})"))
