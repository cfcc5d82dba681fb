"""The student's own words: write them down, take them back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.actions import voice as verbs
from evenrise.workspace.supports.forms.voice import VoiceForm
from evenrise.workspace.supports.views.words import (
    Writing,
    about,
    withdraw_page,
    write_page,
)


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_voice(request: HttpRequest, student_id: str) -> HttpResponse:
    """What does the student say?"""
    one = about(request, student_id)
    home = one.student.home_language
    writing = Writing(
        template="supports/voice_form.html",
        form=lambda told: VoiceForm(told, home=home),
        save=lambda form: verbs.add_voice(
            one.person, student=one.student.pk, written=form.written()
        ),
        saved=_("The student's words are written down."),
        place="voice",
    )
    return write_page(request, one, writing)


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def withdraw_voice(request: HttpRequest, key: int) -> HttpResponse:
    """Take a student's words back, or bring them back."""
    return withdraw_page(
        request,
        lambda gone: verbs.withdraw_voice(who(request), voice=key, gone=gone),
        words=(
            _("The student's words are withdrawn."),
            _("The student's words are shown again."),
        ),
        place="voice",
    )
