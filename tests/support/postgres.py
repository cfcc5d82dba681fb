"""A real PostgreSQL of the tests' own: a private cluster, gone when they end.

    python -m tests.support.postgres COMMAND ...

runs a command with EVENRISE_DATABASE pointing to it. The cluster lives in a temporary
folder and listens on a socket in there, on no port. It sorts as people do, not by
bytes, so that a test that relies on the bytes is found.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


NAME = "evenrise"
# The data of a test may be lost with the power: it need not wait for the disk.
_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_START_SECONDS = 60


def programs() -> Path:
    """The folder of the server's programs, of the newest version that is installed.

    Raises:
        FileNotFoundError: when PostgreSQL is not installed.
    """
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parents[1].name),
    )
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    if elsewhere is None:
        raise FileNotFoundError("PostgreSQL is not installed (Debian: postgresql).")
    return Path(elsewhere).resolve().parent


def _whose() -> dict[str, Any]:
    """As whom the server runs: it refuses to be root's."""
    if os.geteuid() != 0:
        return {}
    other = pwd.getpwnam("postgres")
    return {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}


def _end_with_us() -> None:
    """Also by a kill: the system then asks the server to stop at once."""
    ctypes.CDLL(None).prctl(1, signal.SIGINT)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server; its address, as EVENRISE_DATABASE takes it.

    Raises:
        FileNotFoundError: when PostgreSQL is not installed.
        RuntimeError: when it did not start.
    """
    bin_ = programs()
    whose = _whose()
    folder = Path(tempfile.mkdtemp(prefix="evenrise-pg-"))
    if whose:
        os.chown(folder, whose["user"], whose["group"])
    server = None
    try:
        _initialize(bin_, folder, whose)
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [bin_ / "postgres", "-D", folder / "data", "-k", folder,
                 "-c", "listen_addresses=", "-c", "max_connections=60",
                 *(word for one in _CARELESS for word in ("-c", one))],
                stdout=log, stderr=log, cwd=folder, **whose,
                preexec_fn=_end_with_us if sys.platform == "linux" else None,  # noqa: PLW1509
            )  # fmt: skip
        _wait(bin_, folder, server)
        _sql(bin_, folder, f"CREATE DATABASE {NAME}")
        yield f"postgresql://{NAME}@/{NAME}?host={folder}"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _initialize(bin_: Path, folder: Path, whose: dict[str, Any]) -> None:
    words = [bin_ / "initdb", "-D", folder / "data", "-U", NAME, "-A", "trust"]
    words += ["-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    people = ["--locale-provider=icu", "--icu-locale=en-US"]  # since version 15
    for further in (people, []):
        done = subprocess.run(
            [*words, *further],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            **whose,
        )
        if done.returncode == 0:
            return
        shutil.rmtree(folder / "data", ignore_errors=True)
    raise RuntimeError(f"PostgreSQL could not be set up: {done.stderr}")


def _wait(bin_: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    ask = [bin_ / "pg_isready", "-q", "-h", folder, "-U", NAME, "-d", "postgres"]
    while subprocess.run(ask, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > until:
            told = (folder / "log").read_text(errors="replace")
            raise RuntimeError(f"PostgreSQL did not start: {told[-2000:]}")
        time.sleep(0.1)


def _sql(bin_: Path, folder: Path, statement: str) -> None:
    subprocess.run(
        [bin_ / "psql", "-q", "-h", folder, "-U", NAME, "-d", "postgres",
         "-c", statement],
        check=True,
    )  # fmt: skip


def main(words: list[str]) -> int:
    """Run a command with a server; the command's own exit code."""
    # A polite end reaches `finally` only as an exception.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with cluster() as address:
            environ = {**os.environ, "EVENRISE_DATABASE": address}
            return subprocess.run(words, check=False, env=environ).returncode
    except (FileNotFoundError, RuntimeError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
