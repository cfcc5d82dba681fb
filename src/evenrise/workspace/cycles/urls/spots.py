"""Addresses of cycles: places to learn from, and visits to them."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.cycles.views import spots as views, surveys


urlpatterns: list[URLPattern] = [
    path("spots", views.spots, name="spots"),
    path("spots/visits/<int:key>", views.visit, name="visit"),
    path("spots/visits/<int:key>/change", views.visit_change, name="visit_change"),
    path("spots/visits/<int:key>/share", views.visit_share, name="visit_share"),
    path("spots/visits/<int:key>/remove", views.visit_remove, name="visit_remove"),
    path("spots/surveys/new", surveys.belief_survey_new, name="belief_survey_new"),
    path("spots/surveys/<int:key>", surveys.belief_survey, name="belief_survey"),
    path(
        "spots/surveys/<int:key>/answer",
        surveys.belief_survey_answer,
        name="belief_survey_answer",
    ),
    path(
        "spots/surveys/<int:key>/remove",
        surveys.belief_survey_remove,
        name="belief_survey_remove",
    ),
    path("spots/visit/<path:key>", views.visit_new, name="visit_new"),
    path("spots/at/<path:key>", views.spot, name="spot"),
]
