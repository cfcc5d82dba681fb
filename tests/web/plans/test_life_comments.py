"""Comments: heard, read by a person, counted; names stay private."""

from __future__ import annotations

import pytest

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.plans.actions import commenting
from evenrise.workspace.plans.actions.adopting import close_hearing
from evenrise.workspace.plans.actions.commenting import (
    CommentWritten,
    accept_comment,
    enter_comment,
    hear_comment,
    read_again,
    refuse_comment,
    takes_comments,
)
from evenrise.workspace.plans.models import Edition
from tests.web.plans.a_life import days_ago, in_hearing
from tests.web.plans.a_plan import make_plan


pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cast) -> Edition:
    return in_hearing(cast["superintendent"], make_plan(cast))


def test_a_public_comment_waits_until_a_person_read_it(cast, edition):
    one = hear_comment(
        edition=edition,
        text="  Los autobuses llegan tarde.  ",
        language="es",
        name="Rosa",
        reach="555-0100",
        rung_key="g1",
    )
    assert (one.text, one.accepted_at) == ("Los autobuses llegan tarde.", None)
    assert one.entered_by is None
    cabinet = cast["cabinet"]
    accept_comment(cabinet, comment=one.pk, public_text="Un autobús llega tarde.")
    one.refresh_from_db()
    assert one.accepted_at is not None
    refuse_comment(cabinet, comment=one.pk, why="It names a child.")
    one.refresh_from_db()
    assert (one.accepted_at, one.refused_why) == (None, "It names a child.")
    read_again(cabinet, comment=one.pk)
    one.refresh_from_db()
    assert (one.refused_at, one.refused_why) == (None, "")
    told = str(list(LogEntry.objects.values("about_key", "details", "person_name")))
    assert "Rosa" not in told
    assert "555" not in told


@pytest.mark.parametrize(
    ("text", "language", "rung_key"),
    [("  ", "en", ""), ("x" * 4_001, "en", ""), ("Hi", "xx", ""), ("Hi", "en", "zz")],
)
def test_what_says_nothing_or_too_much_is_refused(edition, text, language, rung_key):
    with pytest.raises(InputProblem):
        hear_comment(edition=edition, text=text, language=language, rung_key=rung_key)


def test_comments_are_taken_until_the_day_and_not_after_closing(cast, edition):
    assert edition.hearing_until is not None
    assert takes_comments(edition, edition.hearing_until)
    assert not takes_comments(edition, days_ago(-60))
    closed = close_hearing(cast["superintendent"], edition=edition.pk)
    with pytest.raises(InputProblem, match="not taken"):
        hear_comment(edition=closed, text="Late", language="en")


def test_a_flood_is_stopped(edition, monkeypatch):
    monkeypatch.setattr(commenting, "MOST_WAITING", 2)
    for _ in range(2):
        hear_comment(edition=edition, text="More buses", language="en")
    with pytest.raises(InputProblem, match="wait"):
        hear_comment(edition=edition, text="More buses", language="en")


def test_what_was_said_at_a_meeting_counts_at_once(cast, edition):
    written = CommentWritten(
        text="More tutors", language="en", heard_by="meeting", said_on=days_ago(3)
    )
    one = enter_comment(cast["cabinet"], edition=edition, written=written)
    assert one.accepted_at is not None
    assert one.entered_by == cast["cabinet"]
    for role in ("principal", "teacher", "board"):
        with pytest.raises(NotYours):
            enter_comment(cast[role], edition=edition, written=written)
        with pytest.raises(NotYours):
            refuse_comment(cast[role], comment=one.pk, why="No")
    with pytest.raises(InputProblem, match="Say why"):
        refuse_comment(cast["cabinet"], comment=one.pk, why=" ")


def test_what_stands_on_a_comment_holds_the_words_that_may_be_shown(cast, edition):
    lead, plan = cast["superintendent"], edition.plan
    one = hear_comment(edition=edition, text="Ana waits.", language="en")
    accept_comment(lead, comment=one.pk)
    rung = plan.rungs.get(key="s1")
    link = rung.links.create(
        kind="comment", key=str(one.pk), headline_en="Ana waits.", by=lead
    )
    before = plan.version
    accept_comment(lead, comment=one.pk, public_text="A student waits.")
    link.refresh_from_db()
    plan.refresh_from_db()
    assert link.headline_en == "A student waits."
    assert plan.version == before + 1
    refuse_comment(lead, comment=one.pk, why="It was sent twice.")
    link.refresh_from_db()
    assert (link.headline_en, link.headline_es) == ("", "")
