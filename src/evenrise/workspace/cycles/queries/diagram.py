"""A cycle's theory as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _

from evenrise.publishing.charts.driver_diagram import (
    DriverDiagram,
    Kind,
    Node,
    draw_driver_diagram,
)
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.cycles.models import Cycle, DriverKind
from evenrise.workspace.cycles.queries.outline import Branch, ideas_in
from evenrise.workspace.insights.queries.pictures import Shown, show_by


_KINDS: dict[str, Kind] = {
    DriverKind.PRIMARY: "driver",
    DriverKind.SECONDARY: "need",
    DriverKind.IDEA: "idea",
}
_TITLE = Text("Driver diagram", "Diagrama de factores")
_SAYS = Text(
    "The aim on the left; then {drivers} drivers and {ideas} change ideas, of which"
    " {tried} tried in this cycle. All of it stands in the outline below.",
    "A la izquierda, el propósito; después, {drivers} factores y {ideas} ideas de"
    " cambio, {tried} en prueba en este ciclo. Todo está en el esquema de abajo.",
)


def diagram_of(
    cycle: Cycle, outline: Sequence[Branch], language: Language
) -> Shown | None:
    """The theory drawn for a page; None before there is an aim and a driver."""
    if not (cycle.aim and outline):
        return None
    ideas = ideas_in(outline)
    counted = {
        "drivers": len(outline),
        "ideas": len(ideas),
        "tried": sum(one.tried for one in ideas),
    }
    alternative = Text(_SAYS.en.format(**counted), _SAYS.es.format(**counted))
    aim = Node("aim", cycle.aim, tuple(_node(one) for one in outline))
    picture = DriverDiagram(_TITLE, alternative, aim)
    draw = partial(draw_driver_diagram, picture)
    return show_by(draw, language, "theory", _("Driver diagram"))


def _node(one: Branch) -> Node:
    below = tuple(_node(other) for other in one.below)
    return Node(_KINDS[one.kind], one.text, below, one.tried)
