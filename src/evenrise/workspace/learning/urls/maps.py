"""Addresses of learning: maps."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.learning.views import components, map_files, maps, placing


_ONE = "learning/maps/<slug:slug>"
_COMPONENT = f"{_ONE}/components/<slug:key>"

urlpatterns: list[URLPattern] = [
    path("learning/maps", maps.ic_maps, name="ic_maps"),
    path("learning/maps/new", maps.ic_map_new, name="ic_map_new"),
    path("learning/maps/bring", map_files.ic_map_bring, name="ic_map_bring"),
    path("learning/maps/mine", placing.my_practice, name="my_practice"),
    path(
        "learning/maps/mine/<int:placement>/back",
        placing.placement_back,
        name="placement_back",
    ),
    path(_ONE, maps.ic_map, name="ic_map"),
    path(f"{_ONE}/change", maps.ic_map_change, name="ic_map_change"),
    path(f"{_ONE}/state", maps.ic_map_state, name="ic_map_state"),
    path(f"{_ONE}/remove", maps.ic_map_remove, name="ic_map_remove"),
    path(f"{_ONE}/file/<slug:kind>", map_files.ic_map_file, name="ic_map_file"),
    path(f"{_ONE}/bring", map_files.ic_map_bring_back, name="ic_map_bring_back"),
    path(f"{_ONE}/components", components.ic_component_new, name="ic_component_new"),
    path(_COMPONENT, components.ic_component_change, name="ic_component_change"),
    path(f"{_COMPONENT}/move", components.ic_component_move, name="ic_component_move"),
    path(
        f"{_COMPONENT}/remove",
        components.ic_component_remove,
        name="ic_component_remove",
    ),
    path(f"{_ONE}/place", placing.place_myself, name="place_myself"),
    path(f"{_ONE}/schools", placing.map_school, name="map_school"),
    path(
        "learning/coaching/<int:coaching>/place/<slug:slug>",
        placing.place_colleague,
        name="place_colleague",
    ),
]
