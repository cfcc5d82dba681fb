"""Pages of who is known well by whom, and the list on which one says it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.forms.wanted import FILTERS, read_wanted
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.queries.students import choices_for, narrowed
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.access import may_support, reach_today
from evenrise.workspace.supports.actions.effects import ask_anew
from evenrise.workspace.supports.actions.known import Marked, mark_known, undo_marks
from evenrise.workspace.supports.forms.known import read_ticked
from evenrise.workspace.supports.queries.advisories import own_advisories, placed_in
from evenrise.workspace.supports.queries.known import mark_list
from evenrise.workspace.supports.queries.known_page import is_wide, known_page
from evenrise.workspace.supports.tasks_effects import renew_kept


_UNDO = "known_undo"  # of the session: keys of our own rows, never a student's


@needs(Right.SEE_STUDENTS)
@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """Which students are not known well by any adult yet?"""
    person = who(request)
    reach = reach_today(person)
    choices = choices_for(reach)
    wanted = read_wanted(request.GET, choices, reach)
    page = known_page(reach, wanted, reader_language())
    if page.made and ask_anew("known"):
        renew_kept.enqueue()
    told = {
        "page": page,
        "wanted": wanted,
        "choices": choices,
        "reach": reach,
        "query": _query(request),
        "may_mark": may_support(person),
    }
    return render(request, "supports/known.html", told)


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def known_mark(request: HttpRequest) -> HttpResponse:
    """Which of my students do I know well?"""
    if request.method == "POST":
        return _save(request)
    person = who(request)
    reach = reach_today(person)
    choices = choices_for(reach)
    wanted = read_wanted(request.GET, choices, reach)
    advisories = own_advisories(person)
    advisory = _number(request.GET.get("advisory", ""), advisories)
    wide = is_wide(reach, wanted) and advisory is None
    found = narrowed(students_within(reach), wanted, everywhere=reach.district)
    if advisory is not None:
        found = placed_in(found, advisory)
    told: dict[str, Any] = {
        "list": None if wide else mark_list(person, found),
        "wanted": wanted,
        "choices": choices,
        "advisories": advisories,
        "advisory": advisory,
        "reach": reach,
        "query": _query(request),
        "saved": _saved(request),
    }
    return render(request, "supports/known_mark.html", told)


def _save(request: HttpRequest) -> HttpResponse:
    person, ticked = who(request), read_ticked(request.POST)
    marked = mark_known(person, shown=ticked.shown, known=ticked.known)
    request.session[_UNDO] = {"added": marked.added, "ended": marked.ended}
    if not marked:
        messages.info(request, _("Nothing changed."))
    if ticked.student and _is_theirs(person, ticked.student):
        return redirect("student", ticked.student)
    query = request.POST.get("query", "")[:500]
    first = f"{query}&" if query else ""
    return redirect(f"{reverse('known_mark')}?{first}saved=yes")


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def known_undo(request: HttpRequest) -> HttpResponse:
    """Take the last saved list back."""
    kept = request.session.pop(_UNDO, None) or {}
    undone = undo_marks(
        who(request), added=kept.get("added", ()), ended=kept.get("ended", ())
    )
    if undone:
        messages.success(request, _("The list stands as it did before."))
    return redirect("known_mark")


def _saved(request: HttpRequest) -> str:
    """What the last saving changed, right after it; blank otherwise."""
    kept = request.session.get(_UNDO)
    if not kept or "saved" not in request.GET:
        return ""
    return _words(Marked(tuple(kept["added"]), tuple(kept["ended"])))


def _words(marked: Marked) -> str:
    told = []
    if marked.added:
        told.append(
            ngettext(
                "You said that you know %(n)d more student well.",
                "You said that you know %(n)d more students well.",
                len(marked.added),
            )
            % {"n": len(marked.added)}
        )
    if marked.ended:
        told.append(
            ngettext(
                "%(n)d mark was taken back.",
                "%(n)d marks were taken back.",
                len(marked.ended),
            )
            % {"n": len(marked.ended)}
        )
    return " ".join(told)


def _is_theirs(person: Person, student_id: str) -> bool:
    reach: Reach = reach_today(person)
    return students_within(reach).filter(pk=student_id).exists()


def _query(request: HttpRequest) -> str:
    """The filters in use, to go on with; only those that the page knows."""
    names = (*FILTERS, "advisory")
    return urlencode(
        {name: request.GET[name] for name in names if request.GET.get(name)}
    )


def _number(told: str, choices: tuple[tuple[int, str], ...]) -> int | None:
    return next((key for key, _name in choices if str(key) == told), None)
