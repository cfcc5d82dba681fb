"""Pages of whole cycles: the list, a new one, one of them, a section changed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.cycles.actions import beginning, changing
from evenrise.workspace.cycles.content import locked_fields, open_sections
from evenrise.workspace.cycles.forms.cycles import (
    AskForm,
    BeginForm,
    StudyForm,
    TellForm,
    TryForm,
)
from evenrise.workspace.cycles.models import Cycle
from evenrise.workspace.cycles.queries.cycles_list import Wanted, cycles_page
from evenrise.workspace.cycles.queries.diagram import diagram_of
from evenrise.workspace.cycles.queries.one_cycle import cycle_page, measured_parts
from evenrise.workspace.cycles.queries.starting import (
    followed,
    group_choices,
    rung_choices,
    school_choices,
    starting,
)
from evenrise.workspace.cycles.said import cycle_url, cycles_trail
from evenrise.workspace.cycles.views.opening import (
    deed,
    own_cycle,
    read_cycle,
    show_form,
)
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, number, who
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.SEE_FINDINGS)
@require_safe
def cycles(request: HttpRequest) -> HttpResponse:
    """What do our teams try, and what did they learn?"""
    person, asked = who(request), request.GET
    wanted = Wanted(
        words=asked.get("q", "")[:100].strip(),
        state=asked.get("state", ""),
        school=asked.get("school", ""),
        mine=asked.get("mine", "") == "yes",
        page=number(asked.get("page", "")) or 1,
    )
    page = cycles_page(person, wanted, reader_language())
    told = {"page": page, "wanted": wanted, "begins": person.may(Right.INQUIRE)}
    return render(request, "cycles/cycles.html", told)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_new(request: HttpRequest) -> HttpResponse:
    """What does a team notice, and what does it wonder?"""
    person, language = who(request), reader_language()
    asked = {n: request.GET.get(n, "") for n in ("finding", "rung", "visit")}
    if request.GET.get("follows"):
        return _to_next(person, request.GET["follows"])
    begins = starting(person, asked, language)
    if begins is None:
        raise Http404
    schools = school_choices(person)
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        person=person,
        schools=schools,
        initial={
            "language": language,
            "notice": begins.notice,
            "wonder": begins.wonder,
            "school": _first_school(begins.school_id, schools),
        },
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(
            lambda: beginning.begin_cycle(person, said=form.begun(begins.ground)),
            request,
            form,
        )
        if made is not None:
            words = _("The cycle is begun; only its team reads it.")
            return done(request, words, cycle_url(made))
    told = {"form": form, "ground": begins.ground, "trail": cycles_trail()}
    told["headline"] = getattr(begins.ground, f"headline_{language}")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "cycles/cycle_new.html", told, status=status)


def _to_next(person: Person, follows: str) -> HttpResponse:
    """The next of a chain begins on the page of the one before, at one press."""
    before = followed(person, follows)
    if before is None:
        raise Http404
    return redirect(cycle_url(before) + "#next")


def _first_school(named: str, schools: list[tuple[str, str]]) -> str:
    """The finding's school, or the only one where the person works."""
    codes = [code for code, _name in schools if code]
    if named in codes:
        return named
    return codes[0] if len(codes) == 1 else ""


@needs(Right.SEE_FINDINGS)
@require_safe
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """What did a team ask, try, see and decide?"""
    person = who(request)
    removed = cycle_removed(person, pk)
    if removed is not None:
        told = {"cycle": removed, "trail": cycles_trail()}
        return render(request, "cycles/cycle_removed.html", told)
    person, one = read_cycle(request, pk)
    language = reader_language()
    page = cycle_page(person, one, timezone.localdate(), language)
    told = {
        "cycle": one,
        "page": page,
        "diagram": diagram_of(one, page.outline, language),
        "trail": cycles_trail(),
    }
    return render(request, "cycles/cycle.html", told)


def cycle_removed(person: Person, pk: int) -> Cycle | None:
    """A removed cycle that the person led: its page offers to bring it back."""
    mine = Cycle.objects.filter(
        pk=pk,
        removed_at__isnull=False,
        members__person=person,
        members__left_at=None,
        members__role="lead",
    )
    return mine.first()


_QUESTIONS = {
    "ask": lambda: _("What does the team ask, and what does it want to reach?"),
    "try": lambda: _("What does the team try, and what does it predict?"),
    "study": lambda: _("What happened, beside what the team predicted?"),
    "tell": lambda: _("How is this cycle told to everybody?"),
}


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_change(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Change one section of a cycle."""
    person, one = own_cycle(request, pk)
    if section not in open_sections(one):
        raise Http404
    form = _form(request, person, one, section)
    if request.method == "POST" and form.is_valid():
        changed = attempt(
            lambda: changing.change_cycle(
                person,
                cycle=pk,
                section=section,
                said=form.said(),
                seen=form.version_seen,
            ),
            request,
            form,
        )
        if changed is not None:
            url = f"{cycle_url(one)}#{section}"
            return done(request, _("The change is saved."), url)
    told: dict[str, Any] = {"question": _QUESTIONS[section](), "section": section}
    if section == "study":
        told["measured"] = measured_parts(person, one)
    return show_form(request, one, form, told)


def _form(request: HttpRequest, person: Person, one: Cycle, section: str) -> Any:
    language = reader_language()
    kinds: dict[str, type[Any]] = {
        "ask": AskForm,
        "try": TryForm,
        "study": StudyForm,
        "tell": TellForm,
    }
    kind = kinds[section]
    further: dict[str, Any] = {}
    if section == "ask":
        further = {
            "schools": school_choices(person, one),
            "groups": group_choices(language),
            "rungs": rung_choices(person, one, language),
        }
    if section == "try":
        further = {"locked": locked_fields(one, timezone.localdate())}
    initial = {name: getattr(one, name, "") for name in kind.base_fields}
    initial |= {
        "school": one.school_id or "",
        "rung": str(one.rung_id or ""),
        "seen": one.version,
    }
    posted = request.POST if request.method == "POST" else None
    return kind(posted, person=person, initial=initial, **further)


@needs(Right.INQUIRE)
@require_POST
def cycle_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back how a cycle's words were before the last change."""
    person, one = own_cycle(request, pk)
    seen = number(request.POST.get("seen", "")) or 0
    words = _("It is as it was before. The same button brings the change back.")
    return deed(
        request,
        lambda: changing.undo_change(person, cycle=pk, seen=seen),
        words,
        cycle_url(one),
    )


@needs(Right.INQUIRE)
@require_POST
def cycle_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next cycle of the chain."""
    person, one = own_cycle(request, pk)
    made = attempt(lambda: beginning.begin_next(person, cycle=pk), request)
    if made is None:
        return redirect(cycle_url(one))
    words = _("The next cycle is begun; what holds was carried over.")
    return done(request, words, reverse("cycle", args=[made.pk]))
