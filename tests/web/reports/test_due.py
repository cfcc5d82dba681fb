"""A start page says which releases wait for whom."""

from __future__ import annotations

from evenrise.workspace.reports import actions
from evenrise.workspace.reports.due import releases_due


def _said(person):
    return [line.words for line in releases_due(person)]


def test_a_release_waits_for_a_second_person_and_not_for_its_author(proposed, cast):
    assert _said(cast["superintendent"]) == ["Read and approve: Figures of the records"]
    assert _said(cast["steward"]) == []
    assert _said(cast["principal"]) == []


def test_what_is_returned_waits_for_its_author(proposed, cast):
    lead = cast["superintendent"]
    actions.send_back(person=lead, release=proposed, reason="A school is missing.")
    assert _said(lead) == []
    assert _said(cast["steward"]) == ["Returned to you: Figures of the records"]
