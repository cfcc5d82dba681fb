"""The table of states and verbs: whole, reachable, and the only way to move."""

from __future__ import annotations

import itertools

import pytest

from evenrise.workspace.data.models import Import
from evenrise.workspace.data.moving import KEPT_FOR, move
from evenrise.workspace.data.reading import PHASES as ALL_PHASES
from evenrise.workspace.data.saying import NotNow
from evenrise.workspace.data.states import AT_WORK, ENDED, MOVES, State, Verb, after
from evenrise.workspace.data.words import PHASES, STATES
from tests.web.conftest import AS_OF


def test_every_state_can_be_reached_and_every_verb_leads_somewhere() -> None:
    reached = {State.WAITING}
    for _ in State:
        reached |= {to for (of, _), to in MOVES.items() if of in reached}
    assert reached == set(State)
    assert {verb for _, verb in MOVES} == set(Verb)


def test_no_state_is_a_trap_and_work_can_always_be_interrupted() -> None:
    for state in State:
        assert any(of is state for of, _ in MOVES), state
    for state in AT_WORK:
        assert after(state, Verb.INTERRUPT) is State.INTERRUPTED
    assert AT_WORK | ENDED | {State.READY} == set(State)
    assert not AT_WORK & ENDED


def test_only_one_state_shows_something_new_and_only_a_yes_leads_there() -> None:
    ways = {(of, verb) for (of, verb), to in MOVES.items() if to is State.CURRENT}
    assert ways == {(State.COMMITTING, Verb.FINISH)}
    ways = {(of, verb) for (of, verb), to in MOVES.items() if to is State.COMMITTING}
    assert ways == {(State.READY, Verb.COMMIT)}


def test_every_state_has_its_words_and_its_files_a_day_to_go() -> None:
    assert set(STATES) == set(State)
    assert set(KEPT_FOR) == ENDED
    assert set(PHASES) == set(ALL_PHASES)


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "verb"), list(itertools.product(State, Verb)))
def test_a_verb_moves_exactly_as_the_table_says(state, verb) -> None:
    one = Import.objects.create(state=state, as_of=AS_OF)
    target = after(state, verb)
    if target is None:
        with pytest.raises(NotNow):
            move(one, verb)
        one.refresh_from_db()
        assert one.state == state
    else:
        assert move(one, verb).state == target
        assert (one.files_until is None) == (target not in ENDED)


@pytest.mark.django_db
def test_of_two_who_move_the_same_row_one_is_too_late() -> None:
    one = Import.objects.create(state=State.READY, as_of=AS_OF)
    other = Import.objects.get(pk=one.pk)
    move(one, Verb.COMMIT)
    with pytest.raises(NotNow):
        move(other, Verb.SET_ASIDE)
    other.refresh_from_db()
    assert other.state == State.COMMITTING
