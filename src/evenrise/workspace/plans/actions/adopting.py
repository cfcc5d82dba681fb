"""Verbs of an edition: opened for hearing, closed, adopted, amended, withdrawn.

The content of an edition is written once, when it is made; nothing here changes it. A
hearing comes before an adoption on a later day (California Education Code 52062(b)).
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import record
from evenrise.workspace.insights.problems import Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.making_editions import (
    NO_WHY,
    Hearing,
    Vote,
    Why,
    about,
    locked_plan,
    make,
    own_edition,
    promised_bytes,
    put_state,
)
from evenrise.workspace.plans.content import digest_of
from evenrise.workspace.plans.models import Edition, EditionState, Plan
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.queries.votes import may_be_taken_back, recorded


def open_hearing(
    person: Person, *, plan: Plan, hearing: Hearing, digest: str, why: Why = NO_WHY
) -> Edition:
    """Freeze what the plan says now, and open it for the public to be heard.

    Args:
        person: who may adopt the plan.
        plan: in work.
        hearing: where and when.
        digest: of the content that the person saw.
        why: what it changes and for what, where an adopted edition stands already.

    Raises:
        NotYours: when the person may not.
        Overtaken: when the plan changed since the person saw it.
        InputProblem: when there is nothing to hear, or a hearing is open already.
    """
    with transaction.atomic():
        locked = locked_plan(person, plan)
        adopted = locked.editions.filter(state=EditionState.ADOPTED).first()
        if adopted is not None:
            why.check()
        _check_hearing(locked, hearing)
        told = promised_bytes(locked)
        if digest_of(told) != digest:
            raise Overtaken
        if not any(one.kind == "goal" for one in content_of(locked).rungs):
            raise InputProblem(
                _("The plan has no goal yet: there is nothing to be heard.")
            )
        made = make(
            person,
            locked,
            told,
            state=EditionState.HEARING,
            amends=adopted,
            why=why,
            hearing=hearing,
        )
        record(person, "plans.open_hearing", about(made), number=made.number)
    return made


def _check_hearing(plan: Plan, hearing: Hearing) -> None:
    if plan.editions.filter(state=EditionState.HEARING).exists():
        raise InputProblem(
            _("A hearing of this plan is open already; close or withdraw it first.")
        )
    if hearing.until < hearing.on:
        raise InputProblem(_("Comments are taken at least until the day of hearing."))
    if not (hearing.place_en.strip() and hearing.place_es.strip()):
        raise InputProblem(
            _("Say in English and in Spanish where the public is heard.")
        )


def close_hearing(person: Person, *, edition: int) -> Edition:
    """No more comments from the public site; the vote may come, on a later day.

    Raises:
        InputProblem: before the day of the hearing.
    """
    with transaction.atomic():
        one = own_edition(person, edition, EditionState.HEARING)
        if one.hearing_on and one.hearing_on > timezone.localdate():
            raise InputProblem(
                _("The day of the hearing has not come yet; withdraw it instead.")
            )
        put_state(one, EditionState.HEARD)
        record(person, "plans.close_hearing", about(one), number=one.number)
    return one


def open_hearing_again(person: Person, *, edition: int) -> Edition:
    """Undo the closing: comments are taken again until their day.

    Raises:
        InputProblem: when another hearing of the plan was opened meanwhile.
    """
    with transaction.atomic():
        one = own_edition(person, edition, EditionState.HEARD)
        if one.plan.editions.filter(number__gt=one.number).exists():
            raise InputProblem(_("A later edition is there already."))
        put_state(one, EditionState.HEARING)
        record(person, "plans.open_hearing_again", about(one), number=one.number)
    return one


def withdraw(person: Person, *, edition: int) -> Edition:
    """Take an edition back that was not adopted; its comments stay."""
    with transaction.atomic():
        one = own_edition(person, edition, EditionState.HEARING, EditionState.HEARD)
        put_state(one, EditionState.WITHDRAWN)
        record(person, "plans.withdraw", about(one), number=one.number)
    return one


def bring_back(person: Person, *, edition: int) -> Edition:
    """Undo a withdrawal: the edition was heard, and may be opened again.

    Raises:
        InputProblem: when a later edition is there already.
    """
    with transaction.atomic():
        one = own_edition(person, edition, EditionState.WITHDRAWN)
        if one.plan.editions.filter(number__gt=one.number).exists():
            raise InputProblem(_("A later edition is there already."))
        open_still = one.hearing_until and one.hearing_until >= timezone.localdate()
        put_state(one, EditionState.HEARING if open_still else EditionState.HEARD)
        record(person, "plans.bring_back", about(one), number=one.number)
    return one


def adopt(person: Person, *, edition: int, vote: Vote, digest: str) -> Edition:
    """Record that the board adopted the plan.

    Where the board adopted what was heard, the heard edition itself is adopted; where
    the plan was changed after the hearing, a further edition is made of it, and the
    difference stays readable.

    Args:
        person: who records it.
        edition: that was heard.
        vote: of the board, on a later day than the hearing.
        digest: of what was adopted, as the person saw it: the heard edition's, or that
            of the plan in work with its changes.

    Raises:
        Overtaken: when neither says that any more.
        InputProblem: when the vote adopts nothing, or comes too early.
    """
    vote.check()
    with transaction.atomic():
        heard = own_edition(person, edition, EditionState.HEARD)
        if heard.hearing_on is None or vote.on <= heard.hearing_on:
            raise InputProblem(
                _(
                    "The vote comes on a later day than the hearing (Education Code "
                    "52062)."
                )
            )
        _check_latest(heard)
        one = heard if digest == heard.digest else _changed(person, heard, digest)
        _adopt(person, one, vote)
        heard.plan.editions.filter(state=EditionState.HEARD).update(
            state=EditionState.REPLACED
        )
        record(person, "plans.adopt", about(one), number=one.number, heard=heard.pk)
    return one


def _check_latest(heard: Edition) -> None:
    later = heard.plan.editions.filter(
        number__gt=heard.number,
        state__in=(EditionState.HEARING, EditionState.HEARD, EditionState.ADOPTED),
    )
    if later.exists():
        raise InputProblem(
            _("A later edition is there already; the vote belongs to that one.")
        )


def _changed(person: Person, heard: Edition, digest: str) -> Edition:
    """The plan in work, as the board adopted it with changes after the hearing."""
    told = promised_bytes(heard.plan)
    if digest_of(told) != digest:
        raise Overtaken
    return make(
        person,
        heard.plan,
        told,
        state=EditionState.HEARD,
        amends=heard.amends,
        why=Why(heard.why_en, heard.why_es),
        hearing=Hearing(
            on=heard.hearing_on or timezone.localdate(),
            until=heard.hearing_until or timezone.localdate(),
            place_en=heard.hearing_place_en,
            place_es=heard.hearing_place_es,
        ),
    )


def amend(person: Person, *, plan: Plan, why: Why, vote: Vote, digest: str) -> Edition:
    """Record that the board amended its plan in one meeting, without a hearing.

    The edition says so. What needs a hearing (a revision of an LCAP: Education Code
    52062(c)) is opened for hearing with `why` instead.

    Raises:
        Overtaken: when the plan changed since the person saw it.
        InputProblem: when nothing was adopted before, or nothing changed.
    """
    why.check()
    vote.check()
    with transaction.atomic():
        locked = locked_plan(person, plan)
        before = locked.editions.filter(state=EditionState.ADOPTED).first()
        if before is None:
            raise InputProblem(
                _("No edition is adopted yet: open a hearing, then record the vote.")
            )
        if before.adopted_on and vote.on < before.adopted_on:
            raise InputProblem(
                _("The vote comes after the one by which the plan was adopted.")
            )
        told = promised_bytes(locked)
        if digest_of(told) != digest:
            raise Overtaken
        if digest == before.digest:
            raise InputProblem(_("The plan says what was adopted: nothing to amend."))
        made = make(
            person, locked, told, state=EditionState.HEARD, amends=before, why=why
        )
        _adopt(person, made, vote)
        record(person, "plans.amend", about(made), number=made.number)
    return made


def take_adoption_back(person: Person, *, edition: int) -> Edition:
    """Undo a vote that was recorded by mistake; what stood before stands again.

    Raises:
        InputProblem: later than a day after it was recorded.
    """
    with transaction.atomic():
        one = own_edition(person, edition, EditionState.ADOPTED)
        told = recorded(one)
        if told is None or not may_be_taken_back(told):
            raise InputProblem(
                _(
                    "The vote was recorded more than a day ago: the edition stays. "
                    "Amend the plan instead."
                )
            )
        heard = told.details.get("heard")
        one.adopted_on = one.adopted_by = None
        one.votes_yes = one.votes_no = one.votes_abstain = one.votes_absent = None
        one.state = EditionState.HEARD if heard == one.pk else EditionState.WITHDRAWN
        one.save()
        one.plan.editions.filter(pk=heard, state=EditionState.REPLACED).update(
            state=EditionState.HEARD
        )
        before = (
            one.plan.editions.filter(
                state=EditionState.REPLACED, adopted_on__isnull=False
            )
            .order_by("-number")
            .first()
        )
        if before is not None:
            put_state(before, EditionState.ADOPTED)
        record(person, "plans.take_adoption_back", about(one), number=one.number)
    return one


def _adopt(person: Person, one: Edition, vote: Vote) -> None:
    """The vote on an edition; what was adopted before is replaced first."""
    one.plan.editions.filter(state=EditionState.ADOPTED).update(
        state=EditionState.REPLACED
    )
    one.state, one.adopted_on, one.adopted_by = EditionState.ADOPTED, vote.on, person
    one.votes_yes, one.votes_no = vote.yes, vote.no
    one.votes_abstain, one.votes_absent = vote.abstain, vote.absent
    one.save(
        update_fields=[
            *("state", "adopted_on", "adopted_by", "votes_yes", "votes_no"),
            *("votes_abstain", "votes_absent"),
        ]
    )
