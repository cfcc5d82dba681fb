"""Finds the district's own settings, `district.toml`, beside its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evenrise.records.settings import DistrictSettings
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.text import Text


NAME = "district.toml"


def settings_beside(paths: Sequence[Path]) -> DistrictSettings:
    """The settings among the paths, in a folder of them, or the empty settings.

    Raises:
        ArgumentProblem: when there are two different ones, or one cannot be read.
    """
    found = []
    for path in paths:
        place = path / NAME if path.is_dir() else path.parent / NAME
        if place.is_file() and place.resolve() not in found:
            found.append(place.resolve())
    if len(found) > 1:
        raise ArgumentProblem(
            Text(
                f"There are {len(found)} files {NAME} ({found[0]}, {found[1]}); keep "
                "one, since a review is of one district.",
                f"Hay {len(found)} archivos {NAME} ({found[0]}, {found[1]}); deje uno, "
                "porque una revisión es de un solo distrito.",
            )
        )
    return DistrictSettings.read(found[0]) if found else DistrictSettings()
