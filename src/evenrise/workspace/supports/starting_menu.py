"""The starting menu of supports (`starting_menu.toml`), placed at first need."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from evenrise.workspace.supports.models import SupportKind


_FILE = Path(__file__).with_suffix(".toml")


def ensure_menu() -> None:
    """Place the starting menu where there is none at all; a changed one stays."""
    if SupportKind.objects.exists():
        return
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["support"]
    SupportKind.objects.bulk_create(
        [SupportKind(**_columns(one)) for one in told], ignore_conflicts=True
    )


def _columns(told: dict[str, Any]) -> dict[str, Any]:
    exact = {name: Decimal(told[name]) for name in ("sessions_a_week", "cost")}
    return {**told, **exact}
