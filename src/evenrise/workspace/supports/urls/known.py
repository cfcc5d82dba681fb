"""Addresses of known by, advisories and pathways."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from evenrise.workspace.supports.views import advisories, known, pathways


urlpatterns: list[URLPattern | URLResolver] = [
    path("known", known.known, name="known"),
    path("known/mine", known.known_mark, name="known_mark"),
    path("known/undo", known.known_undo, name="known_undo"),
    path("advisories", advisories.advisories, name="advisories"),
    path("advisories/new", advisories.add_advisory, name="add_advisory"),
    path("advisories/<int:key>", advisories.advisory, name="advisory"),
    path("advisories/<int:key>/add", advisories.advisory_add, name="advisory_add"),
    path(
        "advisories/<int:key>/remove",
        advisories.advisory_remove,
        name="advisory_remove",
    ),
    path("advisories/<int:key>/end", advisories.advisory_end, name="advisory_end"),
    path("pathways", pathways.pathways, name="pathways"),
    path(
        "together/<path:student_id>",
        pathways.student_together,
        name="student_together",
    ),
]
