"""Addresses of a plan's life."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.plans.views import calendar, comments, editions, reviews


_ONE = "plans/<slug:plan>/editions/<int:number>"
_COMMENT = "plans/<slug:plan>/comments/<int:key>"
_REVIEW = "plans/<slug:plan>/reviews/<int:key>"

urlpatterns: list[URLPattern] = [
    path("plans/calendar", calendar.calendar_keys, name="calendar_keys"),
    path(
        "plans/calendar/<str:secret>.ics", calendar.calendar_feed, name="calendar_feed"
    ),
    path("plans/<slug:plan>/editions", editions.editions, name="editions"),
    path(
        "plans/<slug:plan>/editions/difference",
        editions.edition_difference,
        name="edition_difference",
    ),
    path(
        "plans/<slug:plan>/editions/hearing", editions.hearing_open, name="hearing_open"
    ),
    path("plans/<slug:plan>/editions/amend", editions.amend, name="amend"),
    path(_ONE, editions.edition, name="plan_edition"),
    path(f"{_ONE}/close", editions.hearing_close, name="hearing_close"),
    path(f"{_ONE}/withdraw", editions.withdraw, name="withdraw"),
    path(f"{_ONE}/adopt", editions.adopt, name="adopt"),
    path(f"{_ONE}/adoption-back", editions.adoption_back, name="adoption_back"),
    path("plans/<slug:plan>/comments", comments.comments, name="comments"),
    path("plans/<slug:plan>/comments/new", comments.comment_new, name="comment_new"),
    path(_COMMENT, comments.comment, name="comment"),
    path(f"{_COMMENT}/accept", comments.comment_accept, name="comment_accept"),
    path(f"{_COMMENT}/refuse", comments.comment_refuse, name="comment_refuse"),
    path(f"{_COMMENT}/again", comments.comment_again, name="comment_again"),
    path("plans/<slug:plan>/we-did", comments.plan_we_did, name="plan_we_did"),
    path("plans/<slug:plan>/we-did/new", comments.we_did_new, name="we_did_new"),
    path(
        "plans/<slug:plan>/we-did/<int:key>",
        comments.we_did_change,
        name="we_did_change",
    ),
    path(
        "plans/<slug:plan>/we-did/<int:key>/back",
        comments.we_did_back,
        name="we_did_back",
    ),
    path("plans/<slug:plan>/reviews", reviews.reviews, name="reviews"),
    path("plans/<slug:plan>/reviews/new", reviews.review_new, name="review_new"),
    path(_REVIEW, reviews.review, name="review"),
    path(f"{_REVIEW}/close", reviews.review_close, name="review_close"),
    path(
        f"{_REVIEW}/items/<int:item>/done",
        reviews.review_item_done,
        name="review_item_done",
    ),
    path(f"{_REVIEW}/rungs/<str:rung>", reviews.review_item, name="review_item"),
]
