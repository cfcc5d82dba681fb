"""A district as a school district runs it: by commands, in processes of their own."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event, Thread
from typing import Self

from tests.support.fill_district import AS_OF
from tests.support.paths import ROOT


PATIENCE = 120  # seconds to wait for a server on a busy machine
AWAY = (urllib.error.URLError, OSError, HTTPException)


@dataclass(frozen=True)
class Deployed:
    """A store, and the database that goes with it (nothing: SQLite in the store)."""

    store: Path
    database: str = ""
    things: dict[str, object] = field(default_factory=dict)
    records: Path = Path()

    @property
    def environ(self) -> dict[str, str]:
        environ = {**os.environ, "EVENRISE_DEMO": "yes", "EVENRISE_DEBUG": "yes"}
        return {**environ, "EVENRISE_DATABASE": self.database}

    def start(self, *words: object) -> subprocess.Popen[str]:
        """A command, begun."""
        return subprocess.Popen(
            [sys.executable, "-m", "evenrise", *map(str, words)],
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: object) -> tuple[int, str]:
        """A command to its end: its exit code and all it said."""
        process = self.start(*words)
        out, err = process.communicate(timeout=PATIENCE)
        return process.returncode, out + err

    @contextmanager
    def served(self) -> Iterator[Server]:
        """Serve until the end of the block."""
        server = Server(self)
        try:
            server.wait()
            yield server
        finally:
            server.stop()


class Server:
    """`evenrise serve`, with its two helpers."""

    def __init__(self, deployed: Deployed) -> None:
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = int(trial.getsockname()[1])
        self.deployed = deployed
        self.base = f"http://127.0.0.1:{self.port}"
        self.begin()

    def begin(self) -> None:
        """Start it, on the same port each time."""
        words = ("serve", "--store", self.deployed.store, "--port", self.port)
        self.process = self.deployed.start(*words, "--as-of", AS_OF)

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, self.process.communicate()
            with suppress(*AWAY), urllib.request.urlopen(f"{self.base}/health"):  # noqa: S310 - our own server
                return
            time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def helpers(self) -> list[int]:
        """The processes that the server started: those for pages, the worker."""
        found = []
        for thread in Path(f"/proc/{self.process.pid}/task").iterdir():
            found += map(int, (thread / "children").read_text().split())
        return sorted(found)

    def stop(self) -> int:
        """Ask it to end, as a system does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


class Browser:
    """One of the cast, without JavaScript."""

    def __init__(self, server: Server, role: str = "") -> None:
        self.base, self.cookies = server.base, CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), _Stay()
        )
        if role:
            self.get("/account/login/")
            assert self.post(f"/enter/{role}") == 302

    def get(self, path: str) -> str:
        """A page; nothing but a good answer passes."""
        with self.opener.open(self.base + path, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def status(self, path: str) -> int:
        """The status of a page that leads elsewhere, or is not there."""
        return self._send(path, None, "")

    def post(self, path: str, **fields: object) -> int:
        """A form; the status of the answer."""
        data = urllib.parse.urlencode({**fields, **self._token()}).encode()
        return self._send(path, data, "application/x-www-form-urlencoded")

    def upload(self, path: str, *files: Path) -> int:
        """Drop files into a form."""
        edge = "----of-the-test"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}'
            for name, value in self._token().items()
        ]
        parts += [
            f'--{edge}\r\nContent-Disposition: form-data; name="files"; '
            f'filename="{one.name}"\r\nContent-Type: text/csv\r\n\r\n{one.read_text()}'
            for one in files
        ]
        data = "\r\n".join([*parts, f"--{edge}--\r\n"]).encode()
        return self._send(path, data, f"multipart/form-data; boundary={edge}")

    def _send(self, path: str, data: bytes | None, kind: str) -> int:
        request = urllib.request.Request(  # noqa: S310 - our own server
            self.base + path, data, {"Content-Type": kind}
        )
        try:
            with self.opener.open(request, timeout=PATIENCE) as answer:
                answer.read()
                self.went_to = answer.headers.get("Location", "")
                return int(answer.status)
        except urllib.error.HTTPError as problem:
            self.went_to = problem.headers.get("Location", "")
            return problem.code

    def _token(self) -> dict[str, str]:
        found = [one.value for one in self.cookies if one.name == "csrftoken"]
        return {"csrfmiddlewaretoken": found[0] or ""}


class Writer:
    """Somebody who goes on writing; `kept` is what was acknowledged."""

    def __init__(self, server: Server, name: str = "one") -> None:
        self.server, self.name, self.kept = server, name, []
        self.browser = Browser(server, "cabinet")
        self.finding = server.deployed.things["finding"]
        self.ending = Event()
        self.thread = Thread(target=self._go_on)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        self.thread.join()

    def say(self) -> None:
        text = f"word {len(self.kept)} of {self.name}"
        status = self.browser.post(f"/findings/say/{self.finding}", text=text, seen=0)
        assert status == 302, status
        self.kept.append(text)

    def _go_on(self) -> None:
        while not self.ending.wait(0.05):
            try:
                self.say()
            except AWAY:
                return  # the server is gone


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: what was done is acknowledged by it."""

    def redirect_request(self, *_: object) -> None:
        return None


def said(page: str) -> set[str]:
    """The remarks of the test that a page shows."""
    return set(re.findall(r"word \d+ of \w+", page))


def things_of(root: Path) -> dict[str, object]:
    """What the filled district's things are called."""
    return dict(json.loads((root / "things.json").read_text()))
