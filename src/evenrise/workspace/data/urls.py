"""Addresses of the room `data`, below `data/`."""

from __future__ import annotations

from django.urls import path

from evenrise.workspace.data.views import home, imports, questions


urlpatterns = [
    path("", home.data, name="data"),
    path("history", home.standings, name="standings"),
    path("history/undo", home.undo_last, name="undo_last"),
    path("imports", imports.imports, name="imports"),
    path("imports/new", imports.bring_in, name="bring_in"),
    path("imports/<slug:key>", imports.import_, name="import"),
    path(
        "imports/<slug:key>/progress", imports.import_progress, name="import_progress"
    ),
    path(
        "imports/<slug:key>/refused.csv", imports.import_refused, name="import_refused"
    ),
    path("imports/<slug:key>/stop", imports.import_stop, name="import_stop"),
    path(
        "imports/<slug:key>/set-aside",
        imports.import_set_aside,
        name="import_set_aside",
    ),
    path(
        "imports/<slug:key>/begin-again",
        imports.import_begin_again,
        name="import_begin_again",
    ),
    path("imports/<slug:key>/commit", imports.import_commit, name="import_commit"),
    path("connections/<slug:name>/fetch", imports.fetch_now, name="fetch_now"),
    path("questions", questions.data_questions, name="data_questions"),
    path("questions/<int:pk>", questions.data_question, name="data_question"),
    path(
        "questions/<int:pk>/assign", questions.question_assign, name="question_assign"
    ),
    path(
        "questions/<int:pk>/answer", questions.question_answer, name="question_answer"
    ),
    path(
        "questions/<int:pk>/settle", questions.question_settle, name="question_settle"
    ),
    path(
        "questions/<int:pk>/reopen", questions.question_reopen, name="question_reopen"
    ),
]
