"""Asking one server over HTTP, patiently and within limits.

Built on the standard library, so that what is promised can be read here: certificates
are checked, redirects are never followed (a token must not travel to another place),
an answer that breaks off counts as none, 429 and 5xx are asked again after the time the
server names (`Retry-After`, RFC 9110 10.2.3) or a growing one, and every sentence about
a failure names the place asked and never what was answered.
"""

from __future__ import annotations

import base64
import datetime as dt
import http.client
import json
import secrets
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

from evenrise import __version__
from evenrise.records.connections import LOOPBACK, Connection, safe_url
from evenrise.vocabulary.errors import ArgumentProblem, InputProblem
from evenrise.vocabulary.text import Text


_BLOCK = 1 << 16
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
Question = Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a server is waited for.

    Attributes:
        tries: how often one question is asked before giving up.
        first_wait: seconds before the second try; doubled for each later one.
        longest_wait: the most seconds to wait; a server that asks for more is left
            alone until another night.
        silence: seconds without a byte after which a connection counts as broken.
        answer: seconds that one answer may take altogether.
        most_bytes: the most that one answer may hold, unpacked.
    """

    tries: int = 6
    first_wait: float = 1.0
    longest_wait: float = 900.0
    silence: float = 60.0
    answer: float = 600.0
    most_bytes: int = 256 << 20


class Denied(InputProblem):
    """The server answered that it will not; `status` is its HTTP status."""

    def __init__(self, said: Text, status: int) -> None:
        super().__init__(said)
        self.status = status


class _Passing(Exception):  # noqa: N818 - no error yet: it is asked again
    """Something that may be gone in a moment: why, and how long to wait if told."""

    def __init__(self, why: Text, wait: float | None = None) -> None:
        super().__init__(why.en)
        self.why = why
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: its headers, and its JSON."""

    headers: Message
    content: Any

    def number(self, header: str) -> int | None:
        """A header that counts, such as X-Total-Count."""
        told = (self.headers.get(header) or "").strip()
        return int(told) if told.isascii() and told.isdigit() else None


class Server:
    """One server and the connection kept open to it."""

    def __init__(self, connection: Connection, patience: Patience) -> None:
        self.connection = connection
        self.patience = patience
        self.clock = ""  # the moment of the first answer, by the server's own clock
        self._open: dict[str, http.client.HTTPConnection] = {}
        try:
            self._tls = ssl.create_default_context(cafile=connection.ca_file)
        except (OSError, ssl.SSLError):
            raise ArgumentProblem(
                Text(
                    f"The certificates of the connection {connection.name} cannot be "
                    f"read from {connection.ca_file}: look at ca_file.",
                    "No se pueden leer los certificados de la conexión "
                    f"{connection.name} en {connection.ca_file}: revise ca_file.",
                )
            ) from None

    def close(self) -> None:
        """Hang up."""
        for line in self._open.values():
            line.close()
        self._open.clear()

    def get(self, url: str, question: Question, headers: Mapping[str, str]) -> Answer:
        """Ask for something.

        Raises:
            Denied: when the server will not answer.
            InputProblem: when it cannot be reached or understood, after every try.
        """
        if question:
            url = f"{url}{'&' if '?' in url else '?'}{urlencode(question)}"
        return self._patiently("GET", url, headers, None)

    def post(
        self, url: str, form: Mapping[str, str], headers: Mapping[str, str]
    ) -> Answer:
        """Send a form; raises as `get` does."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._patiently("POST", url, {**headers, **kind}, urlencode(form))

    def _patiently(
        self, method: str, url: str, headers: Mapping[str, str], body: str | None
    ) -> Answer:
        why = Text("was never asked", "no fue consultada")
        for number in range(self.patience.tries):
            try:
                return self._once(method, url, headers, body)
            except _Passing as problem:
                self._hang_up(url)
                why, wait = problem.why, problem.wait
            if wait is not None and wait > self.patience.longest_wait:
                raise InputProblem(
                    Text(
                        f"The connection {self.say(url)} {why.en} and asks to be left "
                        f"alone for {wait / 60:,.0f} minutes. Nothing was imported; "
                        "try again then.",
                        f"La conexión {self.say(url)} {why.es} y pide que no se le "
                        f"pregunte durante {wait / 60:,.0f} minutos. No se importó "
                        "nada; pruebe de nuevo después.",
                    )
                )
            if number + 1 < self.patience.tries:
                time.sleep(self._wait(number, wait))
        raise InputProblem(
            Text(
                f"The connection {self.say(url)} {why.en}, {self.patience.tries} times "
                "in a row. Nothing was imported; try again later.",
                f"La conexión {self.say(url)} {why.es}, {self.patience.tries} veces "
                "seguidas. No se importó nada; pruebe de nuevo más tarde.",
            )
        )

    def _wait(self, number: int, told: float | None) -> float:
        if told is not None:
            return told
        # A little chance keeps many districts from asking again at the same moment.
        growing = self.patience.first_wait * 2.0**number
        growing = min(growing, self.patience.longest_wait)
        return growing * (0.5 + secrets.randbelow(501) / 1000)

    def _once(
        self, method: str, url: str, headers: Mapping[str, str], body: str | None
    ) -> Answer:
        until = time.monotonic() + self.patience.answer
        parts = urlsplit(url)
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        sent = {
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "User-Agent": f"evenrise/{__version__}",
            **headers,
        }
        try:
            line = self._line(url)
            line.request(method, target, body=body, headers=sent)
            answer = line.getresponse()
            content = self._body(answer, until)
        except ssl.SSLCertVerificationError as problem:
            raise InputProblem(
                Text(
                    f"The connection {self.say(url)} shows a certificate that cannot "
                    f"be trusted ({problem.verify_message}). Nothing was imported; the "
                    "server's people can mend it, or name the district's own with "
                    "ca_file.",
                    f"La conexión {self.say(url)} muestra un certificado en el que no "
                    f"se puede confiar (código {problem.verify_code}). No se importó "
                    "nada; quienes cuidan ese servidor pueden arreglarlo, o indique "
                    "el del distrito con ca_file.",
                )
            ) from None
        except (OSError, http.client.HTTPException, zlib.error) as problem:
            name = type(problem).__name__
            raise _Passing(Text(f"broke off ({name})", f"se cortó ({name})")) from None
        return self._judge(url, answer, content)

    def _judge(
        self, url: str, answer: http.client.HTTPResponse, content: bytes
    ) -> Answer:
        status, headers = answer.status, answer.headers
        self.clock = self.clock or _moment(headers)
        if status in _PASSING:
            raise _Passing(
                Text(f"answered {status}", f"respondió {status}"),
                _retry_after(headers),
            )
        if status in _MOVED:
            there = urlsplit(headers.get("Location", "")).hostname or "?"
            raise Denied(
                Text(
                    f"The connection {self.say(url)} points to another place "
                    f"({there}), which is not followed: write the right address in "
                    "the settings.",
                    f"La conexión {self.say(url)} remite a otro lugar ({there}), que "
                    "no se sigue: escriba en los ajustes la dirección correcta.",
                ),
                status,
            )
        if not 200 <= status < 300:
            raise Denied(
                Text(
                    f"The connection {self.say(url)} answered {status}.",
                    f"La conexión {self.say(url)} respondió {status}.",
                ),
                status,
            )
        try:
            return Answer(headers, json.loads(content))
        except (ValueError, RecursionError):
            raise _Passing(
                Text(
                    "gave an answer that is not whole JSON",
                    "dio una respuesta que no es JSON completo",
                )
            ) from None

    def _body(self, answer: http.client.HTTPResponse, until: float) -> bytes:
        """All of an answer, unpacked; never more than the limits.

        Raises:
            _Passing: when it is cut off or takes too long.
            InputProblem: when it is larger than any page needs to be.
        """
        packed = answer.headers.get("Content-Encoding", "").lower() == "gzip"
        unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if packed else None
        most = self.patience.most_bytes
        told, arrived, content = answer.length, 0, bytearray()
        while block := answer.read1(_BLOCK):
            arrived += len(block)
            content += unpack.decompress(block, most) if unpack else block
            if len(content) > most or (unpack and unpack.unconsumed_tail):
                raise InputProblem(
                    Text(
                        f"The connection {self.connection.name} gives pages of more "
                        f"than {most >> 20} MB: set a smaller page in the settings.",
                        f"La conexión {self.connection.name} da páginas de más de "
                        f"{most >> 20} MB: ponga en los ajustes una página más "
                        "pequeña.",
                    )
                )
            if time.monotonic() > until:
                raise _Passing(
                    Text("answered too slowly", "respondió demasiado despacio")
                )
        if (told is not None and arrived < told) or (unpack and not unpack.eof):
            raise _Passing(
                Text(
                    "broke off in the middle of an answer",
                    "se cortó en medio de una respuesta",
                )
            )
        answer.close()  # the connection is free for the next question
        return bytes(content)

    def _line(self, url: str) -> http.client.HTTPConnection:
        """The open connection to the address's host, opened when there is none."""
        parts = urlsplit(url)
        key = f"{parts.scheme}://{parts.netloc}"
        if key not in self._open:
            safe_url(f"[connections.{self.connection.name}]", "url", key)
            self._open[key] = self._dial(parts.scheme, parts.hostname or "", parts.port)
        return self._open[key]

    def _dial(
        self, scheme: str, host: str, port: int | None
    ) -> http.client.HTTPConnection:
        silence = self.patience.silence
        if scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=silence)
        proxy = getproxies().get("https", "")
        if not proxy or host in LOOPBACK or proxy_bypass(host):
            return http.client.HTTPSConnection(
                host, port, timeout=silence, context=self._tls
            )
        by = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        line = http.client.HTTPSConnection(
            by.hostname or "", by.port, timeout=silence, context=self._tls
        )
        line.set_tunnel(
            host, port or 443, headers=_proxy_headers(by.username, by.password)
        )
        return line

    def _hang_up(self, url: str) -> None:
        parts = urlsplit(url)
        line = self._open.pop(f"{parts.scheme}://{parts.netloc}", None)
        if line is not None:
            line.close()

    def say(self, url: str) -> str:
        """A connection and an address for a sentence, without its question."""
        parts = urlsplit(url)
        return f"{self.connection.name}: {parts.netloc}{parts.path}"


def basic(name: str, password: str) -> str:
    """An `Authorization` header of name and password (RFC 7617)."""
    told = base64.b64encode(f"{name}:{password}".encode()).decode()
    return f"Basic {told}"


def _proxy_headers(name: str | None, password: str | None) -> dict[str, str]:
    if not name:
        return {}
    told = basic(unquote(name), unquote(password or ""))
    return {"Proxy-Authorization": told}


def _moment(headers: Message) -> str:
    """When an answer was given, in UTC as ISO writes it; empty when it is not told."""
    try:
        told = parsedate_to_datetime(headers.get("Date") or "")
    except (ValueError, TypeError):
        return ""
    return told.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="seconds")


def _retry_after(headers: Message) -> float | None:
    """Seconds that the server asks to wait: a number, or a moment by its own clock."""
    told = (headers.get("Retry-After") or "").strip()
    if told.isascii() and told.isdigit():
        return float(told)
    try:
        then = parsedate_to_datetime(told)
        now = parsedate_to_datetime(headers.get("Date") or "")
        return max((then - now).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return None
