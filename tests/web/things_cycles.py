"""What stands behind the arguments of the table of doors, in the room `cycles`."""

from __future__ import annotations

from django.utils import timezone

from evenrise.workspace.cycles.models import (
    BeliefSurvey,
    Cycle,
    CycleMeasure,
    CycleState,
    MeasureKind,
    Meeting,
    MeetingNote,
    Phase,
    Practice,
    PracticeTried,
    SpotVisit,
)
from evenrise.workspace.people.models import Person
from tests.web.cycles.a_cycle import home_of, make_cycle


def make_cycle_things(
    cast: dict[str, Person], found: dict[str, object]
) -> dict[str, object]:
    """One of everything that an address of the room can name; a function a part.

    Args:
        cast: the people, by role.
        found: what is known already.
    """
    assert found
    now = timezone.now()
    private = make_cycle(cast)
    shared = make_cycle(cast, shared_at=now, shared_by=cast["teacher"])
    made: dict[str, object] = {"cycle": private.pk, "cycle_shared": shared.pk}
    made |= _of_practices(cast, private, shared)
    made |= _of_meetings(cast, shared)
    made |= _of_measures(private, shared)
    made |= _of_visits(cast)
    return made | _of_inquiry(cast, private)


def _of_meetings(cast: dict[str, Person], shared: Cycle) -> dict[str, object]:
    """A meeting of the team of a shared cycle, with a note of the teacher's."""
    teacher = cast["teacher"]
    meeting = Meeting.objects.create(
        cycle=shared, protocol="data-dialogue", on=timezone.localdate(), by=teacher
    )
    note = MeetingNote.objects.create(meeting=meeting, step=0, text="Ours", by=teacher)
    return {"cycle_meeting": meeting.pk, "cycle_note": note.pk}


def _of_measures(private: Cycle, shared: Cycle) -> dict[str, object]:
    """Measures of both; one that was taken out; limits made anew."""
    measure, open_one = private.measures.get(), shared.measures.get()
    phases = [
        Phase.objects.create(
            measure=one, begins_on=one.weeks.all()[3].week_on, reason="x", by=one.by
        )
        for one in (measure, open_one)
    ]
    removed = CycleMeasure.objects.create(
        cycle=private,
        name="Phone calls",
        kind=MeasureKind.EVENTS,
        by=measure.by,
        removed_at=timezone.now(),
    )
    live = CycleMeasure.objects.create(
        cycle=private,
        name="Absence",
        kind=MeasureKind.LIVE,
        indicator="weekly_absence",
        by=measure.by,
    )
    return {
        "measured": measure.pk,
        "measured_shared": open_one.pk,
        "measured_removed": removed.pk,
        "measured_live": live.pk,
        "limits": phases[0].pk,
        "limits_shared": phases[1].pk,
    }


def _of_visits(cast: dict[str, Person]) -> dict[str, object]:
    """Two visits of the teacher's, one of them shared, to a place of other records."""
    told = {
        "finding_key": "bright_spot:an-earlier-look",
        "school_id": home_of(cast),
        "on": timezone.localdate(),
        "answers": {"believe": "They expect essays."},
        "by": cast["teacher"],
    }
    private = SpotVisit.objects.create(**told)
    shared = SpotVisit.objects.create(**told, shared_at=timezone.now())
    return {
        "visit": private.pk,
        "visit_shared": shared.pk,
        "spot": told["finding_key"],
        "belief_survey": _survey(cast).pk,
    }


def _survey(cast: dict[str, Person]) -> BeliefSurvey:
    """An open survey of the superintendent's, of the staff of both principals."""
    today = timezone.localdate()
    survey = BeliefSurvey.objects.create(
        name_en="Beliefs",
        statements=[{"key": "a", "en": "We greet.", "es": "Saludamos."}],
        opens_on=today,
        closes_on=today,
        made_by=cast["superintendent"],
    )
    survey.here.set([home_of(cast)])
    survey.elsewhere.set([cast["other_principal"].grants_today[0].school_id])
    return survey


def _of_practices(
    cast: dict[str, Person], private: Cycle, shared: Cycle
) -> dict[str, object]:
    """A practice of the teacher's that a private and a shared cycle tried."""
    teacher, now = cast["teacher"], timezone.now()
    practice = Practice.objects.create(
        title_en="Greeting at the door",
        title_es="Saludo en la puerta",
        en_at=now,
        es_at=now,
        slug="greeting-at-the-door",
        made_by=teacher,
    )
    tried = [
        PracticeTried.objects.create(practice=practice, cycle=cycle, by=teacher)
        for cycle in (private, shared)
    ]
    return {"practice": practice.slug, "tried": tried[0].pk}


def _of_inquiry(cast: dict[str, Person], private: Cycle) -> dict[str, object]:
    """Cycles of every state, and what stands in the private one."""
    draft = {"state": CycleState.DRAFT, "locked_at": None, "prediction": ""}
    seen = {"result": "Eight of a hundred."}
    ends = {**seen, "reason": "It helped.", "state": CycleState.ADOPTED}
    return {
        "cycle_draft": make_cycle(cast, **draft).pk,
        "cycle_studied": make_cycle(cast, **seen, state=CycleState.STUDIED).pk,
        "cycle_adopted": make_cycle(cast, **ends).pk,
        "cycle_removed": make_cycle(cast, removed_at=timezone.now()).pk,
        "cycle_voice": private.voices.get().pk,
        "cycle_cause": private.causes.get().pk,
        "cycle_driver": private.drivers.first().pk,
        "cycle_coach": cast["coach"].pk,
        "cycle_lead": cast["teacher"].pk,
    }
