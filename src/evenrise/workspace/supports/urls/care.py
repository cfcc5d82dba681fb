"""Addresses of the menu, tiers, supports, sessions, reviews."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from evenrise.workspace.supports.views import (
    line_readings,
    many,
    menu,
    planning,
    supports,
)


urlpatterns: list[URLPattern | URLResolver] = [
    path("supports", supports.supports, name="supports"),
    path("supports/menu", menu.menu, name="menu"),
    path("supports/menu/add", menu.add_kind, name="add_kind"),
    path("supports/menu/<slug:key>", menu.kind, name="kind"),
    path("supports/menu/<slug:key>/change", menu.change_kind, name="change_kind"),
    path("supports/menu/<slug:key>/retire", menu.retire_kind, name="retire_kind"),
    path("supports/menu/<slug:key>/line", line_readings.kind_line, name="kind_line"),
    path(
        "supports/menu-line/<int:reading>/undo",
        line_readings.undo_line,
        name="undo_line",
    ),
    path("supports/many", many.bulk_supports, name="bulk_supports"),
    path("supports/bring", many.bring_supports, name="bring_supports"),
    path("supports/batch/<slug:batch>/undo", many.undo_batch, name="undo_batch"),
    path("supports/<int:key>", supports.support, name="support"),
    path("supports/<int:key>/session", supports.log_session, name="log_session"),
    path(
        "supports/session/<int:session>/undo",
        supports.undo_session,
        name="undo_session",
    ),
    path("supports/<int:key>/point", supports.add_point, name="add_point"),
    path("supports/point/<int:point>/undo", supports.undo_point, name="undo_point"),
    path("supports/<int:key>/review", planning.review_support, name="review_support"),
    path("supports/review/<int:review>/undo", planning.undo_review, name="undo_review"),
    path(
        "supports/sessions/<slug:batch>/undo", many.undo_sessions, name="undo_sessions"
    ),
    path("supports/<int:key>/change", planning.change_support, name="change_support"),
    path("supports/<int:key>/end", planning.end_support, name="end_support"),
    path("supports/<int:key>/undo-end", planning.undo_end, name="undo_end"),
    path(
        "supports/begin/<path:student_id>",
        planning.begin_support,
        name="begin_support",
    ),
    path(
        "supports/tier/<path:student_id>",
        planning.place_in_tier,
        name="place_in_tier",
    ),
]
