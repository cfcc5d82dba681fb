"""Addresses of learning: catalogue."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.learning.views import (
    catalogue,
    my_learning,
    partners,
    rolls,
    sessions,
)


_ONE = "learning/catalogue/<slug:slug>"
_SESSION = "learning/catalogue/sessions/<int:key>"
_PARTNER = "learning/catalogue/partners/<int:key>"

urlpatterns: list[URLPattern] = [
    path("learning/catalogue", catalogue.catalogue, name="catalogue"),
    path("learning/catalogue/new", catalogue.offering_new, name="offering_new"),
    path("learning/catalogue/hours", partners.learning_hours, name="learning_hours"),
    path(
        "learning/catalogue/hours.csv",
        partners.learning_hours_csv,
        name="learning_hours_csv",
    ),
    path("learning/catalogue/partners", partners.partners, name="partners"),
    path("learning/catalogue/partners.csv", partners.partners_csv, name="partners_csv"),
    path("learning/catalogue/partners/new", partners.partner_new, name="partner_new"),
    path(_ONE, catalogue.offering, name="offering"),
    path(f"{_ONE}/change", catalogue.offering_change, name="offering_change"),
    path(f"{_ONE}/withdraw", catalogue.offering_withdraw, name="offering_withdraw"),
    path(f"{_ONE}/restore", catalogue.offering_restore, name="offering_restore"),
    path(f"{_ONE}/changed", catalogue.what_changed_new, name="what_changed_new"),
    path(
        "learning/catalogue/what-changed/<int:key>/remove",
        catalogue.what_changed_remove,
        name="what_changed_remove",
    ),
    path(f"{_ONE}/sessions", sessions.session_new, name="session_new"),
    path(f"{_SESSION}/change", sessions.session_change, name="session_change"),
    path(f"{_SESSION}/cancel", sessions.session_cancel, name="session_cancel"),
    path(f"{_SESSION}/restore", sessions.session_restore, name="session_restore"),
    path(f"{_SESSION}/sign-up", sessions.sign_up, name="sign_up"),
    path(f"{_SESSION}/sign-off", sessions.sign_off, name="sign_off"),
    path(f"{_SESSION}/said", sessions.session_feedback, name="session_feedback"),
    path(f"{_SESSION}/roll", rolls.session_roll, name="session_roll"),
    path(f"{_SESSION}/roll/all", rolls.session_all_came, name="session_all_came"),
    path(f"{_SESSION}/roll/add", rolls.session_roll_add, name="session_roll_add"),
    path(f"{_SESSION}/roll.csv", rolls.session_roll_csv, name="session_roll_csv"),
    path(f"{_SESSION}/roll/bring", rolls.session_bring, name="session_bring"),
    path(
        f"{_SESSION}/roll/<slug:batch>/undo",
        rolls.session_roll_undo,
        name="session_roll_undo",
    ),
    path("learning/mine", my_learning.my_learning, name="my_learning"),
    path("learning/mine.csv", my_learning.my_learning_csv, name="my_learning_csv"),
    path(
        "learning/mine/<str:secret>.ics",
        my_learning.learning_feed,
        name="learning_feed",
    ),
    path(f"{_PARTNER}/end", partners.partner_end, name="partner_end"),
    path(f"{_PARTNER}/hours", partners.partner_hours_new, name="partner_hours_new"),
    path(
        "learning/catalogue/partner-hours/<int:key>/back",
        partners.partner_hours_back,
        name="partner_hours_back",
    ),
]
