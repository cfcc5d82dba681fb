"""The parts of the measurement, once Django is ready, and the tables they print."""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.db import connections

from benchmarks.workspace import filling
from benchmarks.workspace.doors import Call, browsers, calls, headers, keys
from benchmarks.workspace.load import Request, load, one_after_the_other, request_of
from benchmarks.workspace.pages import Timed, p95, time_call
from benchmarks.workspace.server import Server, served


AIM = 100  # milliseconds at p95
WEIGHT = 4  # a list or a page that people open most is asked so much oftener


def measure(args: argparse.Namespace, parts: tuple[str, ...]) -> None:
    """Fill the store where it is empty, measure the wanted parts, print tables."""
    steps = filling.Steps()
    filling.fill(steps, args.as_of, args.day)
    release, briefing = filling.figures(steps, args.day)
    if "prepare" in parts:
        with tempfile.TemporaryDirectory() as folder:
            filling.prepare(steps, args.as_of, Path(folder) / "pages.sqlite")
    if "again" in parts:
        filling.place_again(steps, args.day)
    print(", ".join(f"{n:,} {what}" for what, n in filling.counts().items()))
    _print(("step", "seconds", "processor seconds", "largest GB"), steps.rows)
    things = filling.things(args.day, release, briefing)
    if "pages" in parts:
        _pages(args, things)
    if {"http", "load"} & set(parts):
        _served(args, parts, things)


def _print(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    if rows:
        for row in (head, tuple("---" for _ in head), *rows):
            print("| " + " | ".join(row) + " |")
        print(flush=True)


def _wanted(args: argparse.Namespace, things: dict[str, Any]) -> list[Call]:
    return [
        one
        for one in calls(things)
        if one.name.startswith(args.only) and args.role in {"", one.role}
    ]


def _pages(args: argparse.Namespace, things: dict[str, Any]) -> None:
    open_browsers, secrets = browsers(args.day), keys(args.day)
    found = []
    gc.collect()
    gc.freeze()  # as the server does, see cli/web.py
    for one in _wanted(args, things):
        took = time_call(one, open_browsers[one.role], secrets, args.calls)
        print("  " + "  ".join(_row(took)), file=sys.stderr, flush=True)
        found.append(took)
    _print(_HEAD, [_row(one) for one in _slowest(found)])
    over = sorted(
        {one.call.name for one in found if one.busy_p95 > AIM and not one.call.is_file}
    )
    print(f"over {AIM} ms of the processor at p95: {', '.join(over) or 'none'}\n")


_HEAD = (
    "page",
    "role",
    "status",
    "kB",
    "queries",
    "median ms",
    "p95 ms",
    "processor median ms",
    "processor p95 ms",
)


def _row(one: Timed) -> tuple[str, ...]:
    asked = one.call.address.partition("?")[2]
    numbers = (one.median, one.p95, one.busy_median, one.busy_p95)
    return (
        f"{one.call.name} {asked}".strip(),
        one.call.role,
        str(one.status),
        f"{one.kilobytes:.0f}",
        str(one.queries),
        *(f"{number:.1f}" for number in numbers),
    )


def _slowest(found: list[Timed]) -> list[Timed]:
    """The slowest role of each page, in the order of the table of doors."""
    best: dict[tuple[str, str], Timed] = {}
    for one in found:
        name = one.call.name, one.call.address
        if name not in best or one.busy_p95 > best[name].busy_p95:
            best[name] = one
    return list(best.values())


def _served(
    args: argparse.Namespace, parts: tuple[str, ...], things: dict[str, Any]
) -> None:
    requests = _requests(args, things)
    connections.close_all()
    with served(args.store, args.port, args.as_of.isoformat()) as server:
        if "http" in parts:
            _over_http(args, server, requests)
        if "load" in parts:
            _load(args, server, requests)


def _requests(args: argparse.Namespace, things: dict[str, Any]) -> list[Request]:
    """Every call but files and keys (whose number a minute is limited)."""
    open_browsers = browsers(args.day)
    found = []
    for number, one in enumerate(_wanted(args, things)):
        if one.is_file or one.key:
            continue
        cookie = open_browsers[one.role].cookies.get("sessionid")
        told = headers(one, "es" if number % 3 == 2 else "en", {})
        found.append(request_of(one, cookie.value if cookie else "", told))
    return found


def _over_http(
    args: argparse.Namespace, server: Server, requests: list[Request]
) -> None:
    rounds = max(1, args.calls // 5)
    one_after_the_other(server, requests)
    took: dict[str, list[float]] = {}
    wrong: list[str] = []
    busy = server.busy()
    for _ in range(rounds):
        for request, (problem, ms) in zip(
            requests, one_after_the_other(server, requests), strict=True
        ):
            took.setdefault(request.name, []).append(ms)
            wrong += [f"{request.address}: {problem}"] if problem else []
    busy = (server.busy() - busy) * 1000 / (rounds * len(requests))
    rows = [
        (name, str(len(ms)), f"{statistics.median(ms):.1f}", f"{p95(ms):.1f}")
        for name, ms in took.items()
    ]
    _print(("page over HTTP", "requests", "median ms", "p95 ms"), rows)
    every = [one for ms in took.values() for one in ms]
    print(
        f"all: {len(every):,} requests, median {statistics.median(every):.1f} ms, "
        f"p95 {p95(every):.1f} ms, {busy:.1f} ms of the processor each; "
        f"errors: {'; '.join(dict.fromkeys(wrong)) or 'none'}\n"
    )


def _load(args: argparse.Namespace, server: Server, requests: list[Request]) -> None:
    often = {"students", "student", "start", "findings", "finding", "indicator"}
    mix = [one for one in requests for _ in range(WEIGHT if one.name in often else 1)]
    random.Random(1).shuffle(mix)  # noqa: S311 - the same in every run
    one_after_the_other(server, requests)
    told = load(server, mix, rate=args.rate, seconds=args.seconds)
    shares = (0.5, 0.95, 0.99, 0.999)
    print(
        f"load: {len(told.milliseconds):,} requests in {told.seconds:.0f} s "
        f"({len(told.milliseconds) / told.seconds:.1f} a second), errors "
        f"{sum(told.errors.values())} {dict(told.errors) or ''}; ms at "
        + ", ".join(f"p{share * 100:g} {told.quantile(share):.0f}" for share in shares)
        + f"; {told.busy:.0f} processor seconds of the server"
        f" ({told.busy / len(told.milliseconds) * 1000:.1f} ms each);"
        f" load of the machine {os.getloadavg()[1]:.1f}\n"
    )
    _print(
        ("page under load", "requests", "median ms", "p95 ms"),
        [(n, str(c), f"{m:.0f}", f"{p:.0f}") for n, c, m, p in told.by_name()[:12]],
    )
    kinds = sorted(told.memory[0][1])
    _print(
        ("second", *(f"{kind}, MB" for kind in kinds)),
        [
            (f"{at:.0f}", *(f"{held.get(kind, 0):.0f}" for kind in kinds))
            for at, held in told.memory
        ],
    )
