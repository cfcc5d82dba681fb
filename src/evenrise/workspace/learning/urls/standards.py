"""Addresses of learning: standards."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.learning.views import self_assessments, standards


_ONE = "learning/standards/asked/<int:key>"

urlpatterns: list[URLPattern] = [
    path("learning/standards", standards.standards, name="standards"),
    path("learning/standards/new", standards.standard_new, name="standard_new"),
    path(
        "learning/standards/lists/<slug:key>/use",
        standards.standards_use,
        name="standards_use",
    ),
    path(
        "learning/standards/<slug:key>",
        standards.standard_change,
        name="standard_change",
    ),
    path(
        "learning/standards/<slug:key>/remove",
        standards.standard_remove,
        name="standard_remove",
    ),
    path(
        "learning/standards/asked/new",
        self_assessments.self_assessment_new,
        name="self_assessment_new",
    ),
    path(_ONE, self_assessments.self_assess, name="self_assess"),
    path(f"{_ONE}/results", self_assessments.self_results, name="self_results"),
    path(
        f"{_ONE}/remove",
        self_assessments.self_assessment_remove,
        name="self_assessment_remove",
    ),
]
