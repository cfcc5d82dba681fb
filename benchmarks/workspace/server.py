"""The server as people run it, in processes of its own, and what memory it holds."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Server:
    """A running `evenrise serve`."""

    process: int
    port: int

    def memory(self) -> dict[str, float]:
        """MB that each kind of process holds for itself: parent, pages, worker.

        Pages of files that the system maps (databases) are not counted: they are its
        cache, and it takes them back as it likes.
        """
        told: dict[str, float] = {}
        for one in (self.process, *_children(self.process)):
            what = Path(f"/proc/{one}/cmdline").read_bytes().replace(b"\0", b" ")
            name = "worker" if b"cli.worker" in what else "pages"
            name = "parent" if one == self.process else name
            status = Path(f"/proc/{one}/status").read_text("ascii")
            held = status.partition("RssAnon:")[2].split()
            told[name] = told.get(name, 0.0) + (int(held[0]) / 1000 if held else 0.0)
        return told

    def busy(self) -> float:
        """Processor seconds of all its processes so far."""
        ticks = os.sysconf("SC_CLK_TCK")
        total = 0.0
        for one in (self.process, *_children(self.process)):
            words = Path(f"/proc/{one}/stat").read_text("ascii").rpartition(")")[2]
            total += sum(int(word) for word in words.split()[11:13]) / ticks
        return total


def _children(process: int) -> list[int]:
    found = []
    for told in Path(f"/proc/{process}/task").glob("*/children"):
        for one in told.read_text("ascii").split():
            found += [int(one), *_children(int(one))]
    return found


@contextmanager
def served(store: Path, port: int, as_of: str) -> Iterator[Server]:
    """Start the server, wait until it answers, and end it afterwards."""
    port = port or _free_port()
    command = [str(Path(sys.executable).with_name("evenrise")), "serve"]
    command += ["--store", str(store), "--port", str(port), "--as-of", as_of]
    process = subprocess.Popen(command, env={**os.environ, "EVENRISE_DEMO": "yes"})
    try:
        _wait(process, port)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("The server ended before it answered.")
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/health")
            if line.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            line.close()
        time.sleep(0.2)
    raise SystemExit("The server did not answer within two minutes.")
