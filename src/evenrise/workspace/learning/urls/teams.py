"""Addresses of coaching, learning teams, learning walks, and who leads."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.learning.views import coaching


_COACHING: list[URLPattern] = [
    path("learning/coaching", coaching.coaching_cycles, name="coaching_cycles"),
    path("learning/coaching/new", coaching.coaching_new, name="coaching_new"),
    path("learning/coaching/<int:key>", coaching.coaching, name="coaching"),
    path(
        "learning/coaching/<int:key>/change",
        coaching.coaching_change,
        name="coaching_change",
    ),
    path(
        "learning/coaching/<int:key>/agree",
        coaching.coaching_agree,
        name="coaching_agree",
    ),
    path(
        "learning/coaching/<int:key>/decline",
        coaching.coaching_decline,
        name="coaching_decline",
    ),
    path(
        "learning/coaching/<int:key>/close",
        coaching.coaching_close,
        name="coaching_close",
    ),
    path(
        "learning/coaching/<int:key>/notes/new",
        coaching.coaching_note_new,
        name="coaching_note_new",
    ),
    path(
        "learning/coaching/<int:key>/notes/<int:note>",
        coaching.coaching_note_change,
        name="coaching_note_change",
    ),
    path(
        "learning/coaching/<int:key>/notes/<int:note>/remove",
        coaching.coaching_note_remove,
        name="coaching_note_remove",
    ),
]
urlpatterns: list[URLPattern] = [*_COACHING]
