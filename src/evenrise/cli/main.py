"""The command `evenrise`: finds the command, runs it, and says errors plainly."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
