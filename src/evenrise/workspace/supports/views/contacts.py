"""Conversations with families: write one down, take it back; whom nobody reached."""

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
from evenrise.workspace.supports.actions import contacts as verbs
from evenrise.workspace.supports.forms.contacts import ContactForm
from evenrise.workspace.supports.queries.contacts import families_page
from evenrise.workspace.supports.queries.languages import home_language
from evenrise.workspace.supports.views.words import (
    Writing,
    about,
    withdraw_page,
    write_page,
)


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_contact(request: HttpRequest, student_id: str) -> HttpResponse:
    """What was said with the family, and in which language?"""
    one = about(request, student_id)
    home = one.student.home_language
    writing = Writing(
        template="supports/contact_form.html",
        form=lambda told: ContactForm(told, home=home),
        save=lambda form: verbs.add_contact(
            one.person, student=one.student.pk, written=form.written()
        ),
        saved=_("The conversation is written down."),
        place="contacts",
        beside={"home": home_language(home)},
    )
    return write_page(request, one, writing)


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def withdraw_contact(request: HttpRequest, key: int) -> HttpResponse:
    """Take a conversation back, or bring it back."""
    return withdraw_page(
        request,
        lambda gone: verbs.withdraw_contact(who(request), contact=key, gone=gone),
        words=(
            _("The conversation is withdrawn; the log keeps it, marked."),
            _("The conversation counts again."),
        ),
        place="contacts",
    )


@needs(Right.SUPPORT_STUDENTS)
@require_safe
def families(request: HttpRequest) -> HttpResponse:
    """Which families has nobody reached in their language?"""
    found = families_page(reach_today(who(request)), request.GET.get("page", ""))
    return render(
        request, "supports/contacts_families.html", {"found": found, "page": found.page}
    )
