"""Editions: heard, then adopted on a later day, amended; and never changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.adopting import (
    adopt,
    amend,
    bring_back,
    close_hearing,
    open_hearing,
    open_hearing_again,
    take_adoption_back,
    withdraw,
)
from evenrise.workspace.plans.actions.making_editions import Vote, Why
from evenrise.workspace.plans.actions.putting import put_content
from evenrise.workspace.plans.content import digest_of, read_content
from evenrise.workspace.plans.models import Department, Edition, Plan, Rung
from evenrise.workspace.plans.queries.content import content_of
from tests.web.plans.a_life import (
    adopted,
    days_ago,
    hearing,
    in_hearing,
    vote,
    work_digest,
)
from tests.web.plans.a_plan import make_plan


pytestmark = pytest.mark.django_db
WHY = Why("Two steps came later.", "Dos pasos llegaron después.")


@pytest.fixture
def plan(cast) -> Plan:
    return make_plan(cast)


@pytest.fixture
def lead(cast) -> Person:
    return cast["superintendent"]


def reword(lead: Person, plan: Plan, title: str = "Attend every day") -> None:
    content = content_of(plan)
    rungs = tuple(
        replace(one, title_en=title) if one.key == "g1" else one
        for one in content.rungs
    )
    put_content(lead, plan=plan, content=replace(content, rungs=rungs))


def test_a_hearing_freezes_what_the_plan_said_without_the_states(plan, lead):
    Rung.objects.filter(plan=plan, key="t1").update(state="done")
    one = in_hearing(lead, plan)
    content = read_content(bytes(one.content))
    assert content == content_of(plan).as_promised()
    assert {rung.state for rung in content.rungs} == {""}
    assert one.digest == digest_of(bytes(one.content))
    assert (one.number, one.state) == (1, "hearing")


def test_what_was_adopted_stays_byte_for_byte(plan, lead, cast):
    one = adopted(lead, plan)
    told = bytes(one.content)
    reword(lead, plan)
    Rung.objects.filter(plan=plan, key="t1").update(state="done", removed_at=None)
    Department.objects.update(name_en="Other", name_es="Otro")
    Person.objects.filter(pk=cast["counselor"].pk).update(email="new@example.org")
    amend(lead, plan=plan, why=WHY, vote=vote(), digest=work_digest(plan))
    Rung.objects.filter(plan=plan).delete()
    again = Edition.objects.get(pk=one.pk)
    assert bytes(again.content) == told
    assert digest_of(bytes(again.content)) == again.digest
    assert again.state == "replaced"


def test_the_vote_comes_on_a_later_day_than_the_hearing(plan, lead):
    one = open_hearing(
        lead, plan=plan, hearing=hearing(ago=0), digest=work_digest(plan)
    )
    with pytest.raises(Overtaken):  # still open
        adopt(lead, edition=one.pk, vote=vote(), digest=one.digest)
    close_hearing(lead, edition=one.pk)
    with pytest.raises(InputProblem, match="later day"):
        adopt(lead, edition=one.pk, vote=vote(), digest=one.digest)
    with pytest.raises(InputProblem, match="not come"):
        adopt(lead, edition=one.pk, vote=vote(ago=-1), digest=one.digest)


@pytest.mark.parametrize(("yes", "no"), [(2, 3), (2, 2), (0, 0), (-1, -2)])
def test_a_vote_without_more_for_than_against_adopts_nothing(plan, lead, yes, no):
    one = in_hearing(lead, plan)
    close_hearing(lead, edition=one.pk)
    with pytest.raises(InputProblem):
        adopt(lead, edition=one.pk, vote=vote(yes=yes, no=no), digest=one.digest)
    assert Edition.objects.get().state == "heard"


def test_changes_after_the_hearing_make_a_further_edition(plan, lead):
    heard = in_hearing(lead, plan)
    close_hearing(lead, edition=heard.pk)
    reword(lead, plan)
    with pytest.raises(Overtaken):
        adopt(lead, edition=heard.pk, vote=vote(), digest="0" * 64)
    one = adopt(lead, edition=heard.pk, vote=vote(), digest=work_digest(plan))
    heard.refresh_from_db()
    assert (heard.state, one.state, one.number) == ("replaced", "adopted", 2)
    assert read_content(bytes(one.content)).rung("g1").title_en == "Attend every day"
    assert one.hearing_on == heard.hearing_on
    assert (one.votes_yes, one.votes_no, one.votes_abstain) == (5, 1, 1)


def test_only_what_the_person_saw_is_opened(plan, lead):
    seen = work_digest(plan)
    reword(lead, plan)
    with pytest.raises(Overtaken):
        open_hearing(lead, plan=plan, hearing=hearing(), digest=seen)


def test_one_hearing_at_a_time_and_one_that_has_a_goal(plan, lead):
    in_hearing(lead, plan)
    with pytest.raises(InputProblem, match="open already"):
        in_hearing(lead, plan)
    empty = Plan.objects.create(
        slug="empty", kind="district", begins_year=2026, ends_year=2026, made_by=lead
    )
    with pytest.raises(InputProblem, match="no goal"):
        in_hearing(lead, empty)


def test_an_amendment_by_hearing_says_why_and_replaces(plan, lead):
    first = adopted(lead, plan)
    reword(lead, plan)
    with pytest.raises(InputProblem, match="amendment"):
        in_hearing(lead, plan)
    one = open_hearing(
        lead, plan=plan, hearing=hearing(ago=2), digest=work_digest(plan), why=WHY
    )
    assert one.amends == first
    first.refresh_from_db()
    assert first.state == "adopted"  # until the vote
    close_hearing(lead, edition=one.pk)
    adopt(lead, edition=one.pk, vote=vote(), digest=one.digest)
    first.refresh_from_db()
    assert first.state == "replaced"


def test_an_amendment_by_vote_alone(plan, lead):
    with pytest.raises(InputProblem, match="No edition"):
        amend(lead, plan=plan, why=WHY, vote=vote(), digest=work_digest(plan))
    adopted(lead, plan, ago=3)
    with pytest.raises(InputProblem, match="nothing to amend"):
        amend(lead, plan=plan, why=WHY, vote=vote(), digest=work_digest(plan))
    reword(lead, plan)
    seen = work_digest(plan)
    with pytest.raises(InputProblem, match="English and in Spanish"):
        amend(lead, plan=plan, why=Why("Only", ""), vote=vote(), digest=seen)
    with pytest.raises(InputProblem, match="after the one"):
        amend(lead, plan=plan, why=WHY, vote=vote(ago=4), digest=seen)
    made = amend(lead, plan=plan, why=WHY, vote=vote(), digest=seen)
    assert made.hearing_on is None
    assert made.state == "adopted"


def test_a_vote_recorded_by_mistake_is_taken_back_within_a_day(plan, lead):
    first = adopted(lead, plan)
    reword(lead, plan)
    second = amend(lead, plan=plan, why=WHY, vote=vote(), digest=work_digest(plan))
    take_adoption_back(lead, edition=second.pk)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("adopted", "withdrawn")
    assert second.adopted_on is None
    take_adoption_back(lead, edition=first.pk)
    first.refresh_from_db()
    assert (first.state, first.votes_yes) == ("heard", None)
    again = adopt(lead, edition=first.pk, vote=vote(), digest=first.digest)
    LogEntry.objects.filter(verb="plans.adopt").update(
        at=timezone.now() - dt.timedelta(days=2)
    )
    with pytest.raises(InputProblem, match="day ago"):
        take_adoption_back(lead, edition=again.pk)


def test_undo_of_closing_and_of_withdrawing(plan, lead):
    one = in_hearing(lead, plan)
    close_hearing(lead, edition=one.pk)
    assert open_hearing_again(lead, edition=one.pk).state == "hearing"
    assert withdraw(lead, edition=one.pk).state == "withdrawn"
    assert bring_back(lead, edition=one.pk).state == "hearing"
    withdraw(lead, edition=one.pk)
    in_hearing(lead, plan)
    with pytest.raises(InputProblem, match="later edition"):
        bring_back(lead, edition=one.pk)


def test_a_hearing_that_has_not_come_is_not_closed(plan, lead):
    one = open_hearing(
        lead, plan=plan, hearing=hearing(ago=-3), digest=work_digest(plan)
    )
    with pytest.raises(InputProblem, match="not come"):
        close_hearing(lead, edition=one.pk)


@pytest.mark.parametrize("role", ["cabinet", "principal", "teacher", "board"])
def test_only_who_may_adopt(plan, lead, cast, role):
    one = in_hearing(lead, plan)
    deeds = [
        lambda who: close_hearing(who, edition=one.pk),
        lambda who: withdraw(who, edition=one.pk),
        lambda who: in_hearing(who, plan),
        lambda who: adopt(who, edition=one.pk, vote=vote(), digest=one.digest),
        lambda who: amend(
            who, plan=plan, why=WHY, vote=vote(), digest=work_digest(plan)
        ),
    ]
    for deed in deeds:
        with pytest.raises(NotYours):
            deed(cast[role])
    with pytest.raises(NotYours):
        close_hearing(lead, edition=0)


def test_a_vote_is_checked_before_anything_is_looked_up():
    with pytest.raises(InputProblem):
        Vote(on=days_ago(0), yes=1, no=0, absent=-1).check()
