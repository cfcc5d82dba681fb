"""The states of a release, who may move it on, and where to. One table.

A test proves the table complete; the manual draws it. Two people stand behind
everything that becomes public: whoever proposed never approves, and an edit takes the
approvals away.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evenrise.vocabulary.text import Text
from evenrise.workspace.people.roles import Right


class State(StrEnum):
    """Where a release stands."""

    PREPARING = "preparing"  # its figures are being protected and laid out
    PROPOSED = "proposed"  # whole; waits for a second person
    RETURNED = "returned"  # the second person asked for something
    APPROVED = "approved"  # may be made public
    PUBLIC = "public"  # everybody reads it
    REPLACED = "replaced"  # a later release took its place
    WITHDRAWN = "withdrawn"  # taken back, with a reason
    FAILED = "failed"  # could not be prepared, with the reason


class Verb(StrEnum):
    """What moves a release on."""

    PREPARED = "prepared"
    FAIL = "fail"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    REPLACE = "replace"
    WITHDRAW = "withdraw"
    RESET = "reset"  # an edit, or another release, took the approval away


@dataclass(frozen=True, slots=True)
class Move:
    """One move: from where to where, by whom (no right: by the work itself).

    `not_the_author`: the person must be somebody else than who proposed it.
    """

    verb: Verb
    source: State
    target: State
    right: Right | None = None
    not_the_author: bool = False


MOVES: tuple[Move, ...] = (
    Move(Verb.PREPARED, State.PREPARING, State.PROPOSED),
    Move(Verb.FAIL, State.PREPARING, State.FAILED),
    Move(
        Verb.APPROVE,
        State.PROPOSED,
        State.APPROVED,
        Right.APPROVE_RELEASES,
        not_the_author=True,
    ),
    Move(
        Verb.RETURN,
        State.PROPOSED,
        State.RETURNED,
        Right.APPROVE_RELEASES,
        not_the_author=True,
    ),
    Move(Verb.PUBLISH, State.APPROVED, State.PUBLIC, Right.APPROVE_RELEASES),
    Move(Verb.RESET, State.APPROVED, State.PROPOSED),
    Move(Verb.RESET, State.PROPOSED, State.PROPOSED),
    Move(Verb.RESET, State.RETURNED, State.PROPOSED),
    Move(Verb.REPLACE, State.PUBLIC, State.REPLACED),
    Move(Verb.WITHDRAW, State.PUBLIC, State.WITHDRAWN, Right.APPROVE_RELEASES),
    Move(Verb.WITHDRAW, State.PROPOSED, State.WITHDRAWN, Right.WRITE_BRIEFINGS),
    Move(Verb.WITHDRAW, State.RETURNED, State.WITHDRAWN, Right.WRITE_BRIEFINGS),
    Move(Verb.WITHDRAW, State.APPROVED, State.WITHDRAWN, Right.APPROVE_RELEASES),
)
NAMES: dict[State, Text] = {
    State.PREPARING: Text("being prepared", "en preparación"),
    State.PROPOSED: Text("waits for a second person", "espera a otra persona"),
    State.RETURNED: Text("returned", "devuelta"),
    State.APPROVED: Text("approved", "aprobada"),
    State.PUBLIC: Text("public", "pública"),
    State.REPLACED: Text("replaced by a later one", "reemplazada por otra posterior"),
    State.WITHDRAWN: Text("withdrawn", "retirada"),
    State.FAILED: Text("could not be prepared", "no se pudo preparar"),
}


def move(source: State, verb: Verb) -> Move | None:
    """The move of a verb from a state, or None when there is none."""
    for one in MOVES:
        if one.source is source and one.verb is verb:
            return one
    return None
