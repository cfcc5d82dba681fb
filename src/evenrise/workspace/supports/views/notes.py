"""Notes about the work with a student: write one, take it back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.actions import notes as verbs
from evenrise.workspace.supports.forms.notes import NoteForm
from evenrise.workspace.supports.queries.notes import readers_of
from evenrise.workspace.supports.views.words import (
    About,
    Writing,
    about,
    withdraw_page,
    write_page,
)


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_note(request: HttpRequest, student_id: str) -> HttpResponse:
    """What should others who serve this student know?"""
    one = about(request, student_id)
    writing = Writing(
        template="supports/note_form.html",
        form=NoteForm,
        save=lambda form: _save(one, form),
        saved=_("The note is saved."),
        place="notes",
        beside={"readers": readers_of(one.person, one.student)},
    )
    return write_page(request, one, writing)


def _save(one: About, form: Any) -> object:
    return verbs.add_note(one.person, student=one.student.pk, **form.cleaned_data)


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def withdraw_note(request: HttpRequest, key: int) -> HttpResponse:
    """Take a note back, or bring it back."""
    return withdraw_page(
        request,
        lambda gone: verbs.withdraw_note(who(request), note=key, gone=gone),
        words=(
            _("The note is withdrawn. Only its author can bring it back."),
            _("The note is shown again."),
        ),
        place="notes",
    )
