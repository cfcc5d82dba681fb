"""The table of a release's states is complete; two people stand behind each."""

from __future__ import annotations

import pytest

from evenrise.workspace.people.roles import Right
from evenrise.workspace.reports.states import MOVES, NAMES, State, Verb, move


END = {State.REPLACED, State.WITHDRAWN, State.FAILED}


def test_every_state_is_named_and_reached():
    assert set(NAMES) == set(State)
    reached = {one.target for one in MOVES}
    assert set(State) - reached == {State.PREPARING}


def test_every_state_but_the_last_ones_leads_on():
    leads = {one.source for one in MOVES}
    assert set(State) - leads == END


def test_no_verb_leads_two_ways():
    assert len({(one.source, one.verb) for one in MOVES}) == len(MOVES)


def test_nothing_becomes_public_but_from_an_approval_by_somebody_else():
    assert {one.source for one in MOVES if one.target is State.PUBLIC} == {
        State.APPROVED
    }
    ways = [one for one in MOVES if one.target is State.APPROVED]
    assert ways
    assert all(one.not_the_author for one in ways)
    assert all(one.right is Right.APPROVE_RELEASES for one in ways)


@pytest.mark.parametrize("state", sorted(END))
def test_what_has_ended_stays_ended(state):
    assert all(move(state, verb) is None for verb in Verb)
