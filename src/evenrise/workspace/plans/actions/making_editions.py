"""An edition as it is made: its content frozen once, a hearing, a vote, a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_adopt
from evenrise.workspace.plans.content import content_bytes, digest_of
from evenrise.workspace.plans.models import Edition, EditionState, Plan
from evenrise.workspace.plans.queries.content import content_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Where and when the public is heard; comments are taken until `until`."""

    on: dt.date
    until: dt.date
    place_en: str
    place_es: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """The board's vote, and its day."""

    on: dt.date
    yes: int
    no: int
    abstain: int = 0
    absent: int = 0

    def check(self) -> None:
        """Whether this vote adopts.

        Raises:
            InputProblem: when it has not come yet, or there is no majority.
        """
        if self.on > timezone.localdate():
            raise InputProblem(_("The day of the vote has not come yet."))
        if min(self.yes, self.no, self.abstain, self.absent) < 0:
            raise InputProblem(_("A vote cannot be fewer than none."))
        if self.yes <= self.no:
            raise InputProblem(
                _(
                    "More votes against than for, or as many: the plan is not adopted. "
                    "Leave it as it is, change it, and open a new hearing."
                )
            )


@dataclass(frozen=True, slots=True)
class Why:
    """What an amendment is for, in both languages."""

    en: str = ""
    es: str = ""

    def check(self) -> None:
        """Whether both languages say something.

        Raises:
            InputProblem: when one does not.
        """
        if not (self.en.strip() and self.es.strip()):
            raise InputProblem(
                _("Say in English and in Spanish what the amendment is for.")
            )


NO_WHY = Why()


def promised_bytes(plan: Plan) -> bytes:
    """What an edition made now would freeze: without the states of steps."""
    return content_bytes(content_of(plan).as_promised())


def make(  # noqa: PLR0913 - an edition is many things, and is written once
    person: Person,
    plan: Plan,
    told: bytes,
    *,
    state: EditionState,
    amends: Edition | None,
    why: Why,
    hearing: Hearing | None = None,
) -> Edition:
    """Write an edition, once, with the next number of its plan."""
    last = plan.editions.aggregate(last=Max("number"))["last"] or 0
    return Edition.objects.create(
        plan=plan,
        number=last + 1,
        state=state,
        content=told,
        digest=digest_of(told),
        amends=amends,
        why_en=why.en.strip() if amends else "",
        why_es=why.es.strip() if amends else "",
        hearing_on=hearing.on if hearing else None,
        hearing_until=hearing.until if hearing else None,
        hearing_place_en=hearing.place_en.strip() if hearing else "",
        hearing_place_es=hearing.place_es.strip() if hearing else "",
        made_by=person,
    )


def locked_plan(person: Person, plan: Plan) -> Plan:
    """The plan, locked, when the person may adopt it.

    Raises:
        NotYours: when it is set aside, or not theirs.
    """
    locked = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("parent")
        .filter(pk=plan.pk, set_aside_at=None)
        .first()
    )
    if locked is None or not may_adopt(person, locked):
        raise NotYours
    return locked


def own_edition(person: Person, edition: int, *states: EditionState) -> Edition:
    """The edition, when the person may adopt its plan; its plan is locked.

    Raises:
        NotYours: when it is not there or not theirs.
        Overtaken: when it is in another state by now.
    """
    one = Edition.objects.filter(pk=edition).select_related("plan").first()
    if one is None:
        raise NotYours
    locked_plan(person, one.plan)
    one = Edition.objects.select_related("plan", "amends").get(pk=edition)
    if one.state not in states:
        raise Overtaken
    return one


def put_state(one: Edition, state: EditionState) -> None:
    """Put the state alone; the content stays."""
    one.state = state
    one.save(update_fields=["state"])


def about(one: Edition) -> About:
    """For the audit."""
    return About("edition", str(one.pk))
