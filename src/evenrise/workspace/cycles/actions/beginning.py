"""Verbs that make a cycle: begin one, and begin the next of a chain."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions.finding import about, held_cycle
from evenrise.workspace.cycles.models import (
    DECIDED,
    Cause,
    CauseState,
    Cycle,
    CycleMember,
    CycleState,
    Driver,
    DriverKind,
    MemberRole,
    StartsFrom,
)
from evenrise.workspace.cycles.queries.starting import Ground
from evenrise.workspace.foundation.audit import record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.actions.languages import put_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What a team says first. `language` is the one in which it writes."""

    title_en: str
    title_es: str
    language: str
    school_id: str | None
    notice: str = ""
    wonder: str = ""
    ground: Ground = field(default_factory=Ground)


def begin_cycle(person: Person, *, said: Begun) -> Cycle:
    """Begin a cycle; whoever begins it leads its team, and nobody else reads it.

    Raises:
        NotYours: when the person does not work in cycles.
        InputProblem: when neither language says what it is called.
    """
    if not person.may(Right.INQUIRE):
        raise NotYours
    if not (said.title_en.strip() or said.title_es.strip()):
        raise InputProblem(_("Write a title in English, in Spanish, or in both."))
    ground = said.ground
    with transaction.atomic():
        made = Cycle(
            language=said.language,
            school_id=said.school_id,
            notice=said.notice.strip(),
            wonder=said.wonder.strip(),
            made_by=person,
            starts_from=ground.starts_from,
            finding_key=ground.finding_key,
            headline_en=ground.headline_en,
            headline_es=ground.headline_es,
            snapshot=ground.snapshot,
            rung_id=ground.rung_id,
            follows_id=ground.follows_id,
        )
        put_words(made, {"title_en": said.title_en, "title_es": said.title_es})
        made.save()
        CycleMember.objects.create(
            cycle=made, person=person, role=MemberRole.LEAD, added_by=person
        )
        record(person, "cycles.begin_cycle", about(made), starts_from=made.starts_from)
    return made


# What holds for the next cycle, and what its team would write again by hand.
_CARRIED = (
    *("title_en", "title_es", "school_id", "language", "finding_key"),
    *("headline_en", "headline_es", "snapshot", "rung_id", "aim", "groups", "where"),
    "who",
)


def begin_next(person: Person, *, cycle: int) -> Cycle:
    """Begin the next cycle of a chain: what holds is carried over.

    Aim, groups, causes that are not ruled out and the theory are carried; what was
    learned stands as what the team notices. The team stays the same. What is tried,
    the prediction and the days are written anew.

    Raises:
        NotYours: when the person is not in its team.
        InputProblem: when the cycle is not decided yet.
    """
    with transaction.atomic():
        before = held_cycle(person, cycle)
        if before.state not in DECIDED:
            raise InputProblem(
                _("Decide about this cycle first; then the next one can begin.")
            )
        now = timezone.now()
        made = Cycle.objects.create(
            **{name: getattr(before, name) for name in _CARRIED},
            starts_from=StartsFrom.CYCLE,
            follows=before,
            state=CycleState.DRAFT,
            notice=before.learned or before.result,
            en_at=now if before.title_en else None,
            es_at=now if before.title_es else None,
            made_by=person,
        )
        _carry_team(before, made, person)
        _carry_theory(before, made, person)
        record(person, "cycles.begin_next", about(made), follows=before.pk)
    return made


def _carry_team(before: Cycle, made: Cycle, person: Person) -> None:
    """The same people; whoever begins it leads it too."""
    CycleMember.objects.bulk_create(
        CycleMember(
            cycle=made,
            person_id=one.person_id,
            role=MemberRole.LEAD if one.person_id == person.pk else one.role,
            added_by=person,
        )
        for one in before.members.filter(left_at=None)
    )


def _carry_theory(before: Cycle, made: Cycle, person: Person) -> None:
    Cause.objects.bulk_create(
        Cause(
            cycle=made,
            text=one.text,
            state=one.state,
            evidence=one.evidence,
            finding_key=one.finding_key,
            place=one.place,
            by=person,
        )
        for one in before.causes.filter(removed_at=None).exclude(
            state=CauseState.RULED_OUT
        )
    )
    rows = list(before.drivers.filter(removed_at=None))
    copies: dict[int, Driver] = {}
    waiting = rows
    while waiting:
        now = [r for r in waiting if r.parent_id is None or r.parent_id in copies]
        if not now:  # below something that was removed: it is not carried
            return
        for one in now:
            copies[one.pk] = Driver.objects.create(
                cycle=made,
                parent=copies.get(one.parent_id or 0),
                kind=one.kind,
                text=one.text,
                place=one.place,
                tried=False if one.kind == DriverKind.IDEA else one.tried,
            )
        waiting = [one for one in waiting if one.pk not in copies]
