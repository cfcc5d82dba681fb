"""Fetches the files of an import from a server that the district named.

Connections stand in `district.toml`; their secrets never come near a page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from evenrise.records.clients import fetch
from evenrise.records.connections import Connection
from evenrise.records.settings import DistrictSettings
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.progress import Progress
from evenrise.workspace.data.models import Import


def connection_named(district: DistrictSettings, name: str) -> Connection:
    """The connection of that name.

    Raises:
        ArgumentProblem: when the settings have none.
    """
    try:
        return district.connections[name]
    except KeyError:
        raise ArgumentProblem(
            f"There is no connection {name} in district.toml any more."
        ) from None


def fetched(
    one: Import, district: DistrictSettings, progress: Progress
) -> tuple[Path, ...]:
    """Fetch what an import's connection gives; the folders to import.

    The connection keeps a folder of its own from one night to the next, so that only
    what changed is asked for.

    Raises:
        ArgumentProblem: the connection is gone or cannot be used.
        InputProblem: the server refused or could not be reached.
    """
    home = Path(settings.HOME.workspace) / "connections" / one.connection
    found = fetch(connection_named(district, one.connection), home, progress)
    files = [file for folder in found for file in _listed(folder)]
    Import.objects.filter(pk=one.pk).update(files=files)
    one.files = files
    return found


def _listed(folder: Path) -> list[dict[str, Any]]:
    return [
        {"name": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
