"""Pages of findings, and the verbs on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.access import may_decide, may_recommend
from evenrise.workspace.insights.actions import findings as verbs
from evenrise.workspace.insights.forms import (
    ReasonForm,
    RemarkForm,
    SetAsideForm,
    StartForm,
)
from evenrise.workspace.insights.further import FINDING_PARTS
from evenrise.workspace.insights.models import (
    Decision,
    LinkKind,
    Remark,
    Start,
    Verdict,
)
from evenrise.workspace.insights.queries.evidence import beside
from evenrise.workspace.insights.queries.findings import (
    Wanted,
    chosen_findings,
    findings_page,
)
from evenrise.workspace.insights.queries.one_finding import finding_whole
from evenrise.workspace.insights.queries.recommendations import for_finding
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.shown import (
    finding_url,
    findings_trail,
    reader_language,
)
from evenrise.workspace.insights.views.beginning import (
    csv_file,
    done,
    facts_file,
    number,
    there,
    tried,
    who,
    with_stand,
)
from evenrise.workspace.people.roles import Right


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    return Wanted(
        kind=asked.get("kind", ""),
        certainty=asked.get("certainty", ""),
        school=asked.get("school", ""),
        indicator=asked.get("indicator", ""),
        state=asked.get("state", ""),
        words=asked.get("q", ""),
        page=number(asked.get("page", "")) or 1,
    )


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def findings(request: HttpRequest, stand: Stand) -> HttpResponse:
    """What did the review find, and what did we decide about it?"""
    wanted = _wanted(request)
    page = findings_page(stand, wanted, reader_language())
    told = {"page": page, "wanted": wanted}
    return render(request, "insights/findings.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def findings_csv(request: HttpRequest, stand: Stand) -> HttpResponse:
    """The list as a file; words and protected figures only."""
    language = reader_language()
    states = dict(
        Decision.objects.filter(latest=True).values_list("finding_key", "verdict")
    )
    found = chosen_findings(stand, _wanted(request), states, stand.new_keys(), language)
    heads = (
        "key",
        "kind",
        "indicator",
        "school_year",
        "organization_id",
        "organization_name",
        "group_family",
        "group",
        "certainty",
        "students",
        "sentence_en",
        "sentence_es",
        "state",
        "snapshot",
    )
    rows = (
        (
            one.key,
            str(one.kind),
            one.indicator,
            one.school_year,
            one.organization_id,
            one.organization_name,
            one.group_family,
            one.group,
            str(one.certainty),
            one.students,
            one.sentence.en,
            one.sentence.es,
            states.get(one.key, str(Verdict.OPEN)),
            stand.pages.snapshot,
        )
        for one in found
    )
    return csv_file("findings.csv", heads, rows)


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def finding_csv(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:  # noqa: ARG001 - a view's shape
    """The protected facts behind a finding as a file."""
    page = there(stand.pages.finding(key))
    names = [row["fact"] for row in page.plain["evidence"] if row["fact"]]
    facts = [stand.pages.fact_named(name) for name in names]
    known = [one for one in facts if one is not None]
    return facts_file("finding.csv", known, stand.pages.snapshot)


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def finding(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """One finding, its evidence, and what people decided and said."""
    return _page(request, stand, key)


def _page(
    request: HttpRequest,
    stand: Stand,
    key: str,
    forms: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    language = reader_language()
    whole = there(finding_whole(stand, key, language))
    seen = {"seen": whole.decision.pk if whole.decision else 0}
    place = whole.line.organization_id if whole.line else ""
    decides = whole.line is not None and may_decide(
        stand.person, place, stand.district_id
    )
    told = {
        "page": whole,
        "trail": findings_trail(),
        "keep_form": ReasonForm(initial=seen),
        "aside_form": SetAsideForm(initial=seen),
        "remark_form": RemarkForm(),
        "start_form": StartForm(initial={"kind": "plan"}),
        "evidence": beside(stand.person, LinkKind.FINDING, key, language),
        "recommendations": for_finding(stand, key, language),
        "decides": decides,
        "undoes": decides
        and whole.decision is not None
        and whole.decision.by_id == stand.person.pk
        and whole.decision.undoes_id is None,
        "says": verbs.may_say(stand.person),
        "starts": stand.person.may(Right.KEEP_FINDINGS) and whole.line is not None,
        "recommends": may_recommend(stand.person, stand.school_of(place)),
        "writes": stand.person.may(Right.WRITE_EVIDENCE),
        "further": FINDING_PARTS.shown(stand.person, key),
        **(forms or {}),
    }
    return render(request, "insights/finding.html", told, status=status)


def _seen(stand: Stand, key: str, decision: int = 0) -> verbs.Seen:
    line = there(stand.by_key.get(key))
    return verbs.Seen(line, stand.pages.snapshot, stand.district_id, decision)


def _decided(
    request: HttpRequest,
    stand: Stand,
    key: str,
    verb: Callable[..., Any],
    words: str,
) -> HttpResponse:
    form = ReasonForm(request.POST, person=stand.person)
    if not form.is_valid():
        return _page(request, stand, key, {"keep_form": form}, 422)
    seen = _seen(stand, key, form.cleaned_data["seen"])
    reason = form.cleaned_data["reason"]
    if tried(lambda: verb(stand.person, seen=seen, reason=reason), request):
        return done(request, words, finding_url(key))
    return _page(request, stand, key, status=409)


@needs(Right.KEEP_FINDINGS)
@require_POST
@with_stand
def keep_finding(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """Keep it."""
    return _decided(request, stand, key, verbs.keep_finding, _("The finding is kept."))


@needs(Right.KEEP_FINDINGS)
@require_POST
@with_stand
def set_finding_aside(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """Set it aside, with a reason."""
    form = SetAsideForm(request.POST, person=stand.person)
    if not form.is_valid():
        return _page(request, stand, key, {"aside_form": form}, 422)
    words = _("The finding is set aside.")
    return _decided(request, stand, key, verbs.set_finding_aside, words)


@needs(Right.KEEP_FINDINGS)
@require_POST
@with_stand
def bring_finding_back(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """Open it again."""
    words = _("The finding is open again.")
    return _decided(request, stand, key, verbs.bring_finding_back, words)


@needs(Right.KEEP_FINDINGS)
@require_POST
@with_stand
def undo_decision(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """Return to what stood before."""

    def verb(person: Any, *, seen: verbs.Seen, reason: str) -> object:
        del reason
        return verbs.undo_decision(person, seen=seen)

    return _decided(request, stand, key, verb, _("The decision is undone."))


@needs(Right.SEE_FINDINGS)
@require_POST
@with_stand
def say(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """Say something about it."""
    form = RemarkForm(request.POST, person=stand.person)
    if not form.is_valid():
        return _page(request, stand, key, {"remark_form": form}, 422)
    _seen(stand, key)
    text = form.cleaned_data["text"]
    if tried(lambda: verbs.say(stand.person, finding=key, text=text), request):
        return done(request, _("Your comment is added."), _discussion(key))
    return _page(request, stand, key, status=409)


def _discussion(key: str) -> str:
    return finding_url(key) + "#discussion"


@needs(Right.SEE_FINDINGS)
def remark(request: HttpRequest, remark_id: int) -> HttpResponse:
    """Change one's own words: the form, and what it sends."""
    person = who(request)
    one = there(person_remark(person, remark_id))
    form = RemarkForm(
        request.POST or None,
        person=person,
        initial={"text": one.text, "seen": one.version},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if tried(
            lambda: verbs.reword(
                person, remark=one.pk, text=told["text"], seen=told["seen"] or 0
            ),
            request,
        ):
            return done(
                request, _("Your comment is changed."), _discussion(one.finding_key)
            )
    back = _discussion(one.finding_key)
    return render(
        request, "insights/remark.html", {"form": form, "back": back, "remark": one}
    )


def person_remark(person: Any, remark_id: int) -> Any:
    """One's own remark; None where it is not there or somebody else's."""
    return Remark.objects.filter(pk=remark_id, by=person, withdrawn_at=None).first()


@needs(Right.SEE_FINDINGS)
@require_POST
def withdraw_remark(request: HttpRequest, remark_id: int) -> HttpResponse:
    """Take one's own words back, or show them again (`restore`)."""
    person, restore = who(request), "restore" in request.POST
    verb = verbs.restore_remark if restore else verbs.withdraw_remark
    one = there(Remark.objects.filter(pk=remark_id, by=person).first())
    tried(lambda: verb(person, remark=one.pk), request)
    words = (
        _("Your comment is shown again.")
        if restore
        else _("Your comment is withdrawn.")
    )
    return done(request, words, _discussion(one.finding_key))


@needs(Right.KEEP_FINDINGS)
@require_POST
@with_stand
def start_from(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """Note it as the start of a plan or a cycle."""
    form = StartForm(request.POST, person=stand.person)
    if not form.is_valid():
        return _page(request, stand, key, {"start_form": form}, 422)
    told, seen = form.cleaned_data, _seen(stand, key)
    tried(
        lambda: verbs.start_from(
            stand.person, seen=seen, kind=told["kind"], note=told["note"]
        ),
        request,
    )
    words = (
        _("Noted as a start for a plan.")
        if told["kind"] == "plan"
        else _("Noted as a start for a cycle.")
    )
    return done(request, words, finding_url(key) + "#starts")


@needs(Right.KEEP_FINDINGS)
@require_POST
def withdraw_start(request: HttpRequest, start_id: int) -> HttpResponse:
    """Take a start back, or bring it back (`restore`)."""
    person, restore = who(request), "restore" in request.POST
    one = there(Start.objects.filter(pk=start_id, by=person).first())
    tried(lambda: verbs.withdraw_start(person, start=one.pk, gone=not restore), request)
    words = _("The start is noted again.") if restore else _("The start is taken back.")
    return done(request, words, finding_url(one.finding_key) + "#starts")
