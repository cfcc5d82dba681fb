"""Pages of protocols and of a team's meetings; nobody but the team meets here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.cycles.access import cycles_of
from evenrise.workspace.cycles.actions import meetings as verbs
from evenrise.workspace.cycles.forms.meetings import (
    NoteForm,
    TeamMeetingForm,
    meeting_initial,
)
from evenrise.workspace.cycles.models import Cycle, Meeting
from evenrise.workspace.cycles.protocols import Protocol, protocols
from evenrise.workspace.cycles.queries.meetings import (
    meeting_of,
    meeting_page,
    meetings_of_cycle,
    note_of,
    protocol_card,
    protocol_cards,
    team_names,
)
from evenrise.workspace.cycles.said import cycle_trail
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, number, there, who
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.said import Trail
from evenrise.workspace.plans.views.opening import attempt


# Of the session: which meeting or note was just removed; no child's data.
_MEETING, _NOTE = "cycles_meeting_undo", "cycles_note_undo"


@needs(Right.INQUIRE)
@require_safe
def protocol_list(request: HttpRequest) -> HttpResponse:
    """How can a team meet so that every voice comes in?"""
    told = {"cards": protocol_cards(reader_language()), "cycle": _chosen(request)}
    return render(request, "cycles/protocols.html", told)


@needs(Right.INQUIRE)
@require_safe
def protocol(request: HttpRequest, key: str) -> HttpResponse:
    """How does this meeting go, step by step?"""
    card = protocol_card(_protocol(key), reader_language())
    trail = [(reverse("protocols"), _("Protocols"))]
    told = {"card": card, "trail": trail, "cycle": _chosen(request)}
    return render(request, "cycles/protocol.html", told)


@needs(Right.INQUIRE)
@require_safe
def cycle_meetings(request: HttpRequest, cycle: int) -> HttpResponse:
    """What did this team say in its meetings?"""
    person, one = _own_cycle(request, cycle)
    undo = request.session.get(_MEETING)
    told = {
        "page": meetings_of_cycle(person, one),
        "cycle": one,
        "undo": undo[1] if undo and undo[0] == one.pk else None,
        "trail": _trail(one),
    }
    return render(request, "cycles/meetings.html", told)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_meeting_new(request: HttpRequest, cycle: int) -> HttpResponse:
    """By which protocol does the team meet, when, and who does what?"""
    person, one = _own_cycle(request, cycle)
    key, trail = request.GET.get("protocol", ""), _trail(one)
    if key not in protocols():
        told = {"cards": protocol_cards(reader_language()), "cycle": one}
        return render(request, "cycles/protocols.html", told | {"trail": trail})
    form = _form(request, person, one, key, {"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made = attempt(
            lambda: verbs.plan_meeting(
                person, cycle=cycle, protocol=key, said=form.said()
            ),
            request,
            form,
        )
        if made is not None:
            return done(request, _("The meeting is planned."), _url(made))
    card = protocol_card(protocols()[key], reader_language())
    told = {"form": form, "card": card, "cycle": one, "trail": trail}
    return render(request, "cycles/meeting_form.html", told, status=_status(form))


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_meeting_change(request: HttpRequest, key: int) -> HttpResponse:
    """When does the team meet, about what, and who does what?"""
    person, one = _own(request, key)
    form = _form(request, person, one.cycle, one.protocol, meeting_initial(one))
    if request.method == "POST" and form.is_valid():
        changed = attempt(
            lambda: verbs.change_meeting(person, meeting=key, said=form.said()),
            request,
            form,
        )
        if changed is not None:
            return done(request, _("The meeting is changed."), _url(one))
    card = protocol_card(protocols()[one.protocol], reader_language())
    told = {"form": form, "card": card, "one": one, "trail": _trail(one.cycle)}
    return render(request, "cycles/meeting_form.html", told, status=_status(form))


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_meeting(request: HttpRequest, key: int) -> HttpResponse:
    """Where does the meeting stand, and what was said? A note is posted here."""
    person, one = _own(request, key)
    sent = request.method == "POST"
    step = number(request.POST.get("step", "")) if sent else None
    form = NoteForm(request.POST if sent else None, person=person)
    if sent and step is not None and form.is_valid():
        text = form.cleaned_data["text"]
        there(
            attempt(
                lambda: verbs.write_note(person, meeting=key, step=step, text=text),
                request,
            )
        )
        return redirect(f"{_url(one)}#step-{step}")
    undo = request.session.get(_NOTE)
    told = {
        "page": meeting_page(person, one, timezone.now(), reader_language()),
        "form": form,
        "writes_at": step,
        "undo": undo[1] if undo and undo[0] == one.pk else None,
        "trail": _trail(one.cycle),
    }
    return render(request, "cycles/meeting.html", told, status=422 if sent else 200)


@needs(Right.INQUIRE)
@require_POST
def cycle_meeting_step(request: HttpRequest, key: int) -> HttpResponse:
    """Begin, or go a step on or back; `screen` goes back to the screen."""
    person, one = _own(request, key)
    to: int = there(number(request.POST.get("to", "")))
    told = request.POST.get("seen", "")
    seen: int = -1 if told == "-1" else there(number(told))
    attempt(lambda: verbs.go_to_step(person, meeting=key, step=to, seen=seen), request)
    name = "cycle_meeting_screen" if "screen" in request.POST else "cycle_meeting"
    return redirect(name, one.pk)


@needs(Right.INQUIRE)
@require_safe
def cycle_meeting_screen(request: HttpRequest, key: int) -> HttpResponse:
    """One screen to project: the step, what is left of it, the question; no notes."""
    person, one = _own(request, key)
    page = meeting_page(person, one, timezone.now(), reader_language())
    return render(request, "cycles/meeting_screen.html", {"page": page})


@needs(Right.INQUIRE)
@require_POST
def cycle_meeting_end(request: HttpRequest, key: int) -> HttpResponse:
    """End the meeting, or (`again`) open it again."""
    person, ended = who(request), "again" not in request.POST
    one: Meeting = there(
        attempt(lambda: verbs.end_meeting(person, meeting=key, ended=ended), request)
    )
    words = (
        _("The meeting has ended; its notes stand in the cycle's record.")
        if ended
        else _("The meeting is open again.")
    )
    return done(request, words, _url(one))


@needs(Right.INQUIRE)
@require_POST
def cycle_meeting_remove(request: HttpRequest, key: int) -> HttpResponse:
    """Remove a meeting, or (`back`) undo that."""
    person, back = who(request), "back" in request.POST
    one: Meeting = there(
        attempt(lambda: verbs.remove_meeting(person, meeting=key, back=back), request)
    )
    if back:
        request.session.pop(_MEETING, None)
        return done(request, _("The meeting is back."), _url(one))
    request.session[_MEETING] = [one.cycle_id, one.pk]
    return redirect("cycle_meetings", one.cycle_id)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_note_change(request: HttpRequest, key: int) -> HttpResponse:
    """What is to change about my note?"""
    person = who(request)
    note = there(note_of(person, key))
    sent = request.method == "POST"
    form = NoteForm(
        request.POST if sent else None,
        person=person,
        initial={"text": note.text, "seen": note.text},
    )
    if sent and form.is_valid():
        told = form.cleaned_data
        changed = attempt(
            lambda: verbs.change_note(
                person, note=key, text=told["text"], seen=told["seen"]
            ),
            request,
            form,
        )
        if changed is not None:
            return redirect(f"{_url(note.meeting)}#step-{note.step}")
    told = {"form": form, "note": note, "trail": _trail(note.meeting.cycle)}
    return render(request, "cycles/note_form.html", told, status=_status(form))


@needs(Right.INQUIRE)
@require_POST
def cycle_note_remove(request: HttpRequest, key: int) -> HttpResponse:
    """Remove a note, or (`back`) undo that."""
    person, back = who(request), "back" in request.POST
    note = there(
        attempt(lambda: verbs.remove_note(person, note=key, back=back), request)
    )
    if back:
        request.session.pop(_NOTE, None)
    else:
        request.session[_NOTE] = [note.meeting_id, note.pk]
    return redirect("cycle_meeting", note.meeting_id)


def _protocol(key: str) -> Protocol:
    found: Protocol = there(protocols().get(key))
    return found


def _own_cycle(request: HttpRequest, key: int) -> tuple[Person, Cycle]:
    person = who(request)
    one: Cycle = there(cycles_of(person).filter(pk=key).first())
    return person, one


def _own(request: HttpRequest, key: int) -> tuple[Person, Meeting]:
    person = who(request)
    one: Meeting = there(meeting_of(person, key))
    return person, one


def _chosen(request: HttpRequest) -> Cycle | None:
    """The cycle of one's own for which a protocol is looked for."""
    key = number(request.GET.get("cycle", ""))
    return None if key is None else cycles_of(who(request)).filter(pk=key).first()


def _form(
    request: HttpRequest,
    person: Person,
    cycle: Cycle,
    key: str,
    initial: dict[str, Any],
) -> TeamMeetingForm:
    return TeamMeetingForm(
        request.POST if request.method == "POST" else None,
        person=person,
        protocol=protocols()[key],
        names=team_names(cycle),
        language=reader_language(),
        initial=initial,
    )


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200


def _trail(cycle: Cycle) -> Trail:
    meetings = (reverse("cycle_meetings", args=[cycle.pk]), _("Meetings"))
    return [*cycle_trail(cycle, reader_language()), meetings]


def _url(one: Meeting) -> str:
    return reverse("cycle_meeting", args=[one.pk])
