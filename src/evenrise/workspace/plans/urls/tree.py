"""Addresses of plans and their ladder."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.plans.views import departments, plans, rungs, steps


urlpatterns: list[URLPattern] = [
    path("plans", plans.plans, name="plans"),
    path("plans/new", plans.plan_new, name="plan_new"),
    path("plans/steps", steps.my_steps, name="my_steps"),
    path("plans/departments", departments.departments, name="departments"),
    path(
        "plans/departments/<slug:key>",
        departments.department_change,
        name="department_change",
    ),
    path("plans/<slug:plan>", plans.plan, name="plan"),
    path("plans/<slug:plan>/change", plans.plan_change, name="plan_change"),
    path("plans/<slug:plan>/set-aside", plans.plan_set_aside, name="plan_set_aside"),
    path("plans/<slug:plan>/add", rungs.rung_new, name="rung_new"),
    path("plans/<slug:plan>/rungs/<str:key>", rungs.rung, name="rung"),
    path(
        "plans/<slug:plan>/rungs/<str:key>/change",
        rungs.rung_change,
        name="rung_change",
    ),
    path("plans/<slug:plan>/rungs/<str:key>/move", rungs.rung_move, name="rung_move"),
    path(
        "plans/<slug:plan>/rungs/<str:key>/remove",
        rungs.rung_remove,
        name="rung_remove",
    ),
    path(
        "plans/<slug:plan>/rungs/<str:key>/restore",
        rungs.rung_restore,
        name="rung_restore",
    ),
    path("plans/<slug:plan>/rungs/<str:key>/undo", rungs.rung_undo, name="rung_undo"),
    path(
        "plans/<slug:plan>/rungs/<str:key>/report",
        steps.step_report,
        name="step_report",
    ),
    path(
        "plans/<slug:plan>/reports/<int:report>/back",
        steps.step_report_back,
        name="step_report_back",
    ),
]
