"""`evenrise manage --store STORE remind_owners`: the letters to the owners of steps.

The nightly command sends them too; this one is for a district that brings its files in
by hand. Run twice, it writes nobody twice.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from evenrise.workspace.plans.reminding import remind_owners


class Command(BaseCommand):
    """Writes to whoever owns a step that begins, ends or is late."""

    help = "Write to the owners of steps that begin or end within a week, or are late."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Send, and say how many letters went out."""
        self.stdout.write(f"{remind_owners()} letters.")
