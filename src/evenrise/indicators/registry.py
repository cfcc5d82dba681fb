"""All the indicators, by key, in the order in which a review tells them."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from evenrise.indicators.define import Indicator
from evenrise.vocabulary.errors import DefinitionProblem


# One folder of the catalog each.
KEYS: Final = ("chronic_absence",)


def _read(key: str) -> Indicator:
    found = import_module(f"evenrise.indicators.catalog.{key}.definition").INDICATOR
    if not isinstance(found, Indicator) or found.key != key:
        raise DefinitionProblem(
            f"The folder catalog/{key} must define INDICATOR with the key {key!r}."
        )
    return found


INDICATORS: Final[dict[str, Indicator]] = {key: _read(key) for key in KEYS}
