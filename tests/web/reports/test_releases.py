"""Two people stand behind whatever becomes public; an edit takes approvals away."""

from __future__ import annotations

import csv
import io

import pytest

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.reports import actions, releasing
from evenrise.workspace.reports.models import Release
from evenrise.workspace.reports.queries import editions
from evenrise.workspace.reports.states import State


def test_the_author_cannot_approve(proposed, cast):
    with pytest.raises(InputProblem, match="cannot approve"):
        actions.approve(
            person=cast["steward"], release=proposed, content=proposed.content
        )
    proposed.refresh_from_db()
    assert proposed.state == State.PROPOSED


def test_somebody_without_the_right_cannot_approve(proposed, cast):
    with pytest.raises(InputProblem, match="somebody else's"):
        actions.approve(
            person=cast["principal"], release=proposed, content=proposed.content
        )


def test_nobody_approves_what_they_did_not_read(proposed, cast):
    with pytest.raises(InputProblem, match="changed since you read"):
        actions.approve(
            person=cast["superintendent"], release=proposed, content="another"
        )


def test_without_an_approval_nothing_is_public(proposed, cast):
    with pytest.raises(InputProblem):
        releasing.publish_figures(person=cast["superintendent"], release=proposed)
    assert releasing.public_pages() is None


def test_an_approved_release_is_public_and_in_the_ledger(released):
    assert released.state == State.PUBLIC
    assert len(releasing.ledger().releases()) == 1
    releasing.ledger().check()
    verbs = set(LogEntry.objects.values_list("verb", flat=True))
    assert {
        "reports.propose_figures",
        "reports.approve",
        "reports.make_public",
    } <= verbs


def test_what_is_public_is_protected_and_exactly_what_was_read(released, public_place):
    told = (public_place / released.file / "facts.csv").read_text()
    pages = releasing.pages_of_release(released)
    assert pages.facts_count
    rows = list(csv.DictReader(io.StringIO(told)))
    hidden = [row for row in rows if row["status"] == "suppressed"]
    assert 0 < len(hidden) < len(rows)
    assert not any(row["numerator"] or row["value"] for row in hidden)


def test_figures_prepared_beside_an_older_ledger_are_prepared_anew(released, cast):
    other = actions.propose_figures(person=cast["steward"])
    releasing.prepare_figures.call(other.pk)
    other.refresh_from_db()
    Release.objects.filter(pk=other.pk).update(beside=0)
    other.refresh_from_db()
    lead = cast["superintendent"]
    actions.approve(person=lead, release=other, content=other.content)
    with pytest.raises(InputProblem, match="prepared anew"):
        releasing.publish_figures(person=lead, release=other)
    other.refresh_from_db()
    assert other.state != State.PUBLIC
    released.refresh_from_db()
    assert released.state == State.PUBLIC


def test_a_second_release_of_the_same_records_says_the_same(
    released, cast, public_place
):
    again = actions.propose_figures(person=cast["steward"])
    releasing.prepare_figures.call(again.pk)
    again.refresh_from_db()
    first = (public_place / released.file / "facts.csv").read_bytes()
    assert (public_place / again.file / "facts.csv").read_bytes() == first


def test_a_briefing_needs_both_languages(briefing, cast):
    with pytest.raises(InputProblem, match="Spanish edition"):
        actions.propose_briefing(person=cast["steward"], briefing=briefing)


def _in_spanish(briefing, person, title="¿Quién falta a clases?"):
    return actions.edit_edition(
        person=person,
        briefing=briefing,
        language="es",
        words=actions.Words(title=title),
        seen_version=0,
        follows_other=True,
    )


def test_an_edit_takes_the_approvals_away(briefing, cast):
    _in_spanish(briefing, cast["steward"])
    release = actions.propose_briefing(person=cast["steward"], briefing=briefing)
    lead = cast["superintendent"]
    actions.approve(person=lead, release=release, content=release.content)
    actions.edit_edition(
        person=cast["steward"],
        briefing=briefing,
        language="en",
        words=actions.Words(title="Who misses school, and where?"),
        seen_version=1,
        follows_other=False,
    )
    release.refresh_from_db()
    assert release.state == State.PROPOSED
    assert not release.approvals.filter(taken_away_at__isnull=True).exists()
    with pytest.raises(InputProblem):
        actions.make_public(person=lead, release=release)


def test_whoever_wrote_a_word_cannot_approve(briefing, cast):
    _in_spanish(briefing, cast["superintendent"])
    release = actions.propose_briefing(person=cast["steward"], briefing=briefing)
    with pytest.raises(InputProblem, match="cannot approve"):
        actions.approve(
            person=cast["superintendent"], release=release, content=release.content
        )


def test_an_older_translation_is_stale_until_somebody_says_it_follows(briefing, cast):
    _in_spanish(briefing, cast["cabinet"])
    assert not editions(briefing)["es"].is_stale
    actions.edit_edition(
        person=cast["steward"],
        briefing=briefing,
        language="en",
        words=actions.Words(title="Who misses school now?"),
        seen_version=1,
        follows_other=False,
    )
    assert editions(briefing)["es"].is_stale
    actions.edit_edition(
        person=cast["cabinet"],
        briefing=briefing,
        language="es",
        words=actions.Words(title="¿Quién falta ahora?"),
        seen_version=1,
        follows_other=True,
    )
    assert not editions(briefing)["es"].is_stale
    assert not editions(briefing)["en"].is_stale


def test_two_writers_do_not_overwrite_each_other(briefing, cast):
    words = actions.Words(title="One")
    common = {"briefing": briefing, "language": "en", "follows_other": False}
    actions.edit_edition(person=cast["steward"], words=words, seen_version=1, **common)
    with pytest.raises(InputProblem, match="Somebody else changed"):
        actions.edit_edition(
            person=cast["cabinet"], words=words, seen_version=1, **common
        )


def test_a_withdrawn_release_is_not_read_any_more(released, cast, client):
    assert client.get("/en/").status_code == 200
    actions.withdraw(
        person=cast["superintendent"], release=released, reason="A wrong file."
    )
    assert client.get("/en/").status_code == 404
    assert client.get("/feeds/facts.csv").status_code == 404
