"""Addresses of teams, meetings, family contacts and notes."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from evenrise.workspace.supports.views import (
    contacts,
    meetings,
    notes,
    teams,
    transitions,
    voice,
)


urlpatterns: list[URLPattern | URLResolver] = [
    path("teams", teams.teams, name="teams"),
    path("teams/add", teams.add_team, name="add_team"),
    path("teams/<int:key>", teams.team, name="team"),
    path("teams/<int:key>/meet", meetings.add_meeting, name="add_meeting"),
    path("teams/meetings/<int:key>", meetings.meeting, name="meeting"),
    path(
        "teams/meetings/<int:key>/close", meetings.close_meeting, name="close_meeting"
    ),
    path(
        "teams/meetings/<int:key>/students/<int:item>",
        meetings.meeting_item,
        name="meeting_item",
    ),
    path("teams/families", contacts.families, name="families"),
    path("contacts/add/<path:student_id>", contacts.add_contact, name="add_contact"),
    path(
        "contacts/<int:key>/withdraw",
        contacts.withdraw_contact,
        name="withdraw_contact",
    ),
    path("voice/add/<path:student_id>", voice.add_voice, name="add_voice"),
    path("voice/<int:key>/withdraw", voice.withdraw_voice, name="withdraw_voice"),
    path("notes/add/<path:student_id>", notes.add_note, name="add_note"),
    path("notes/<int:key>/withdraw", notes.withdraw_note, name="withdraw_note"),
    path("teams/transitions", transitions.transitions, name="transitions"),
    path(
        "transitions/add/<path:student_id>",
        transitions.add_transition,
        name="add_transition",
    ),
    path(
        "transitions/<int:key>/withdraw",
        transitions.withdraw_transition,
        name="withdraw_transition",
    ),
]
