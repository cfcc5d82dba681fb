"""Pages of recommendations, and the verbs on them."""

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
from evenrise.workspace.insights.actions import recommendations as verbs
from evenrise.workspace.insights.forms import AnswerForm, RecommendationForm
from evenrise.workspace.insights.further import RECOMMENDATION_PARTS
from evenrise.workspace.insights.models import Recommendation
from evenrise.workspace.insights.queries.choosing import recommendation_choices
from evenrise.workspace.insights.queries.recommendations import (
    by_place,
    recommendation_page,
)
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.shown import reader_language, recommendations_trail
from evenrise.workspace.insights.views.beginning import done, there, tried, with_stand
from evenrise.workspace.people.roles import Right


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def recommendations(request: HttpRequest, stand: Stand) -> HttpResponse:
    """What was recommended, school by school, and how was it answered?"""
    places = by_place(stand, reader_language())
    asked = [one for place in places for one in place.asked]
    waiting = sum(not one.state for one in asked)
    told = {
        "places": places,
        "words": ngettext(
            "%(count)s recommendation; %(waiting)s not answered yet.",
            "%(count)s recommendations; %(waiting)s not answered yet.",
            len(asked),
        )
        % {"count": len(asked), "waiting": waiting},
        "recommends": stand.person.may(Right.RECOMMEND),
    }
    return render(request, "insights/recommendations.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def recommendation(request: HttpRequest, stand: Stand, key: int) -> HttpResponse:
    """One recommendation and its answer."""
    return _page(request, stand, key)


def _page(
    request: HttpRequest,
    stand: Stand,
    key: int,
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = there(recommendation_page(stand, key, reader_language()))
    seen = page.answer.answer.pk if page.answer else 0
    begins = {"seen": seen, "version": page.recommendation.version}
    told = {
        "page": page,
        "trail": recommendations_trail(),
        "form": form or AnswerForm(initial=begins),
        "seen": seen,
        "further": RECOMMENDATION_PARTS.shown(stand.person, str(key)),
        "takes_back": page.may_answer
        and page.answer is not None
        and page.answer.answer.by_id == stand.person.pk,
    }
    return render(request, "insights/recommendation.html", told, status=status)


@needs(Right.RECOMMEND)
@require_http_methods(["GET", "HEAD", "POST"])
@with_stand
def recommend(request: HttpRequest, stand: Stand) -> HttpResponse:
    """Ask something of the district or of a school."""
    language, named = reader_language(), request.GET.get("finding", "")
    form = RecommendationForm(
        request.POST or None,
        person=stand.person,
        initial={
            "school": request.GET.get("school", ""),
            "findings": [named] if named else [],
            "seen": 0,
        },
        choices=recommendation_choices(stand, language, named),
    )
    if request.method == "POST" and form.is_valid():
        made: list[Recommendation] = []
        tried(
            lambda: made.append(verbs.recommend(stand.person, asked=form.asked())),
            request,
        )
        return done(request, _("The recommendation is saved."), _address(made[0].pk))
    return _form(request, form, None)


@needs(Right.RECOMMEND)
@require_http_methods(["GET", "HEAD", "POST"])
@with_stand
def reword_recommendation(request: HttpRequest, stand: Stand, key: int) -> HttpResponse:
    """Change one's own recommendation."""
    one = there(
        Recommendation.objects.filter(
            pk=key, by=stand.person, withdrawn_at=None
        ).first()
    )
    stands = list(one.findings.values_list("finding_key", flat=True))
    form = RecommendationForm(
        request.POST or None,
        person=stand.person,
        initial={
            "school": one.school_id or "",
            "text_en": one.text_en,
            "text_es": one.text_es,
            "findings": stands,
            "evidence": [str(pk) for pk in one.evidence.values_list("pk", flat=True)],
            "seen": one.version,
        },
        choices=recommendation_choices(stand, reader_language(), *stands),
    )
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        if tried(
            lambda: verbs.reword_recommendation(
                stand.person, recommendation=key, asked=form.asked(), seen=seen
            ),
            request,
        ):
            return done(request, _("The recommendation is changed."), _address(key))
        return _form(request, form, one, 409)
    return _form(request, form, one)


def _form(
    request: HttpRequest,
    form: RecommendationForm,
    one: Recommendation | None,
    status: int = 200,
) -> HttpResponse:
    if status == 200 and form.errors:
        status = 422
    told: dict[str, Any] = {
        "form": form,
        "one": one,
        "trail": recommendations_trail(),
    }
    return render(request, "insights/recommendation_form.html", told, status=status)


def _address(key: int) -> str:
    return reverse("recommendation", args=[key])


@needs(Right.RECOMMEND)
@require_POST
@with_stand
def withdraw_recommendation(
    request: HttpRequest, stand: Stand, key: int
) -> HttpResponse:
    """Take one's own recommendation back, or bring it back (`restore`)."""
    restore = "restore" in request.POST
    tried(
        lambda: verbs.withdraw_recommendation(
            stand.person, recommendation=key, gone=not restore
        ),
        request,
    )
    words = (
        _("The recommendation is shown again.")
        if restore
        else _("The recommendation is withdrawn. Only you can see it now.")
    )
    return done(request, words, _address(key))


@needs(Right.ANSWER_RECOMMENDATIONS)
@require_POST
@with_stand
def answer_recommendation(request: HttpRequest, stand: Stand, key: int) -> HttpResponse:
    """Answer it, with the reason."""
    form = AnswerForm(request.POST, person=stand.person)
    if not form.is_valid():
        return _page(request, stand, key, form, 422)
    told = form.cleaned_data
    if tried(lambda: verbs.answer(stand.person, recommendation=key, **told), request):
        return done(request, _("The answer is saved."), _address(key))
    return _page(request, stand, key, form, 409)


@needs(Right.ANSWER_RECOMMENDATIONS)
@require_POST
@with_stand
def take_answer_back(request: HttpRequest, stand: Stand, key: int) -> HttpResponse:
    """Undo one's own answer."""
    seen = request.POST.get("seen", "")
    there(seen.isdigit() or None)
    tried(
        lambda: verbs.take_answer_back(
            stand.person, recommendation=key, seen=int(seen)
        ),
        request,
    )
    return done(request, _("The answer is taken back."), _address(key))
