"""What can become of an import: one table of states and verbs.

    waiting > reading > ready > committing > current
                 |        |         |           |
              refused  set aside  interrupted  undone

A verb that the table does not allow in a state is refused in one sentence. Tests walk
the whole table.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where an import stands."""

    WAITING = "waiting"  # its files are on the disk; nobody reads them yet
    READING = "reading"  # being recognised, checked, compared; pages are prepared
    READY = "ready"  # a person looks at the difference
    COMMITTING = "committing"  # a person said yes; it is being made current
    CURRENT = "current"  # it was brought in (and stands, until the next one)
    REFUSED = "refused"  # nothing could be used, or not safely
    SET_ASIDE = "set_aside"  # a person did not want it
    UNDONE = "undone"  # it was brought in, and the snapshot before was put back
    INTERRUPTED = "interrupted"  # whoever worked on it ended in the middle


class Verb(StrEnum):
    """What may happen to an import; the first four by the program, others by people."""

    READ = "read"
    OFFER = "offer"  # all is read: show the difference
    REFUSE = "refuse"
    INTERRUPT = "interrupt"
    FINISH = "finish"  # it is current now
    RETURN = "return"  # it could not be made current; a person looks again
    COMMIT = "commit"
    SET_ASIDE = "set_aside"
    BEGIN_AGAIN = "begin_again"
    UNDO = "undo"


MOVES: dict[tuple[State, Verb], State] = {
    (State.WAITING, Verb.READ): State.READING,
    (State.WAITING, Verb.SET_ASIDE): State.SET_ASIDE,
    (State.WAITING, Verb.INTERRUPT): State.INTERRUPTED,
    (State.READING, Verb.OFFER): State.READY,
    (State.READING, Verb.REFUSE): State.REFUSED,
    (State.READING, Verb.SET_ASIDE): State.SET_ASIDE,
    (State.READING, Verb.INTERRUPT): State.INTERRUPTED,
    (State.READY, Verb.COMMIT): State.COMMITTING,
    (State.READY, Verb.SET_ASIDE): State.SET_ASIDE,
    (State.READY, Verb.BEGIN_AGAIN): State.WAITING,
    (State.COMMITTING, Verb.FINISH): State.CURRENT,
    (State.COMMITTING, Verb.RETURN): State.READY,
    (State.COMMITTING, Verb.INTERRUPT): State.INTERRUPTED,
    (State.CURRENT, Verb.UNDO): State.UNDONE,
    (State.REFUSED, Verb.BEGIN_AGAIN): State.WAITING,
    (State.REFUSED, Verb.SET_ASIDE): State.SET_ASIDE,
    (State.SET_ASIDE, Verb.BEGIN_AGAIN): State.WAITING,
    (State.UNDONE, Verb.BEGIN_AGAIN): State.WAITING,
    (State.INTERRUPTED, Verb.BEGIN_AGAIN): State.WAITING,
    (State.INTERRUPTED, Verb.SET_ASIDE): State.SET_ASIDE,
}
AT_WORK = frozenset({State.WAITING, State.READING, State.COMMITTING})
ENDED = frozenset(
    {
        State.CURRENT,
        State.REFUSED,
        State.SET_ASIDE,
        State.UNDONE,
        State.INTERRUPTED,
    }
)


def after(state: State, verb: Verb) -> State | None:
    """The state that a verb leads to; None when it is not allowed."""
    return MOVES.get((state, verb))


def sources(verb: Verb) -> tuple[State, ...]:
    """The states in which a verb is allowed."""
    return tuple(state for state, allowed in MOVES if allowed is verb)
