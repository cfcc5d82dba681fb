"""Addresses of cycles: inquiry."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.cycles.views import cycles, life, team, theory


_AT = "cycles/<int:pk>"

urlpatterns: list[URLPattern] = [
    path("cycles", cycles.cycles, name="cycles"),
    path("cycles/new", cycles.cycle_new, name="cycle_new"),
    path(_AT, cycles.cycle, name="cycle"),
    path(f"{_AT}/change/<slug:section>", cycles.cycle_change, name="cycle_change"),
    path(f"{_AT}/back", cycles.cycle_back, name="cycle_back"),
    path(f"{_AT}/next", cycles.cycle_next, name="cycle_next"),
    path(f"{_AT}/start", life.cycle_start, name="cycle_start"),
    path(f"{_AT}/decide", life.cycle_decide, name="cycle_decide"),
    path(f"{_AT}/decide/back", life.cycle_decide_back, name="cycle_decide_back"),
    path(f"{_AT}/share", life.cycle_share, name="cycle_share"),
    path(f"{_AT}/unshare", life.cycle_unshare, name="cycle_unshare"),
    path(f"{_AT}/remove", life.cycle_remove, name="cycle_remove"),
    path(f"{_AT}/restore", life.cycle_restore, name="cycle_restore"),
    path(f"{_AT}/team", team.cycle_team, name="cycle_team"),
    path(f"{_AT}/team/<int:who>/lead", team.cycle_lead, name="cycle_lead"),
    path(f"{_AT}/team/<int:who>/leave", team.cycle_leave, name="cycle_leave"),
    path(f"{_AT}/voices/new", theory.voice_new, name="voice_new"),
    path(f"{_AT}/voices/<int:voice>/remove", theory.voice_remove, name="voice_remove"),
    path(f"{_AT}/causes/new", theory.cause_new, name="cause_new"),
    path(f"{_AT}/causes/<int:cause>", theory.cause_change, name="cause_change"),
    path(f"{_AT}/causes/<int:cause>/remove", theory.cause_remove, name="cause_remove"),
    path(f"{_AT}/removed", theory.cycle_removed_parts, name="cycle_removed_parts"),
    path(f"{_AT}/theory/new", theory.driver_new, name="driver_new"),
    path(f"{_AT}/theory/<int:driver>", theory.driver_change, name="driver_change"),
    path(f"{_AT}/theory/<int:driver>/move", theory.driver_move, name="driver_move"),
    path(
        f"{_AT}/theory/<int:driver>/remove", theory.driver_remove, name="driver_remove"
    ),
]
