"""A map that is kept, as its whole content."""

from __future__ import annotations

from evenrise.workspace.learning.map_content import (
    ComponentContent,
    MapContent,
    Pair,
)
from evenrise.workspace.learning.models import Component, ICMap


def content_of(one: ICMap) -> MapContent:
    """The map as it stands, without components that were taken out; two queries."""
    return MapContent(
        title=Pair(one.title_en, one.title_es),
        role=Pair(one.role_en, one.role_es),
        text=Pair(one.text_en, one.text_es),
        levels=one.levels,
        components=tuple(component_content(each) for each in components_of(one)),
    )


def components_of(one: ICMap) -> list[Component]:
    """The components that stand, with their levels at hand."""
    return list(one.components.filter(removed_at=None).prefetch_related("levels"))


def component_content(one: Component) -> ComponentContent:
    """One component with its levels."""
    return ComponentContent(
        name=Pair(one.name_en, one.name_es),
        outcome=Pair(one.outcome_en, one.outcome_es),
        levels=tuple(Pair(level.text_en, level.text_es) for level in one.levels.all()),
        key=one.key,
    )
