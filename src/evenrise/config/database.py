"""Where the workspace keeps what people do: SQLite, or PostgreSQL by a setting."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


# A person's click waits this long, in seconds, for somebody else's write to end.
_PATIENCE = 30

# WAL: readers never wait for a writer. FULL: what was acknowledged is on the disk, also
# after a power cut. The cache and the map are of one connection.
_SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000; "
    "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
)


def database(address: str, password_file: Path | None, home: Path) -> dict[str, Any]:
    """Django's description of the database.

    Args:
        address: `postgresql://USER:PASSWORD@HOST:PORT/NAME`, or nothing for SQLite.
            As in libpq, `?host=/run/postgresql` names the folder of a socket, and
            `?sslmode=verify-full&sslrootcert=FILE` and the like are handed on.
        password_file: read instead of a password in the address.
        home: the SQLite file.
    """
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": _PATIENCE,
                # Take the write lock at the start: a transaction that began as a
                # reader could not be repeated when somebody wrote in between.
                "transaction_mode": "IMMEDIATE",
                "init_command": _SQLITE_START,
            },
        }
    parts = urlsplit(address)
    password = unquote(parts.password or "")
    if password_file is not None:
        password = password_file.read_text(encoding="utf-8").strip()
    further = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": password,
        "HOST": further.pop("host", "") or parts.hostname or "",
        "PORT": further.pop("port", "") or str(parts.port or ""),
        "OPTIONS": further,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
