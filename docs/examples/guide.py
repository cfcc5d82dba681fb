"""Which methods the guide has, in reading order, and where their parts are."""

from __future__ import annotations

import importlib
from pathlib import Path

from docs.examples.kit import ROOT, Example
from evenrise.vocabulary.text import Language


PAGES = ROOT / "docs" / "explanation" / "methods"
PICTURES = ROOT / "docs" / "pictures" / "methods"
METHODS = (
    "rates-and-intervals",
    "difference-and-ratio",
    "legal-screen",
    "many-comparisons",
    "small-schools",
    "funnel",
    "both-rose",
    "who-is-enrolled",
    "percent-proficient",
    "effect-size",
    "inside-or-between",
    "segregation",
    "alike-students",
    "exact-matching",
    "combinations",
    "bright-spots",
    "process-control",
    "early-warning",
    "did-it-help",
    "surveys",
    "staff-mirror",
    "resources",
)


def page_of(method: str, language: Language) -> Path:
    """The page of a method."""
    return PAGES / f"{method}{'' if language == 'en' else '.es'}.md"


def module_name(method: str) -> str:
    """The module of a method's example."""
    return f"docs.examples.{method.replace('-', '_')}"


def example_of(method: str) -> Example:
    """Compute the example of a method."""
    found = importlib.import_module(module_name(method)).example()
    if not isinstance(found, Example):
        raise TypeError(f"{method} has no example.")
    return found


def folder_of(method: str) -> str:
    """The folder of public data that the example reads."""
    return str(importlib.import_module(module_name(method)).FOLDER)


def picture_lines(method: str, found: Example, language: Language) -> str:
    """The lines of a page that show its picture, under its title."""
    end = "" if language == "en" else ".es"
    words = found.picture.alternative[language]
    title = found.picture.title[language]
    return f"**{title}**\n\n![{words}](../../pictures/methods/{method}{end}.svg)"
