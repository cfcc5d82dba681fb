"""Addresses of what a cycle watches by the week."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.cycles.views import measures, weeks


_ALL = "cycles/<int:pk>/measures"
_ONE = f"{_ALL}/<int:measure>"

urlpatterns: list[URLPattern] = [
    path(f"{_ALL}/new", measures.cycle_measure_new, name="cycle_measure_new"),
    path(_ONE, measures.cycle_measure, name="cycle_measure"),
    path(f"{_ONE}/change", measures.cycle_measure_change, name="cycle_measure_change"),
    path(f"{_ONE}/remove", measures.cycle_measure_remove, name="cycle_measure_remove"),
    path(
        f"{_ONE}/restore",
        measures.cycle_measure_restore,
        name="cycle_measure_restore",
    ),
    path(f"{_ONE}/weeks", weeks.weeks_count, name="weeks_count"),
    path(f"{_ONE}/weeks.csv", measures.weeks_file, name="weeks_file"),
    path(f"{_ONE}/weeks/renew", weeks.weeks_renew, name="weeks_renew"),
    path(f"{_ONE}/weeks/paste", weeks.weeks_paste, name="weeks_paste"),
    path(f"{_ONE}/weeks/out", weeks.week_leave_out, name="week_leave_out"),
    path(f"{_ONE}/weeks/again", weeks.week_count_again, name="week_count_again"),
    path(f"{_ONE}/limits", weeks.phase_new, name="phase_new"),
    path(f"{_ONE}/limits/<int:phase>/back", weeks.phase_back, name="phase_back"),
]
