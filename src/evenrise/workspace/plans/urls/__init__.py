"""Addresses of the room `plans`; one file a subject."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from evenrise.workspace.plans.urls import (
    exchange,
    life,
    measures,
    money,
    trace,
    tree,
)


# The ladder comes last: its addresses are the widest.
urlpatterns: list[URLPattern | URLResolver] = [
    *exchange.urlpatterns,
    *trace.urlpatterns,
    *measures.urlpatterns,
    *life.urlpatterns,
    *money.urlpatterns,
    *tree.urlpatterns,
]
