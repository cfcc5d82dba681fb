"""Notes for the next school: write one, take it back; who still needs one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.access import reach_today
from evenrise.workspace.supports.actions import transitions as verbs
from evenrise.workspace.supports.forms.transitions import TransitionForm
from evenrise.workspace.supports.queries.transitions import CAME, UP, transitions_page
from evenrise.workspace.supports.views.words import (
    Writing,
    about,
    withdraw_page,
    write_page,
)


@needs(Right.SUPPORT_STUDENTS)
@require_safe
def transitions(request: HttpRequest) -> HttpResponse:
    """Who changes schools, and does the next school know what helps?"""
    asked = request.GET
    found = transitions_page(
        reach_today(who(request)),
        shows=CAME if asked.get("show") == CAME else UP,
        school=asked.get("school", "").replace("\x00", ""),
        number=asked.get("page", ""),
    )
    return render(
        request, "supports/transitions.html", {"found": found, "page": found.page}
    )


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_transition(request: HttpRequest, student_id: str) -> HttpResponse:
    """What should the next school know?"""
    one = about(request, student_id)
    writing = Writing(
        template="supports/transition_form.html",
        form=TransitionForm,
        save=lambda form: verbs.add_transition(
            one.person, student=one.student.pk, written=form.written()
        ),
        saved=_("The note for the next school is saved."),
        place="transition",
    )
    return write_page(request, one, writing)


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def withdraw_transition(request: HttpRequest, key: int) -> HttpResponse:
    """Take a note for the next school back, or bring it back."""
    return withdraw_page(
        request,
        lambda gone: verbs.withdraw_transition(who(request), transition=key, gone=gone),
        words=(
            _("The note for the next school is withdrawn."),
            _("The note for the next school is shown again."),
        ),
        place="transition",
    )
