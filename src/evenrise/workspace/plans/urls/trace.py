"""Addresses of what a plan stands on."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.plans.views import trace


urlpatterns: list[URLPattern] = [
    path("plans/<slug:plan>/trace", trace.plan_trace, name="plan_trace"),
    path(
        "plans/<slug:plan>/take-up/<slug:kind>/<path:key>",
        trace.take_up,
        name="take_up",
    ),
    path(
        "plans/<slug:plan>/rungs/<str:key>/stands-on", trace.link_new, name="link_new"
    ),
    path(
        "plans/<slug:plan>/rungs/<str:key>/stands-on/back",
        trace.link_back,
        name="link_back",
    ),
    path(
        "plans/<slug:plan>/rungs/<str:key>/stands-on/<int:link>/remove",
        trace.link_remove,
        name="link_remove",
    ),
]
