"""A team's meeting: plan it, show one student at a time, decide, close it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.access import reach_today
from evenrise.workspace.supports.actions import meetings as verbs
from evenrise.workspace.supports.forms.meetings import (
    ItemForm,
    MeetingForm,
    MeetingNotesForm,
    item_initial,
)
from evenrise.workspace.supports.models import Meeting
from evenrise.workspace.supports.queries.meetings import (
    ItemPage,
    item_page,
    meeting_page,
)
from evenrise.workspace.supports.queries.teams import (
    may_act,
    meeting_or_404,
    team_or_404,
)
from evenrise.workspace.supports.views.words import tried


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_meeting(request: HttpRequest, key: int) -> HttpResponse:
    """Plan a meeting; its agenda is made."""
    person, sent = who(request), request.method == "POST"
    team = team_or_404(person, key)
    if team.ended_at is not None:
        raise Http404
    form = MeetingForm(request.POST if sent else None)
    if sent and form.is_valid():
        meeting, waiting = verbs.make_meeting(person, team=team, **form.cleaned_data)
        if waiting:
            messages.info(request, _waiting_words(waiting))
        return redirect("meeting", meeting.pk)
    told = {"team": team, "form": form}
    return render(
        request, "supports/meeting_form.html", told, status=422 if sent else 200
    )


def _waiting_words(waiting: int) -> str:
    return ngettext(
        "%(n)d more student has a flag and nothing begun, and waits for the next "
        "meeting.",
        "%(n)d more students have a flag and nothing begun, and wait for the next "
        "meeting.",
        waiting,
    ) % {"n": waiting}


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, key: int) -> HttpResponse:
    """Whom do we talk about? After closing: who acts, until when?"""
    person = who(request)
    found = meeting_or_404(person, key)
    form = MeetingNotesForm(
        request.POST if "notes" in request.POST else None,
        person=person,
        initial={"notes": found.notes},
    )
    if request.method == "POST":
        done = _change(request, found, form)
        if done is not None:
            return done
    reach = reach_today(person)
    page = meeting_page(reach, found, request.GET.get("q", "").replace("\x00", ""))
    verbs.look_at_students(
        person, students=[line.student for line in page.lines], reach=reach
    )
    told = {"page": page, "meeting": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "supports/meeting.html", told, status=status)


def _change(request: HttpRequest, found: Meeting, form: Any) -> HttpResponse | None:
    """What a meeting's page changes; None when the form was not filled."""
    person, told = who(request), request.POST
    if "drop" in told:
        if tried(lambda: verbs.drop_meeting(person, meeting=found.pk), request):
            messages.success(request, _("The meeting is removed."))
            return redirect("team", found.team_id)
        return redirect("meeting", found.pk)
    if "add" in told:
        student = told["add"].replace("\x00", "")
        words = _("The student is on the agenda.")
        verb: Any = lambda: verbs.add_to_agenda(  # noqa: E731 - one of two deeds
            person, meeting=found.pk, student=student
        )
    elif form.is_valid():
        notes = form.cleaned_data["notes"]
        words = _("Saved.")
        verb = lambda: verbs.write_meeting_notes(  # noqa: E731 - the other
            person, meeting=found.pk, notes=notes
        )
    else:
        return None
    if tried(verb, request):
        messages.success(request, words)
    return redirect("meeting", found.pk)


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_item(request: HttpRequest, key: int, item: int) -> HttpResponse:
    """One student, alone on the screen: what do we do, who acts, until when?"""
    person = who(request)
    found = meeting_or_404(person, key)
    reach = reach_today(person)
    page = item_page(person, reach, found, item)
    sent = request.method == "POST"
    deed = _deed(request, page)
    if deed is not None:
        return deed
    form = ItemForm(
        request.POST if sent else None,
        members=may_act(found.team, page.student),
        initial=item_initial(page.item),
    )
    if sent and form.is_valid():
        seen = form.cleaned_data["seen"]
        decided = form.decided()
        if tried(
            lambda: verbs.decide(person, item=item, decided=decided, seen=seen), request
        ):
            messages.success(request, _("The decision is saved."))
            return redirect(page.after or page.line.url)
        return redirect(page.line.url)
    verbs.look_at_students(person, students=[page.student], reach=reach)
    told = {"page": page, "meeting": found, "form": form}
    return render(
        request, "supports/meeting_item.html", told, status=422 if sent else 200
    )


def _deed(request: HttpRequest, page: ItemPage) -> HttpResponse | None:
    """Done or not, off the agenda, no decision; None when a decision was sent."""
    person, key = who(request), page.item.pk
    if "off" in request.POST:
        if tried(lambda: verbs.take_off_agenda(person, item=key), request):
            messages.success(request, _("The student is off the agenda."))
        return redirect("meeting", page.meeting.pk)
    if "clear" in request.POST:
        nothing = verbs.Decided(decision="", owner=None, due_on=None)
        seen = request.POST["clear"]
        if tried(
            lambda: verbs.decide(person, item=key, decided=nothing, seen=seen), request
        ):
            messages.success(request, _("The decision is taken back."))
        return redirect(page.line.url)
    if "done" in request.POST or "undone" in request.POST:
        done = "done" in request.POST
        if tried(lambda: verbs.mark_done(person, item=key, done=done), request):
            messages.success(request, _("Done.") if done else _("Not done yet."))
        return redirect("meeting", page.meeting.pk)
    return None


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def close_meeting(request: HttpRequest, key: int) -> HttpResponse:
    """Close a meeting and send the recap, or (`reopen`) open it again."""
    person = who(request)
    meeting_or_404(person, key)
    closed = "reopen" not in request.POST
    tried(lambda: verbs.close_meeting(person, meeting=key, closed=closed), request)
    messages.success(
        request,
        _(
            "The meeting is closed. Whoever must act gets a letter that names no "
            "student."
        )
        if closed
        else _("The meeting is open again."),
    )
    return redirect("meeting", key)
