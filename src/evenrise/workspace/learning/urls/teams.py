"""Addresses of coaching, learning teams, learning walks, and who leads."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.learning.views import (
    coaching,
    learning_teams,
    team_meetings,
    walks,
    who_leads,
)


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
_TEAMS: list[URLPattern] = [
    path("learning/teams", learning_teams.learning_teams, name="learning_teams"),
    path(
        "learning/teams/new", learning_teams.learning_team_new, name="learning_team_new"
    ),
    path(
        "learning/teams/<int:key>", learning_teams.learning_team, name="learning_team"
    ),
    path(
        "learning/teams/<int:key>/change",
        learning_teams.learning_team_change,
        name="learning_team_change",
    ),
    path(
        "learning/teams/<int:key>/finding",
        learning_teams.learning_team_finding,
        name="learning_team_finding",
    ),
    path(
        "learning/teams/<int:key>/remove",
        learning_teams.learning_team_remove,
        name="learning_team_remove",
    ),
    path("learning/teams/<int:key>/join", learning_teams.team_join, name="team_join"),
    path(
        "learning/teams/<int:key>/leave", learning_teams.team_leave, name="team_leave"
    ),
    path("learning/teams/<int:key>/lead", learning_teams.team_lead, name="team_lead"),
    path(
        "learning/teams/<int:key>/calendar.ics",
        team_meetings.team_calendar,
        name="team_calendar",
    ),
    path(
        "learning/teams/<int:key>/meetings/new",
        team_meetings.team_meeting_new,
        name="team_meeting_new",
    ),
    path(
        "learning/teams/<int:key>/meetings/<int:meeting>",
        team_meetings.team_meeting,
        name="team_meeting",
    ),
    path(
        "learning/teams/<int:key>/meetings/<int:meeting>/change",
        team_meetings.team_meeting_change,
        name="team_meeting_change",
    ),
    path(
        "learning/teams/<int:key>/meetings/<int:meeting>/done",
        team_meetings.team_next_done,
        name="team_next_done",
    ),
    path(
        "learning/teams/<int:key>/meetings/<int:meeting>/remove",
        team_meetings.team_meeting_remove,
        name="team_meeting_remove",
    ),
]
_WALKS: list[URLPattern] = [
    path("learning/walks", walks.walks, name="walks"),
    path("learning/walks/new", walks.walk_new, name="walk_new"),
    path("learning/walks/<int:key>", walks.walk, name="walk"),
    path("learning/walks/<int:key>/change", walks.walk_change, name="walk_change"),
    path(
        "learning/walks/<int:key>/notes/new", walks.walk_note_new, name="walk_note_new"
    ),
    path(
        "learning/walks/<int:key>/notes/<int:note>",
        walks.walk_note_change,
        name="walk_note_change",
    ),
    path(
        "learning/walks/<int:key>/notes/<int:note>/remove",
        walks.walk_note_remove,
        name="walk_note_remove",
    ),
    path("learning/walks/<int:key>/thanks", walks.walk_thanks, name="walk_thanks"),
    path("learning/walks/<int:key>/share", walks.walk_share, name="walk_share"),
    path("learning/walks/<int:key>/remove", walks.walk_remove, name="walk_remove"),
]
_WHO: list[URLPattern] = [
    path("learning/who-leads", who_leads.who_leads, name="who_leads"),
]
urlpatterns: list[URLPattern] = [*_COACHING, *_TEAMS, *_WALKS, *_WHO]
