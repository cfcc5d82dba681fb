"""Many people at once: so many requests a second for so long, over HTTP.

Requests begin at fixed moments, whether or not the ones before have been answered, as
people do; a request's time runs from the moment it was due, so a server that falls
behind cannot hide it. Each connection is kept open and used again, like a browser's.
"""

from __future__ import annotations

import http.client
import queue
import random
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.workspace.doors import Call
from benchmarks.workspace.pages import p95
from benchmarks.workspace.server import Server


_LINES = 24  # connections at most
_TOO_LONG = 30  # seconds: then a request counts as an error


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it is sent."""

    name: str
    address: str
    headers: dict[str, str]
    expected: int = 200


@dataclass
class Told:
    """What was measured."""

    milliseconds: list[float] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, dict[str, float]]] = field(default_factory=list)
    seconds: float = 0.0
    busy: float = 0.0

    def quantile(self, share: float) -> float:
        """The time within which this share of requests was answered."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def by_name(self) -> list[tuple[str, int, float, float]]:
        """Each page: how often, median and 95th percentile; the slowest first."""
        found: dict[str, list[float]] = {}
        for name, took in zip(self.names, self.milliseconds, strict=True):
            found.setdefault(name, []).append(took)
        rows = [
            (name, len(took), statistics.median(took), p95(took))
            for name, took in found.items()
        ]
        return sorted(rows, key=lambda row: -row[3])


def request_of(call: Call, cookie: str, headers: dict[str, str]) -> Request:
    """A call as it goes over the wire."""
    told = dict(headers)
    if cookie:
        told["cookie"] = f"sessionid={cookie}"
    return Request(call.name, call.address, told, call.status)


class Line:
    """One connection that is kept open."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._line: http.client.HTTPConnection | None = None

    def ask(self, request: Request) -> str:
        """Ask; what went wrong, or nothing."""
        try:
            if self._line is None:
                self._line = http.client.HTTPConnection(
                    "127.0.0.1", self.port, timeout=_TOO_LONG
                )
            self._line.request("GET", request.address, headers=request.headers)
            answer = self._line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as problem:
            self._line = None
            return type(problem).__name__
        return "" if answer.status == request.expected else str(answer.status)


def one_after_the_other(
    server: Server, requests: list[Request]
) -> list[tuple[str, float]]:
    """Ask each request alone, one after the other: what went wrong, milliseconds."""
    line, told = Line(server.port), []
    for request in requests:
        begun = time.perf_counter()
        problem = line.ask(request)
        told.append((problem, (time.perf_counter() - begun) * 1000))
    return told


def load(server: Server, mix: list[Request], *, rate: float, seconds: float) -> Told:
    """Send `rate` requests a second for so many seconds, drawn from the mix."""
    told, lock = Told(), threading.Lock()
    due: queue.SimpleQueue[tuple[float, Request] | None] = queue.SimpleQueue()

    def work() -> None:
        line = Line(server.port)
        while (one := due.get()) is not None:
            moment, request = one
            problem = line.ask(request)
            took = (time.perf_counter() - moment) * 1000
            with lock:
                told.milliseconds.append(took)
                told.names.append(request.name)
                if problem:
                    told.errors[f"{request.name}: {problem}"] += 1

    threads = [threading.Thread(target=work, daemon=True) for _ in range(_LINES)]
    for one in threads:
        one.start()
    begun, busy = time.perf_counter(), server.busy()
    _send(server, due, mix, told, (begun, rate, seconds))
    for _ in threads:
        due.put(None)
    for one in threads:
        one.join()
    told.seconds = time.perf_counter() - begun
    told.busy = server.busy() - busy
    told.memory.append((told.seconds, server.memory()))
    return told


def _send(
    server: Server,
    due: queue.SimpleQueue[tuple[float, Request] | None],
    mix: list[Request],
    told: Told,
    plan: tuple[float, float, float],
) -> None:
    """Hand out each request at its moment; look at the memory once a minute."""
    begun, rate, seconds = plan
    chance = random.Random(20261122)  # noqa: S311 - the same mix in every run
    looked = -60.0
    for number in range(int(rate * seconds)):
        moment = begun + number / rate
        if (wait := moment - time.perf_counter()) > 0:
            time.sleep(wait)
        if moment - begun - looked >= 60:
            looked = moment - begun
            told.memory.append((looked, server.memory()))
        due.put((moment, chance.choice(mix)))
