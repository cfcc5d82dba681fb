"""Addresses of files of a plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.plans.views import files


_ONE = "plans/<slug:plan>/files/<int:key>"

urlpatterns: list[URLPattern] = [
    path("plans/<slug:plan>/files", files.plan_files, name="plan_files"),
    path("plans/<slug:plan>/files/bring", files.plan_bring, name="plan_bring"),
    path(_ONE, files.plan_bringing, name="plan_bringing"),
    path(f"{_ONE}/take-in", files.plan_bring_commit, name="plan_bring_commit"),
    path(f"{_ONE}/undo", files.plan_bring_undo, name="plan_bring_undo"),
    path(f"{_ONE}/leave", files.plan_bring_leave, name="plan_bring_leave"),
    path(
        "plans/<slug:plan>/files/get/<slug:kind>",
        files.plan_file_get,
        name="plan_file_get",
    ),
]
