"""Errors that a user may meet: one sentence each, never a traceback.

Each family has an exit code, as promised in the command contract:
2 unusable arguments, 3 unusable input (nothing written).
"""

from __future__ import annotations


class EvenriseError(Exception):
    """A sentence for a person: what happened, where, and what to do."""

    exit_code = 1


class ArgumentProblem(EvenriseError):  # noqa: N818 - read aloud: "a problem"
    """What was asked for cannot be done as it was asked."""

    exit_code = 2


class InputProblem(EvenriseError):  # noqa: N818 - read aloud: "a problem"
    """A file cannot be used; nothing was written."""

    exit_code = 3


class DefinitionProblem(EvenriseError):  # noqa: N818 - read aloud: "a problem"
    """An author's mistake in a definition, told when the definition is read."""

    exit_code = 2
