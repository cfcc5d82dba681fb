"""The words of maps, levels and places, in the language of the page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.learning.map_content import Pair
from evenrise.workspace.learning.models import Component, ICMap
from evenrise.workspace.plans.said import Words


Trail = list[tuple[str, str]]


def in_words(en: str, es: str, language: Language) -> Words:
    """A text for a reader, with its language where it is the other one."""
    own, other = (en, es) if language == "en" else (es, en)
    if own:
        return Words(own)
    return Words(other, "es" if language == "en" else "en") if other else Words("")


def pair_words(pair: Pair, language: Language) -> Words:
    """Both languages of a text as this reader meets them."""
    return in_words(pair.en, pair.es, language)


def component_words(one: Component, language: Language) -> Words:
    """A component's name."""
    return in_words(one.name_en, one.name_es, language)


def level_name(number: int, most: int) -> str:
    """A level as people say it: its number, and what the two ends mean."""
    if number == 1:
        return _("Level 1: the ideal")
    if number == most:
        return _("Level %(n)s: not yet") % {"n": number}
    return _("Level %(n)s") % {"n": number}


def map_title(one: ICMap, language: Language) -> str:
    """A map's title in one of the languages."""
    return one.said("title", language)[0]


def maps_trail() -> Trail:
    """Where a map's page stands."""
    return [(reverse("ic_maps"), _("Maps of practice"))]


def map_trail(one: ICMap, language: Language) -> Trail:
    """Where a page of a map stands."""
    return [*maps_trail(), (map_url(one), map_title(one, language))]


def map_url(one: ICMap) -> str:
    """A map's page."""
    return reverse("ic_map", args=[one.slug])
