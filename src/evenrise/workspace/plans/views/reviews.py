"""Reviews of a plan: what is late and done, what the numbers say, what we decide."""

from __future__ import annotations

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
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.actions import reviewing as verbs
from evenrise.workspace.plans.forms.reviews import NoteForm, ReviewForm
from evenrise.workspace.plans.models import Plan, ReviewItem, ReviewMeeting, Rung
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.queries.reviews import (
    people_to_act,
    review_facts,
    review_named,
    review_page,
    reviews_of,
    title_of,
)
from evenrise.workspace.plans.said import Trail, numbered, plan_trail, words_of
from evenrise.workspace.plans.views.beginning import (
    deed,
    plan_or_404,
    tried,
    written_by,
)


@needs(Right.SEE_FINDINGS)
@require_safe
def reviews(request: HttpRequest, plan: str) -> HttpResponse:
    """When did we look at the plan together, and what followed?"""
    found, language = plan_or_404(plan), reader_language()
    told = {
        "lines": reviews_of(found, language),
        "plan": found,
        "trail": plan_trail(found, language),
        "may": may_write(who(request), found) and found.set_aside_at is None,
    }
    return render(request, "plans/reviews.html", told)


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def review_new(request: HttpRequest, plan: str) -> HttpResponse:
    """When do we look at the plan?"""
    person, sent = who(request), request.method == "POST"
    found = written_by(person, plan)
    form = ReviewForm(request.POST if sent else None, person=person)
    if sent and form.is_valid():
        told = form.cleaned_data
        made = verbs.make_review(
            person,
            plan=found,
            held_on=told["held_on"],
            title_en=told["title_en"],
            title_es=told["title_es"],
        )
        return redirect("review", found.slug, made.pk)
    trail = reviews_trail(found, reader_language())
    shown = {"plan": found, "form": form, "trail": trail}
    return render(request, "plans/review_new.html", shown, status=422 if sent else 200)


@needs(Right.SEE_FINDINGS)
@require_safe
def review(request: HttpRequest, plan: str, key: int) -> HttpResponse:
    """Are we doing what we promised, and what follows?"""
    found, language = plan_or_404(plan), reader_language()
    one = _review(found, key)
    told = {
        "page": review_page(who(request), one, language),
        "plan": found,
        "trail": reviews_trail(found, language),
        "person": who(request),
        "mine": set(
            ReviewItem.objects.filter(review=one, owner=who(request)).values_list(
                "pk", flat=True
            )
        ),
    }
    return render(request, "plans/review.html", told)


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def review_item(request: HttpRequest, plan: str, key: int, rung: str) -> HttpResponse:
    """What do we notice about this part, and what do we decide?"""
    person, sent, language = who(request), request.method == "POST", reader_language()
    found = written_by(person, plan)
    one = _review(found, key)
    about = Rung.objects.filter(plan=found, key=rung.replace("\x00", "")).first()
    if about is None or about.removed_at is not None or one.closed_at is not None:
        raise Http404
    stands = ReviewItem.objects.filter(review=one, rung=about).first()
    names = ("noticed", "decided", "owner_id", "due_on")
    begins = {n.removesuffix("_id"): getattr(stands, n, None) for n in names}
    form = NoteForm(
        request.POST if sent else None,
        person=person,
        people=people_to_act(),
        initial=begins,
    )
    if sent and form.is_valid():
        done = tried(
            lambda: verbs.note(person, review=one.pk, rung=about.key, told=form.told()),
            request,
        )
        if done:
            messages.success(request, _("Written down."))
            return redirect("review", found.slug, one.pk)
    number = content_of(found).numbers().get(about.key, "")
    where = reverse("review", args=[found.slug, one.pk])
    told = {
        "plan": found,
        "review": one,
        "rung": about,
        "counted": numbered(about.kind, number),
        "title": words_of(about, "title", language),
        "form": form,
        "trail": [
            *reviews_trail(found, language),
            (where, title_of(one, language).text),
        ],
    }
    return render(request, "plans/review_item.html", told, status=422 if sent else 200)


@needs(Right.SEE_FINDINGS)
@require_POST
def review_item_done(
    request: HttpRequest, plan: str, key: int, item: int
) -> HttpResponse:
    """What was decided is done, or (`undone`) it is not."""
    person, found = who(request), plan_or_404(plan)
    one = _review(found, key)
    there(ReviewItem.objects.filter(review=one, pk=item).first())
    done = "undone" not in request.POST
    return deed(
        request,
        lambda: verbs.decision_done(person, item=item, done=done),
        _("Done.") if done else _("Not done yet."),
        reverse("review", args=[found.slug, one.pk]),
    )


@needs(Right.WRITE_PLANS)
@require_POST
def review_close(request: HttpRequest, plan: str, key: int) -> HttpResponse:
    """Close the review and keep its page, or (`again`) undo it."""
    person = who(request)
    found = written_by(person, plan)
    one = _review(found, key)
    where = reverse("review", args=[found.slug, one.pk])
    if "again" in request.POST:
        words = _("The review is open again.")
        return deed(
            request,
            lambda: verbs.open_review_again(person, review=one.pk),
            words,
            where,
        )
    page = review_facts(one)
    words = _("The review is closed; its page is kept as it stands.")
    return deed(
        request,
        lambda: verbs.close_review(person, review=one.pk, page=page),
        words,
        where,
    )


def _review(plan: Plan, key: int) -> ReviewMeeting:
    found: ReviewMeeting = there(review_named(plan, key))
    return found


def reviews_trail(plan: Plan, language: Language) -> Trail:
    """Where a review's page stands."""
    where = reverse("reviews", args=[plan.slug])
    return [*plan_trail(plan, language), (where, _("Reviews"))]
