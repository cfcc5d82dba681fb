"""Addresses of cycles: protocols, and a team's meetings."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.cycles.views import meetings as views


_ONE = "cycles/meetings/<int:key>"

urlpatterns: list[URLPattern] = [
    path("protocols", views.protocol_list, name="protocols"),
    path("protocols/<slug:key>", views.protocol, name="protocol"),
    path("cycles/<int:cycle>/meetings", views.cycle_meetings, name="cycle_meetings"),
    path(
        "cycles/<int:cycle>/meetings/new",
        views.cycle_meeting_new,
        name="cycle_meeting_new",
    ),
    path(_ONE, views.cycle_meeting, name="cycle_meeting"),
    path(f"{_ONE}/change", views.cycle_meeting_change, name="cycle_meeting_change"),
    path(f"{_ONE}/step", views.cycle_meeting_step, name="cycle_meeting_step"),
    path(f"{_ONE}/screen", views.cycle_meeting_screen, name="cycle_meeting_screen"),
    path(f"{_ONE}/end", views.cycle_meeting_end, name="cycle_meeting_end"),
    path(f"{_ONE}/remove", views.cycle_meeting_remove, name="cycle_meeting_remove"),
    path(
        "cycles/notes/<int:key>/change",
        views.cycle_note_change,
        name="cycle_note_change",
    ),
    path(
        "cycles/notes/<int:key>/remove",
        views.cycle_note_remove,
        name="cycle_note_remove",
    ),
]
