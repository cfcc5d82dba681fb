"""What a person sees in the terminal: a progress bar, and the story afterwards."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from evenrise.vocabulary.progress import Progress, Silent


class _Bar:
    """Draws one bar a step on standard error."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            Progress as RichProgress,
            TaskID,
            TextColumn,
            TimeElapsedColumn,
        )

        self._tasks: dict[str, TaskID] = {}
        self.bars = RichProgress(
            TextColumn("{task.description:<34}"),
            BarColumn(bar_width=30, complete_style="cyan", finished_style="cyan"),
            TextColumn("{task.percentage:>4.0f} %"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )

    def step(self, what: str, done: float, total: float) -> None:
        """Move the step's bar, drawing it when it is new."""
        if what not in self._tasks:
            self._tasks[what] = self.bars.add_task(what, total=total or 1)
        self.bars.update(
            self._tasks[what], completed=done if total else 1, total=total or 1
        )


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[Progress]:
    """A progress bar where a person is looking, silence where nobody is."""
    if quiet or not sys.stderr.isatty():
        yield Silent()
        return
    bar = _Bar()
    with bar.bars:
        yield bar


def tell(line: str = "") -> None:
    """One line of the story."""
    print(line)


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 row`, `12,345 rows`."""
    word = one if number == 1 else many or f"{one}s"
    return f"{number:,} {word}"
