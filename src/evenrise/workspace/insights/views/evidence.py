"""Pages of written evidence and of themes, and the verbs on them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.access import evidence_read_by, may_change_evidence
from evenrise.workspace.insights.actions import evidence as verbs
from evenrise.workspace.insights.forms import (
    QUOTES,
    EvidenceForm,
    ThemeForm,
    evidence_initial,
    names_refused,
)
from evenrise.workspace.insights.models import Evidence, EvidenceKind
from evenrise.workspace.insights.names import refused_names
from evenrise.workspace.insights.queries.choosing import (
    evidence_choices,
    school_choices,
)
from evenrise.workspace.insights.queries.evidence import (
    A_PAGE,
    EvidenceFilter,
    evidence_list,
    evidence_page,
    theme_page,
    themes_used,
)
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.shown import (
    count_words,
    evidence_trail,
    listed,
    reader_language,
)
from evenrise.workspace.insights.views.beginning import (
    done,
    number,
    there,
    tried,
    with_stand,
)
from evenrise.workspace.people.roles import Right


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def evidence(request: HttpRequest, stand: Stand) -> HttpResponse:
    """What was seen and heard?"""
    language = reader_language()
    asked = request.GET
    wanted = EvidenceFilter(
        kind=asked.get("kind", ""),
        theme=asked.get("theme", ""),
        school=asked.get("school", ""),
        words=asked.get("q", ""),
        page=number(asked.get("page", "")) or 1,
    )
    pieces, total = evidence_list(stand.person, wanted, language)
    told = {
        "pieces": pieces,
        "wanted": wanted,
        "kinds": EvidenceKind.choices,
        "themes": themes_used(stand.person, language),
        "schools": school_choices(stand, language),
        "writes": stand.person.may(Right.WRITE_EVIDENCE),
        "words": ngettext(
            "%(count)s piece of written evidence that you may read.",
            "%(count)s pieces of written evidence that you may read.",
            total,
        )
        % {"count": count_words(total, language)},
        "before": wanted.query(wanted.page - 1) if wanted.page > 1 else "",
        "after": wanted.query(wanted.page + 1) if total > wanted.page * A_PAGE else "",
    }
    return render(request, "insights/evidence.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def evidence_piece(request: HttpRequest, stand: Stand, key: int) -> HttpResponse:
    """What was seen and heard on this day?"""
    page = there(evidence_page(stand, key, reader_language()))
    told = {"page": page, "trail": evidence_trail()}
    return render(request, "insights/evidence_piece.html", told)


@needs(Right.WRITE_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
@with_stand
def write_evidence(request: HttpRequest, stand: Stand) -> HttpResponse:
    """Write down a visit, a conversation or a document."""
    language = reader_language()
    form = EvidenceForm(
        request.POST or None,
        initial=_beginning(request, language),
        choices=evidence_choices(stand, language, request.GET.get("finding", "")),
        language=language,
    )
    if request.method == "POST" and form.is_valid() and _names_nobody(stand, form):
        one = verbs.write_evidence(stand.person, written=form.written())
        return done(request, _("The evidence is saved."), _address(one))
    return _form(request, form, None)


def _beginning(request: HttpRequest, language: str) -> dict[str, Any]:
    """What an empty form begins with: the place it was opened from."""
    asked = request.GET
    return {
        "kind": "visit",
        "language": language,
        "readers": "everybody",
        "school": asked.get("school", ""),
        "findings": [asked["finding"]] if "finding" in asked else [],
        "indicators": [asked["indicator"]] if "indicator" in asked else [],
        "seen": 0,
    }


@needs(Right.WRITE_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
@with_stand
def change_evidence(request: HttpRequest, stand: Stand, key: int) -> HttpResponse:
    """Change one's own evidence."""
    language = reader_language()
    one = there(_own(stand, key))
    shown = evidence_initial(one)
    choices = evidence_choices(stand, language, *shown["findings"])
    form = EvidenceForm(
        request.POST or None,
        initial=shown,
        choices={**choices, "quotes": max(QUOTES, one.quotes.count() + 2)},
        language=language,
    )
    if request.method == "POST" and form.is_valid() and _names_nobody(stand, form):
        seen = form.cleaned_data["seen"] or 0
        if tried(
            lambda: verbs.change_evidence(
                stand.person, evidence=one.pk, written=form.written(), seen=seen
            ),
            request,
        ):
            return done(request, _("The evidence is changed."), _address(one))
        return _form(request, form, one, 409)
    return _form(request, form, one)


def _own(stand: Stand, key: int) -> Evidence | None:
    one = (
        evidence_read_by(stand.person)
        .filter(pk=key, withdrawn_at=None)
        .prefetch_related("quotes", "links", "themes")
        .first()
    )
    return one if one is not None and may_change_evidence(stand.person, one) else None


def _names_nobody(stand: Stand, form: EvidenceForm) -> bool:
    """Refuse a student's full name; ask once about a single one."""
    written = form.written()
    texts = [written.title, written.took_part, written.text]
    texts += [quote.text for quote in written.quotes]
    found = refused_names(stand.person, texts, written.school_id)
    if found.full:
        form.add_error(None, names_refused(found.full))
        return False
    if found.single and not form.cleaned_data["not_students"]:
        form.add_error(
            "not_students",
            _(
                "Students of this school have these names: %(names)s. Take them out,"
                " or say that no student is meant."
            )
            % {"names": listed(found.single)},
        )
        return False
    return True


def _form(
    request: HttpRequest, form: EvidenceForm, one: Evidence | None, status: int = 200
) -> HttpResponse:
    if status == 200 and form.errors:
        status = 422
    told = {
        "form": form,
        "one": one,
        "asks": "not_students" in form.errors,
        "trail": evidence_trail(),
    }
    return render(request, "insights/evidence_form.html", told, status=status)


def _address(one: Evidence) -> str:
    return reverse("evidence_piece", args=[one.pk])


@needs(Right.WRITE_EVIDENCE)
@require_POST
@with_stand
def withdraw_evidence(request: HttpRequest, stand: Stand, key: int) -> HttpResponse:
    """Take one's own evidence back, or bring it back (`restore`)."""
    restore = "restore" in request.POST
    tried(
        lambda: verbs.withdraw_evidence(stand.person, evidence=key, gone=not restore),
        request,
    )
    words = (
        _("The evidence is shown again.")
        if restore
        else _("The evidence is withdrawn. Only you can see it now.")
    )
    return done(request, words, reverse("evidence_piece", args=[key]))


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def theme(request: HttpRequest, stand: Stand, code: str) -> HttpResponse:
    """What was seen and heard about this theme?"""
    page = there(theme_page(stand.person, code, reader_language()))
    told = {"page": page, "trail": evidence_trail()}
    return render(request, "insights/theme.html", told)


@needs(Right.SEE_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@with_stand
def themes(request: HttpRequest, stand: Stand) -> HttpResponse:
    """What is the evidence about? And a theme of the district's own."""
    writes = stand.person.may(Right.WRITE_EVIDENCE)
    form = ThemeForm(request.POST or None)
    if request.method == "POST":
        there(writes or None)
        if form.is_valid():
            told = form.cleaned_data
            verbs.add_theme(
                stand.person,
                names=(told["name_en"], told["name_es"]),
                about=(told["about_en"], told["about_es"]),
            )
            return done(request, _("The theme is added."), reverse("themes"))
    told = {
        "themes": themes_used(stand.person, reader_language()),
        "form": form,
        "writes": writes,
    }
    status = 422 if form.errors else 200
    return render(request, "insights/themes.html", told, status=status)
