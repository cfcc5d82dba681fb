"""Addresses of a plan's money."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.plans.views import money


_PLAN = "plans/<slug:plan>"

urlpatterns: list[URLPattern] = [
    path(f"{_PLAN}/money", money.plan_money, name="plan_money"),
    path(f"{_PLAN}/money/need", money.money_need, name="money_need"),
    path(f"{_PLAN}/money/lines.csv", money.money_lines, name="money_lines"),
    path(f"{_PLAN}/money/bring", money.spending_bring, name="spending_bring"),
    path(
        f"{_PLAN}/money/bring/<slug:batch>/undo",
        money.spending_undo,
        name="spending_undo",
    ),
    path(f"{_PLAN}/rungs/<str:key>/budget", money.budget_new, name="budget_new"),
    path(f"{_PLAN}/budget/<int:line>", money.budget_change, name="budget_change"),
    path(
        f"{_PLAN}/budget/<int:line>/remove", money.budget_remove, name="budget_remove"
    ),
    path(
        f"{_PLAN}/budget/<int:line>/restore",
        money.budget_restore,
        name="budget_restore",
    ),
    path(
        f"{_PLAN}/budget/<int:line>/spending", money.spending_new, name="spending_new"
    ),
    path(
        f"{_PLAN}/spending/<int:spending>/back",
        money.spending_back,
        name="spending_back",
    ),
]
