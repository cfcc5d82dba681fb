"""One support for many students: chosen from a list, or brought in by a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.forms.wanted import read_wanted
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.queries.students import choices_for
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.actions import care
from evenrise.workspace.supports.actions.bringing import bring_file
from evenrise.workspace.supports.actions.file_rows import TriedCare
from evenrise.workspace.supports.actions.planning import MOST
from evenrise.workspace.supports.forms.care import BringForm
from evenrise.workspace.supports.forms.many import ManyForm
from evenrise.workspace.supports.models import SupportKind
from evenrise.workspace.supports.models.words import Domain
from evenrise.workspace.supports.queries.choosing_many import (
    SHOWN,
    added_today,
    begun_together,
    choices_of,
    students_chosen,
    students_to_choose,
)
from evenrise.workspace.supports.queries.menu import kinds_offered
from evenrise.workspace.supports.queries.owners import owners_at
from evenrise.workspace.supports.said import kind_name
from evenrise.workspace.supports.views.attempts import attempt, who


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_supports(request: HttpRequest) -> HttpResponse:
    """Which students begin this support together?"""
    person, reach = who(request)
    if request.method != "POST":
        return _list(request, person, reach)
    keys = [key.replace("\x00", "") for key in request.POST.getlist("students")]
    asked = request.POST.get("kind", "")
    kind = next((one for one in kinds_offered() if one.key == asked), None)
    if kind is None or not keys:
        messages.error(request, _("Choose a support and at least one student."))
        return _list(request, person, reach, status=422)
    if len(keys) > MOST:
        messages.error(request, _("At most %(n)s students in one go.") % {"n": MOST})
        return _list(request, person, reach, status=422)
    return _plan(request, person, reach, keys, kind)


def _list(
    request: HttpRequest, person: Person, reach: Reach, status: int = 200
) -> HttpResponse:
    choices = choices_for(reach)
    wanted = read_wanted(request.GET, choices, reach)
    domain = request.GET.get("flag", "")
    students, more = students_to_choose(reach, wanted, domain)
    batch = request.GET.get("begun", "")[:16].replace("\x00", "")
    told = {
        "students": students,
        "more": more,
        "most": SHOWN,
        "choices": choices,
        "wanted": wanted,
        "chosen_caseload": str(wanted.caseload or ""),
        "domain": domain,
        "domains": Domain.choices,
        "kinds": [(kind.key, kind_name(kind)) for kind in kinds_offered()],
        "kind": request.GET.get("kind", ""),
        "batch": batch,
        "begun": begun_together(person, batch, timezone.localdate()),
    }
    return render(request, "supports/bulk.html", told, status=status)


def _plan(
    request: HttpRequest,
    person: Person,
    reach: Reach,
    keys: list[str],
    kind: SupportKind,
) -> HttpResponse:
    found = students_chosen(reach, keys)
    students = choices_of(found)
    if len(students) != len(set(keys)):
        raise Http404
    today = timezone.localdate()
    begins = "begin" in request.POST
    schools = found.order_by().values_list("school", flat=True).distinct()
    form = ManyForm(
        request.POST if begins else None,
        kind=kind,
        owners=owners_at([key for key in schools if key], today),
        proposed=care.plan_from_menu(kind, owner=person, begins_on=today),
    )
    if begins and form.is_valid():
        done = attempt(
            lambda: care.begin_batch(person, students=keys, plan=form.plan()), form
        )
        if done is not None:
            _tell(request, done)
            return redirect(reverse("bulk_supports") + f"?begun={done.batch}")
    told = {"form": form, "kind": kind, "name": kind_name(kind), "students": students}
    status = 422 if begins else 200
    return render(request, "supports/bulk_plan.html", told, status=status)


def _tell(request: HttpRequest, done: care.Begun) -> None:
    if done.running:
        words = ngettext(
            "%(n)d student has this support already; nothing was changed there.",
            "%(n)d students have this support already; nothing was changed there.",
            len(done.running),
        )
        messages.warning(request, words % {"n": len(done.running)})


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_supports(request: HttpRequest) -> HttpResponse:
    """Which supports does this file hold?"""
    person, _reach = who(request)
    form = BringForm(request.POST or None, request.FILES or None)
    batch = request.GET.get("added", "")[:16].replace("\x00", "")
    told: dict[str, Any] = {
        "form": form,
        "batch": batch,
        "added": added_today(person, batch, timezone.localdate()),
    }
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and form.whole():
            tried = attempt(
                lambda: bring_file(
                    person,
                    text=form.whole(),
                    write="add" in request.POST,
                    own_missing=form.cleaned_data["own_missing"],
                ),
                form,
            )
            if tried is not None and tried.batch:
                return redirect(_brought(tried))
            told |= {"tried": tried, "text": form.whole()}
            status = 200 if tried is not None and not tried.problems else 422
        elif form.is_valid():
            form.add_error("file", _("Choose a file."))
    return render(request, "supports/bring.html", told, status=status)


def _brought(tried: TriedCare) -> str:
    """The page that says what was added, and where it can be undone."""
    if tried.kind == "sessions":
        return f"{reverse('bring_supports')}?added={tried.batch}"
    return f"{reverse('bulk_supports')}?begun={tried.batch}"


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def undo_batch(request: HttpRequest, batch: str) -> HttpResponse:
    """Take back what was begun together today."""
    person, _reach = who(request)
    try:
        done = attempt(lambda: care.undo_batch(person, batch=batch.replace("\x00", "")))
    except InputProblem as problem:
        messages.error(request, str(problem))
        return redirect("bulk_supports")
    if done is not None:
        words = ngettext(
            "%(n)d support was taken back.",
            "%(n)d supports were taken back.",
            done.gone,
        )
        messages.success(request, words % {"n": done.gone})
        if done.stay:
            words = ngettext(
                "%(n)d stays: somebody worked on it already.",
                "%(n)d stay: somebody worked on them already.",
                done.stay,
            )
            messages.warning(request, words % {"n": done.stay})
    return redirect("supports")


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def undo_sessions(request: HttpRequest, batch: str) -> HttpResponse:
    """Take back the sessions of a file that was brought in today."""
    person, _reach = who(request)
    gone = attempt(lambda: care.undo_sessions(person, batch=batch.replace("\x00", "")))
    words = ngettext(
        "%(n)d session was taken back.", "%(n)d sessions were taken back.", gone or 0
    )
    messages.success(request, words % {"n": gone or 0})
    return redirect("bring_supports")
