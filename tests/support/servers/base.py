"""A server on this machine that hands out lists page by page, to those with a token.

It speaks real HTTP over a real socket, and it can be told to misbehave as servers do:
fail, break off in the middle, forget its tokens, or let rows come and go between two
pages.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import json
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Self
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlsplit


Rows = list[dict[str, Any]]


@dataclass
class Asked:
    """One question that came."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: str


@dataclass
class Reply:
    """What is answered."""

    status: int = 200
    content: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Trouble:
    """What goes wrong, by the number of the question for rows, counted from 1."""

    failing: dict[int, Reply] = field(default_factory=dict)
    breaking_off: set[int] = field(default_factory=set)
    events: dict[int, Callable[[], None]] = field(default_factory=dict)
    token_is_good_for: int = 1_000_000  # questions


@dataclass
class ApiServer:
    """Lists of records by path; subclasses say how they are asked for."""

    client: str = "evenrise"
    secret: str = "not+so/secret:%"  # noqa: S105 - letters that need care in HTTP
    trouble: Trouble = field(default_factory=Trouble)
    now: dt.datetime = dt.datetime(2026, 7, 1, 2, 15, tzinfo=dt.UTC)
    log: list[Asked] = field(default_factory=list)
    tokens: dict[str, tuple[int, str]] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    decodes: bool = True  # takes form-encoding off the client's name and secret
    TOKEN_PATH: ClassVar[str] = "/oauth/token"  # noqa: S105

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"api": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        if self.tls is not None:
            self._http.socket = self.tls.wrap_socket(
                self._http.socket, server_side=True, do_handshake_on_connect=False
            )
        self._http.handle_error = lambda *_: None  # type: ignore[method-assign]
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def questions(self, part: str = "") -> list[Asked]:
        """Questions for rows whose path holds a text."""
        return [one for one in self.log if self.is_data(one) and part in one.path]

    def is_data(self, asked: Asked) -> bool:
        raise NotImplementedError

    def data(self, asked: Asked) -> Reply:
        raise NotImplementedError

    def plain(self, _asked: Asked) -> Reply:
        """Everything that is neither a token nor rows."""
        return Reply(404)

    def may(self, _asked: Asked, _scopes: str) -> bool:
        """Whether a token of these scopes opens a path."""
        return True

    def reply(self, asked: Asked) -> Reply:
        self.log.append(asked)
        if asked.path == self.TOKEN_PATH:
            return self._token(asked)
        if not self.is_data(asked):
            return self.plain(asked)
        number = len(self.questions())
        if number in self.trouble.events:
            self.trouble.events[number]()
        if number in self.trouble.failing:
            return self.trouble.failing[number]
        scopes = self._scopes_of(asked)
        if scopes is None:
            return Reply(401)
        return self.data(asked) if self.may(asked, scopes) else Reply(403)

    def _token(self, asked: Asked) -> Reply:
        told = asked.headers.get("Authorization", "").removeprefix("Basic ")
        name, _, secret = base64.b64decode(told).decode().partition(":")
        form = dict(parse_qsl(asked.body))
        if self.decodes:
            name, secret = unquote_plus(name), unquote_plus(secret)
        if (name, secret) != (self.client, self.secret):
            return Reply(401, {"error": "invalid_client"})
        if form.get("grant_type") != "client_credentials":
            return Reply(400, {"error": "unsupported_grant_type"})
        token = f"token-{len(self.tokens) + 1}"
        scopes = form.get("scope", "")
        self.tokens[token] = (self.trouble.token_is_good_for, scopes)
        return Reply(
            200,
            {"access_token": token, "token_type": "bearer", "expires_in": 1800},
        )

    def _scopes_of(self, asked: Asked) -> str | None:
        """The scopes of the token that came along; None when it opens nothing."""
        token = asked.headers.get("Authorization", "").removeprefix("Bearer ")
        left, scopes = self.tokens.get(token, (0, ""))
        self.tokens[token] = (left - 1, scopes)
        return scopes if left > 0 else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    api: ApiServer

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        asked = Asked(
            self.command,
            parts.path,
            {name: told[-1] for name, told in parse_qs(parts.query).items()},
            dict(self.headers.items()),
            self.rfile.read(length).decode(),
        )
        reply = self.api.reply(asked)
        body = b"" if reply.content is None else json.dumps(reply.content).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        if "gzip" in asked.headers.get("Accept-Encoding", "") and len(body) > 20_000:
            body = gzip.compress(body, 1)
            self.send_header("Content-Encoding", "gzip")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        data = self.api.questions()
        if data and data[-1] is asked and len(data) in self.api.trouble.breaking_off:
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
            return
        self.wfile.write(body)

    def date_time_string(self, _timestamp: float | None = None) -> str:
        return format_datetime(self.api.now, usegmt=True)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""
