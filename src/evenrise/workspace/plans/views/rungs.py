"""Pages of one rung, and the verbs on it: add, change, move, remove, undo."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, number, there, who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.actions import moving, rungs as verbs
from evenrise.workspace.plans.forms.rungs import ReportForm, RungForm
from evenrise.workspace.plans.further import RUNG_PARTS
from evenrise.workspace.plans.models import BELOW, Plan, Rung, RungKind
from evenrise.workspace.plans.queries.choosing import rung_choices
from evenrise.workspace.plans.queries.one_rung import rung_page
from evenrise.workspace.plans.queries.reading import rung_named
from evenrise.workspace.plans.queries.trace import recommended
from evenrise.workspace.plans.said import kind_words, plan_trail, plan_url, rung_url
from evenrise.workspace.plans.views.opening import attempt, own_plan, plan_or_404


_PLAIN = (
    *("title_en", "title_es", "text_en", "text_es", "theory_en", "theory_es"),
    *("done_en", "done_es", "begins_on", "ends_on", "lcff", "service"),
)


@needs(Right.SEE_FINDINGS)
@require_safe
def rung(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """What is meant, who does it, what does it stand on, and how far is it?"""
    return show_rung(request, plan, key, None)


def show_rung(
    request: HttpRequest, plan: str, key: str, form: ReportForm | None
) -> HttpResponse:
    """A rung's page; `form` is a report that was not right yet.

    Raises:
        Http404: when it is not there; a removed one is shown to those who write.
    """
    person, one, language = who(request), plan_or_404(plan), reader_language()
    page = rung_page(
        person,
        one,
        key,
        starred=recommended(one),
        today=timezone.localdate(),
        language=language,
    )
    if page is None:
        return _removed(request, one, key)
    report = form or ReportForm(person=person, initial={"state": page.rung.state})
    told = {
        "plan": one,
        "page": page,
        "report_form": report,
        "further": RUNG_PARTS.shown(person, page.rung),
        "trail": plan_trail(one, language),
    }
    status = 422 if form is not None else 200
    return render(request, "plans/rung.html", told, status=status)


def _removed(request: HttpRequest, plan: Plan, key: str) -> HttpResponse:
    """A rung that was removed: whoever writes the plan can bring it back."""
    if not may_write(who(request), plan):
        raise Http404
    language = reader_language()
    told = {
        "plan": plan,
        "rung": there(rung_named(plan, key)),
        "trail": plan_trail(plan, language),
    }
    told["title"] = told["rung"].said("title", language)[0]
    return render(request, "plans/rung_removed.html", told)


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def rung_new(request: HttpRequest, plan: str) -> HttpResponse:
    """Add a rung: `kind` says what, `parent` below what."""
    person, one = own_plan(request, plan)
    kind, parent = request.GET.get("kind", ""), request.GET.get("parent", "")
    above = _standing(one, parent) if parent else None
    if (above.kind if above else "") not in BELOW.get(kind, ("-",)):
        raise Http404
    language = reader_language()
    form = RungForm(
        request.POST if request.method == "POST" else None,
        person=person,
        kind=kind,
        choices=rung_choices(one, None, kind, timezone.localdate(), language),
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(
            lambda: verbs.add_rung(
                person, plan=plan, kind=kind, parent=parent, said=form.said()
            ),
            request,
            form,
        )
        if made is not None:
            return done(request, _("It stands in the plan."), rung_url(one, made.key))
    return _form(request, one, form, kind, {"above": above})


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def rung_change(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Change what a rung says."""
    person, one = own_plan(request, plan)
    found = _standing(one, key)
    language = reader_language()
    form = RungForm(
        request.POST if request.method == "POST" else None,
        person=person,
        kind=found.kind,
        choices=rung_choices(one, found, found.kind, timezone.localdate(), language),
        initial=_initial(found),
    )
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        changed = attempt(
            lambda: verbs.change_rung(
                person, plan=plan, key=key, said=form.said(), seen=seen
            ),
            request,
            form,
        )
        if changed is not None:
            return done(request, _("The change is saved."), rung_url(one, key))
    return _form(request, one, form, found.kind, {"rung": found})


def _standing(plan: Plan, key: str) -> Rung:
    found: Rung = there(rung_named(plan, key))
    if found.removed_at is not None:
        raise Http404
    return found


def _initial(found: Rung) -> dict[str, Any]:
    contributing = {True: "yes", False: "no", None: ""}[found.contributing]
    depends = found.depends.filter(removed_at=None) if _is_step(found) else ()
    return {
        **{name: getattr(found, name) for name in _PLAIN},
        "department": found.department.key if found.department else "",
        "owner": found.person_id,
        "serves": str(found.serves_id or ""),
        "depends": [one.key for one in depends],
        "contributing": contributing,
        "seen": found.version,
    }


def _is_step(found: Rung) -> bool:
    return found.kind == RungKind.STEP


def _form(
    request: HttpRequest,
    plan: Plan,
    form: RungForm,
    kind: str,
    beside: dict[str, Any],
) -> HttpResponse:
    language = reader_language()
    found: Rung | None = beside.get("rung")
    above: Rung | None = beside.get("above")
    told = {
        "plan": plan,
        "form": form,
        "kind": kind,
        "kind_words": kind_words(kind).lower(),
        "one": found,
        "title": found.said("title", language)[0] if found else "",
        "above": above.said("title", language)[0] if above else "",
        "back": rung_url(plan, found.key) if found else plan_url(plan),
        "trail": plan_trail(plan, language),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "plans/rung_form.html", told, status=status)


@needs(Right.WRITE_PLANS)
@require_POST
def rung_move(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Move a rung up or down among those beside it, or below another one."""
    person, told = who(request), request.POST
    if "parent" in told:
        verb = _below(request, plan, key, told["parent"])
    else:
        by = -1 if told.get("where") != "down" else 1
        verb = attempt(
            lambda: moving.move_rung(person, plan=plan, key=key, by=by), request
        )
    one = plan_or_404(plan)
    if verb is None:
        return redirect(rung_url(one, key))
    return done(request, _("It is moved."), rung_url(one, key))


def _below(request: HttpRequest, plan: str, key: str, parent: str) -> Rung | None:
    person = who(request)
    return attempt(
        lambda: moving.put_below(person, plan=plan, key=key, parent=parent), request
    )


@needs(Right.WRITE_PLANS)
@require_POST
def rung_remove(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Remove a rung; its page then offers to bring it back."""
    person = who(request)
    attempt(lambda: moving.remove_rung(person, plan=plan, key=key), request)
    return redirect(rung_url(plan_or_404(plan), key))


@needs(Right.WRITE_PLANS)
@require_POST
def rung_restore(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Bring a removed rung back, with what stood below it."""
    person = who(request)
    back = attempt(lambda: moving.restore_rung(person, plan=plan, key=key), request)
    url = rung_url(plan_or_404(plan), key)
    if back is None:
        return redirect(url)
    return done(request, _("It stands in the plan again."), url)


@needs(Right.WRITE_PLANS)
@require_POST
def rung_undo(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Bring back how a rung was before its last change."""
    person = who(request)
    seen = number(request.POST.get("seen", "")) or 0
    back = attempt(
        lambda: verbs.undo_rung(person, plan=plan, key=key, seen=seen), request
    )
    url = rung_url(plan_or_404(plan), key)
    if back is None:
        return redirect(url)
    words = _("It is as it was before. The same button brings the change back.")
    return done(request, words, url)
