"""Briefings at work: the list, the two editions, the findings they speak of."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import LANGUAGES, Language
from evenrise.workspace.data.standing import pages_of
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.reports import actions
from evenrise.workspace.reports.forms import NOTE, BeginForm, EditionForm
from evenrise.workspace.reports.models import Briefing, Release
from evenrise.workspace.reports.queries import (
    chosen_findings,
    editions,
    listed,
    release_lines,
    waiting_for,
)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # noqa: S101 - the door let them in
    return request.user


def _language(request: HttpRequest) -> Language:
    return "es" if request.LANGUAGE_CODE == "es" else "en"


@needs(Right.WRITE_BRIEFINGS, Right.APPROVE_RELEASES)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What is public, what waits for whom, and the briefings at work."""
    language = _language(request)
    context = {
        "public_figures": actions.public_figures(),
        "releases": release_lines(listed(Release.objects.all())[:30], language),
        "waiting": release_lines(waiting_for(_person(request)), language),
        "may_write": _person(request).may(Right.WRITE_BRIEFINGS),
        "briefings": [
            (one, editions(one))
            for one in Briefing.objects.prefetch_related("editions")[:50]
        ],
    }
    return render(request, "reports/reports.html", context)


@needs(Right.WRITE_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def briefing_new(request: HttpRequest) -> HttpResponse:
    """Begin a briefing."""
    form = BeginForm(request.POST or None, initial={"language": _language(request)})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin_briefing(
                person=_person(request),
                language=form.cleaned_data["language"],
                words=actions.Words(title=form.cleaned_data["title"]),
            )
        except InputProblem as problem:
            form.add_error(None, problem[_language(request)])
        else:
            return redirect("briefing_findings", slug=made.slug)
    status = 422 if form.is_bound else 200
    return render(request, "reports/briefing_new.html", {"form": form}, status=status)


@needs(Right.WRITE_BRIEFINGS, Right.APPROVE_RELEASES)
@require_safe
def briefing(request: HttpRequest, slug: str) -> HttpResponse:
    """One briefing: its editions, its findings, where its release stands."""
    found = get_object_or_404(Briefing, slug=slug)
    pages, language = pages_of(found.snapshot), _language(request)
    told = editions(found)
    context = {
        "briefing": found,
        "title": (told.get(language) or next(iter(told.values()))).edition.title,
        "edition_lines": [
            {"language": name, "told": told.get(name)} for name in LANGUAGES
        ],
        "may_write": _person(request).may(Right.WRITE_BRIEFINGS),
        "findings": [one.told[language] for one in chosen_findings(found, pages)],
        "releases": release_lines(found.releases.all(), language),
    }
    return render(request, "reports/briefing.html", context)


@needs(Right.WRITE_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def briefing_findings(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the findings, in the order of the review."""
    found = get_object_or_404(Briefing, slug=slug)
    pages, language = pages_of(found.snapshot), _language(request)
    if request.method == "POST":
        known = {one.key for one in pages.findings()}
        chosen = [key for key in request.POST.getlist("finding") if key in known]
        actions.choose_findings(
            person=_person(request), briefing=found, findings=chosen
        )
        messages.success(request, _("The findings are chosen."))
        return redirect("briefing", slug=slug)
    main = {one.key for one in pages.main()}
    offered = [
        (one, one.headline[language], one.key in found.findings)
        for one in pages.findings()
        if one.clear or one.key in main or one.key in found.findings
    ]
    context = {"briefing": found, "offered": offered[:80]}
    return render(request, "reports/briefing_findings.html", context)


@needs(Right.WRITE_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: HttpRequest, slug: str, edition: Language) -> HttpResponse:
    """Write one edition, with the other one beside it."""
    found = get_object_or_404(Briefing, slug=slug)
    told = editions(found)
    own = told[edition].edition if edition in told else None
    findings = tuple(
        (one.key, one.told[edition].headline)
        for one in chosen_findings(found, pages_of(found.snapshot))
    )
    start: dict[str, object] = {"seen_version": 0}
    if own is not None:
        notes = {NOTE + key: words for key, words in own.notes.items()}
        start = {
            "title": own.title,
            "opening": own.opening,
            "closing": own.closing,
            "seen_version": own.version,
        } | notes
    form = EditionForm(
        request.POST or None, initial=start, findings=findings, language=edition
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_edition(
                person=_person(request),
                briefing=found,
                language=edition,
                words=form.words(),
                seen_version=form.cleaned_data["seen_version"],
                follows_other=form.cleaned_data["follows_other"],
            )
        except InputProblem as problem:
            form.add_error(None, problem[_language(request)])
        else:
            messages.success(request, _("The edition is saved."))
            return redirect("briefing", slug=slug)
    others = [one.edition for name, one in told.items() if name != edition]
    context = {
        "briefing": found,
        "form": form,
        "edition": edition,
        "other": others[0] if others else None,
        "is_stale": edition in told and told[edition].is_stale,
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/edition.html", context, status=status)


@needs(Right.WRITE_BRIEFINGS)
@require_POST
def briefing_propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose the briefing for the public."""
    found = get_object_or_404(Briefing, slug=slug)
    try:
        made = actions.propose_briefing(person=_person(request), briefing=found)
    except InputProblem as problem:
        messages.error(request, problem[_language(request)])
        return redirect("briefing", slug=slug)
    return redirect("release", key=made.pk)
