"""Comments: read, entered, counted or left out; and "you said, we did"."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import there, who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.actions import answering_comments, commenting
from evenrise.workspace.plans.content import read_content
from evenrise.workspace.plans.forms.comments import (
    AcceptForm,
    CommentForm,
    RefuseForm,
    WeDidForm,
    theme_choices,
    theme_of,
)
from evenrise.workspace.plans.models import Comment, Plan, WeDid
from evenrise.workspace.plans.queries.comments import (
    comment_choices,
    comment_line,
    comment_named,
    comments_page,
    latest_edition,
    readers_of,
    rung_choices,
    rung_of,
    we_did_page,
)
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.said import Trail, plan_trail
from evenrise.workspace.plans.views.beginning import (
    deed,
    plan_or_404,
    tried,
    written_by,
)


@needs(Right.WRITE_PLANS)
@require_safe
def comments(request: HttpRequest, plan: str) -> HttpResponse:
    """What did people say, and what waits to be read?"""
    found, language = written_by(who(request), plan), reader_language()
    told = {
        "page": comments_page(found, request.GET.get("show", ""), language),
        "plan": found,
        "trail": plan_trail(found, language),
        "edition": latest_edition(found),
    }
    return render(request, "plans/comments.html", told)


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def comment_new(request: HttpRequest, plan: str) -> HttpResponse:
    """What was said at a meeting or in a letter?"""
    person, sent = who(request), request.method == "POST"
    found, language = written_by(person, plan), reader_language()
    edition = there(latest_edition(found))
    edition.plan = found
    form = CommentForm(
        request.POST if sent else None,
        person=person,
        rungs=rung_choices(read_content(bytes(edition.content)), language),
        themes=theme_choices(language),
        initial={"language": language},
    )
    if sent and form.is_valid():
        done = tried(
            lambda: commenting.enter_comment(
                person, edition=edition, written=form.written()
            ),
            request,
        )
        if done:
            messages.success(request, _("The comment is entered, and counts."))
            return redirect(f"{_comments(found)}?show=counted")
    told = {
        "plan": found,
        "form": form,
        "edition": edition,
        "trail": comments_trail(found, language),
    }
    return render(request, "plans/comment_new.html", told, status=422 if sent else 200)


@needs(Right.WRITE_PLANS)
@require_safe
def comment(request: HttpRequest, plan: str, key: int) -> HttpResponse:
    """One comment: is it shown, and as what?"""
    found = written_by(who(request), plan)
    return _comment(request, found, there(comment_named(found, key)))


def _comment(
    request: HttpRequest,
    plan: Plan,
    one: Comment,
    accept: AcceptForm | None = None,
    refuse: RefuseForm | None = None,
) -> HttpResponse:
    language = reader_language()
    told = {
        "plan": plan,
        "line": comment_line(one, readers_of(plan, [one], language), language),
        "one": one,
        "accept": accept or _accept_form(request, one, language),
        "refuse": refuse or RefuseForm(person=who(request)),
        "trail": comments_trail(plan, language),
    }
    return render(
        request,
        "plans/comment.html",
        told,
        status=422 if request.method == "POST" else 200,
    )


def _accept_form(
    request: HttpRequest, one: Comment, language: Language, data: Any = None
) -> AcceptForm:
    return AcceptForm(
        data,
        person=who(request),
        text=one.text,
        themes=theme_choices(language),
        initial={"theme": one.theme_id, "public_text": one.public_text},
    )


@needs(Right.WRITE_PLANS)
@require_POST
def comment_accept(request: HttpRequest, plan: str, key: int) -> HttpResponse:
    """Let it be shown and counted, or change how it is shown."""
    person = who(request)
    found = written_by(person, plan)
    one = there(comment_named(found, key))
    form = _accept_form(request, one, reader_language(), request.POST)
    if not form.is_valid():
        return _comment(request, found, one, accept=form)
    told = form.cleaned_data
    return deed(
        request,
        lambda: commenting.accept_comment(
            person,
            comment=one.pk,
            public_text=told["public_text"],
            theme=theme_of(told["theme"]),
        ),
        _("The comment is shown and counted."),
        _comments(found),
    )


@needs(Right.WRITE_PLANS)
@require_POST
def comment_refuse(request: HttpRequest, plan: str, key: int) -> HttpResponse:
    """Leave it out, with the reason."""
    person = who(request)
    found = written_by(person, plan)
    one = there(comment_named(found, key))
    form = RefuseForm(request.POST, person=person)
    if not form.is_valid():
        return _comment(request, found, one, refuse=form)
    return deed(
        request,
        lambda: commenting.refuse_comment(
            person, comment=one.pk, why=form.cleaned_data["why"]
        ),
        _("The comment is left out; it is kept, with the reason."),
        _comments(found),
    )


@needs(Right.WRITE_PLANS)
@require_POST
def comment_again(request: HttpRequest, plan: str, key: int) -> HttpResponse:
    """Undo: it waits to be read again."""
    person = who(request)
    found = written_by(person, plan)
    one = there(comment_named(found, key))
    return deed(
        request,
        lambda: commenting.read_again(person, comment=one.pk),
        _("The comment waits to be read."),
        reverse("comment", args=[found.slug, one.pk]),
    )


@needs(Right.SEE_FINDINGS)
@require_safe
def plan_we_did(request: HttpRequest, plan: str) -> HttpResponse:
    """What did people say, and what did we do?"""
    found, language = plan_or_404(plan), reader_language()
    told = {
        "page": we_did_page(who(request), found, language),
        "plan": found,
        "trail": plan_trail(found, language),
    }
    return render(request, "plans/we_did.html", told)


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def we_did_new(request: HttpRequest, plan: str) -> HttpResponse:
    """What was done about what people said, or why not?"""
    asked = {"comments": request.GET.getlist("comment"), "theme": ""}
    return _we_did(request, written_by(who(request), plan), None, asked)


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def we_did_change(request: HttpRequest, plan: str, key: int) -> HttpResponse:
    """An answer, reworded or translated."""
    found = written_by(who(request), plan)
    one = (
        WeDid.objects.filter(plan=found, pk=key, taken_back_at=None)
        .select_related("rung")
        .first()
    )
    if one is None:
        raise Http404
    begins = {
        "comments": [str(pk) for pk in one.comments.values_list("pk", flat=True)],
        "theme": one.theme_id,
        "changed": "yes" if one.changed else "no",
        "rung": one.rung.key if one.rung else "",
        "text_en": one.text_en,
        "text_es": one.text_es,
    }
    return _we_did(request, found, one, begins)


def _we_did(
    request: HttpRequest, plan: Plan, one: WeDid | None, begins: dict[str, Any]
) -> HttpResponse:
    person, sent, language = who(request), request.method == "POST", reader_language()
    form = WeDidForm(
        request.POST if sent else None,
        person=person,
        comments=comment_choices(plan, language),
        rungs=rung_choices(content_of(plan), language),
        themes=theme_choices(language),
        initial=begins,
    )
    if one is None:
        del form.fields["same_meaning"]
    if sent and form.is_valid():
        told = form.told(rung_of(plan, form.cleaned_data["rung"]))
        if tried(lambda: _tell(person, plan, one, told), request):
            messages.success(request, _("The answer is saved."))
            return redirect("plan_we_did", plan.slug)
    shown = {
        "plan": plan,
        "form": form,
        "one": one,
        "trail": [
            *plan_trail(plan, language),
            (reverse("plan_we_did", args=[plan.slug]), _("You said, we did")),
        ],
    }
    return render(request, "plans/we_did_form.html", shown, status=422 if sent else 200)


def _tell(person: Any, plan: Plan, one: WeDid | None, told: Any) -> WeDid:
    if one is None:
        return answering_comments.tell_what_was_done(person, plan=plan, told=told)
    return answering_comments.reword_what_was_done(person, we_did=one.pk, told=told)


@needs(Right.WRITE_PLANS)
@require_POST
def we_did_back(request: HttpRequest, plan: str, key: int) -> HttpResponse:
    """Take an answer back, or (`restore`) bring it back."""
    person = who(request)
    found = written_by(person, plan)
    one = there(WeDid.objects.filter(plan=found, pk=key).first())
    gone = "restore" not in request.POST
    return deed(
        request,
        lambda: answering_comments.take_words_back(person, we_did=one.pk, gone=gone),
        _("The answer is taken back.") if gone else _("The answer is back."),
        reverse("plan_we_did", args=[found.slug]),
    )


def comments_trail(plan: Plan, language: Language) -> Trail:
    """Where a page of one comment stands."""
    return [*plan_trail(plan, language), (_comments(plan), _("Comments"))]


def _comments(plan: Plan) -> str:
    return reverse("comments", args=[plan.slug])
