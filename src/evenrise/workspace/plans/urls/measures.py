"""Addresses of what a plan promises."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.plans.views import measures


_ONE = "plans/<slug:plan>/rungs/<str:key>/measures/<str:measure>"
urlpatterns: list[URLPattern] = [
    path("plans/<slug:plan>/measures", measures.plan_measures, name="plan_measures"),
    path(
        "plans/<slug:plan>/rungs/<str:key>/measures/new",
        measures.measure_new,
        name="measure_new",
    ),
    path(_ONE, measures.measure, name="measure"),
    path(f"{_ONE}/change", measures.measure_change, name="measure_change"),
    path(f"{_ONE}/remove", measures.measure_remove, name="measure_remove"),
    path(f"{_ONE}/restore", measures.measure_restore, name="measure_restore"),
    path(f"{_ONE}/answer", measures.red_light_answer, name="red_light_answer"),
    path(
        "plans/<slug:plan>/measures/answers/<int:answer>/back",
        measures.red_light_answer_back,
        name="red_light_answer_back",
    ),
]
