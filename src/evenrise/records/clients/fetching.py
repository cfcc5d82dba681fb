"""One reading of one connection: aside, to its end, then files to import.

What changed since the last reading is laid over it where that can be trusted;
everything is asked for anew when it cannot: at first, after `whole_every_days`, when
the settings changed, or when the server is not the one it was. Either way the folder
given back holds all the records, so the import that follows needs to know nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Protocol

from evenrise.records.clients.asking import Patience, Server
from evenrise.records.clients.edfi import EdFiClient
from evenrise.records.clients.landing import Landing, Mark, State, read_state
from evenrise.records.clients.oneroster import OneRosterClient
from evenrise.records.connections import Connection
from evenrise.records.snapshots.locking import locked
from evenrise.vocabulary.progress import Progress


class Client(Protocol):
    """One standard's way of asking."""

    label: str

    def shape(self) -> str:
        """Which files with which columns it writes."""

    def may_ask_changes(self, state: State) -> bool:
        """Whether what changed since a state can be asked for."""

    def read(self, landing: Landing, state: State | None, progress: Progress) -> Mark:
        """Read everything, or what changed since a state, into the landing."""


def fetch(
    connection: Connection,
    into: Path,
    progress: Progress,
    patience: Patience | None = None,
) -> tuple[Path, ...]:
    """Fetch all records of a connection into files that the import reads.

    Args:
        connection: whom to ask, and as whom.
        into: this connection's own folder, kept from one night to the next; it holds
            records of children. Made when missing.
        progress: hears of every resource.
        patience: how long to wait for the server.

    Returns:
        What to import: the folder of the finished reading.

    Raises:
        ArgumentProblem: the settings or the secret cannot be used.
        InputProblem: the server cannot be read to the end; nothing that stood in
            `into` has changed.
    """
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    with locked(into / "lock"):
        server = Server(connection, patience or Patience())
        try:
            return (_fetch(connection, server, into, progress),)
        finally:
            server.close()


def _fetch(
    connection: Connection, server: Server, into: Path, progress: Progress
) -> Path:
    client = _client(connection, server)
    about = _about(connection, client.shape())
    state = read_state(into)
    since = state if _may_build_on(state, about, client, server) else None
    if since is None:
        state = State(folder=state.folder, number=state.number)
    with Landing(into, connection.name, state) as landing:
        mark = client.read(landing, since, progress)
        return landing.publish(
            State(
                about=about,
                read_at=mark.read_at,
                change=mark.change,
                whole_at=since.whole_at if since else mark.read_at,
            )
        )


def _client(connection: Connection, server: Server) -> Client:
    if connection.kind == "edfi":
        return EdFiClient(connection, server)
    return OneRosterClient(connection, server)


def _may_build_on(state: State, about: str, client: Client, server: Server) -> bool:
    """Whether changes can be laid over the reading before."""
    if not state.folder or state.about != about or not client.may_ask_changes(state):
        return False
    try:
        age = dt.datetime.fromisoformat(server.clock) - dt.datetime.fromisoformat(
            state.whole_at
        )
    except ValueError:
        return False  # a server without a clock
    return dt.timedelta() <= age < dt.timedelta(days=server.connection.whole_every_days)


def _about(connection: Connection, shape: str) -> str:
    """A mark of what is read and written how; it holds no secret."""
    told = (
        connection.kind,
        connection.url,
        connection.client_id,
        shape,
        *sorted(connection.services),
        *sorted(connection.leave_out),
    )
    return hashlib.sha256("\0".join(told).encode()).hexdigest()[:16]
