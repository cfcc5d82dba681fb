"""Addresses of cycles: practices."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.cycles.views import practices as views


urlpatterns: list[URLPattern] = [
    path("practices", views.practices, name="practices"),
    path("practices/new", views.practice_new, name="practice_new"),
    path("practices/<slug:slug>", views.practice, name="practice"),
    path("practices/<slug:slug>/change", views.practice_change, name="practice_change"),
    path("practices/<slug:slug>/tried", views.practice_tried, name="practice_tried"),
    path(
        "practices/<slug:slug>/tried/<int:key>/remove",
        views.practice_untried,
        name="practice_untried",
    ),
    path("practices/<slug:slug>/ask", views.practice_ask, name="practice_ask"),
    path("practices/<slug:slug>/retire", views.practice_retire, name="practice_retire"),
    path("practices/<slug:slug>/back", views.practice_back, name="practice_back"),
]
