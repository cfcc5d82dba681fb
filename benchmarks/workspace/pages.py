"""Every page, in this process: milliseconds, processor milliseconds, queries.

The processor's time is what the page costs; the clock's also holds what others on the
machine cost. SQLite works inside this process, so its work is in both.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.workspace.doors import Call, headers


@dataclass(frozen=True, slots=True)
class Timed:
    """One call, made many times: medians and 95th percentiles in milliseconds."""

    call: Call
    status: int
    kilobytes: float
    queries: int
    median: float
    p95: float
    busy_median: float
    busy_p95: float


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-95 * len(ordered) // 100) - 1)]


def time_call(
    call: Call, browser: Client, secrets: dict[str, str], times: int
) -> Timed:
    """Open a page, warm, so many times, in English and Spanish by turns."""

    def ask(language: str) -> tuple[int, int]:
        told = headers(call, language, secrets)
        browser.cookies.pop("language", None)
        answer = browser.get(call.address, headers=told)
        size = sum(map(len, answer)) if answer.streaming else len(answer.content)
        answer.close()
        return answer.status_code, size

    for language in ("en", "es"):
        status, size = ask(language)
    with CaptureQueriesContext(connection) as capture:
        ask("en")
    asked = len(capture)  # at once: the next request empties the log
    walls, busy = _times(ask, times)
    return Timed(
        call,
        status,
        size / 1000,
        asked,
        statistics.median(walls),
        p95(walls),
        statistics.median(busy),
        p95(busy),
    )


def _times(
    ask: Callable[[str], tuple[int, int]], times: int
) -> tuple[list[float], list[float]]:
    walls, busy = [], []
    for number in range(times):
        wall, used = time.perf_counter(), time.process_time()
        ask("es" if number % 2 else "en")
        walls.append((time.perf_counter() - wall) * 1000)
        busy.append((time.process_time() - used) * 1000)
    return walls, busy
