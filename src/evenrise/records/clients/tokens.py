"""OAuth 2.0 client credentials (RFC 6749 4.4): tokens, and questions asked with one.

OneRoster 1.2 and Ed-Fi both use it: the client's name and secret go to the token
address as HTTP Basic, and the token goes with every question. A token that ends in the
middle of a night is replaced, and the question asked again.
"""

from __future__ import annotations

import time
from urllib.parse import quote_plus

from evenrise.records.clients.asking import Answer, Denied, Question, Server, basic
from evenrise.vocabulary.errors import ArgumentProblem, InputProblem
from evenrise.vocabulary.text import Text


_EARLY = 30.0  # seconds before its end from which a token is not used any more
_SHORTEST = 60.0  # seconds that a token is taken to hold when the server says less


class Desk:
    """Asks a server as the connection's client.

    Args:
        server: who is asked.
        token_url: where tokens are given.
        scopes: what the token is asked for; none where the standard has none.
    """

    def __init__(
        self, server: Server, token_url: str, scopes: tuple[str, ...] = ()
    ) -> None:
        self.server = server
        self._token_url = token_url
        self._scopes = scopes
        self._token = ""
        self._until = 0.0

    def get(
        self,
        url: str,
        question: Question | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Ask with a token, with a new one when the old one is not taken.

        Raises:
            Denied: when the server will not answer.
            ArgumentProblem: when it does not know the client.
            InputProblem: when it cannot be reached or understood.
        """
        for last in (False, True):
            try:
                told = {**(headers or {}), "Authorization": f"Bearer {self._valid()}"}
                return self.server.get(url, question or {}, told)
            except Denied as problem:
                if problem.status != 401 or last:
                    raise
                self._token = ""
        raise AssertionError  # the second turn returns or raises

    def sign_in(self) -> None:
        """Get a token, so that a wrong secret shows before anything is asked."""
        self._valid()

    def _valid(self) -> str:
        if not self._token or time.monotonic() > self._until:
            self._renew()
        return self._token

    def _renew(self) -> None:
        connection = self.server.connection
        form = {"grant_type": "client_credentials"}
        if self._scopes:
            form["scope"] = " ".join(self._scopes)
        name, secret = connection.client_id, connection.secret()
        # RFC 6749 2.3.1: both are form-encoded before they become Basic. Not every
        # server takes them apart again, so letters that differ are also sent plainly.
        ways = dict.fromkeys(
            (basic(quote_plus(name), quote_plus(secret)), basic(name, secret))
        )
        answer = self._signed_in(form, tuple(ways))
        told = answer.content if isinstance(answer.content, dict) else {}
        token = told.get("access_token")
        if (
            not isinstance(token, str)
            or not token
            or not (token.isascii() and token.isprintable())
        ):
            raise InputProblem(
                Text(
                    f"The connection {self.server.say(self._token_url)} gave no token. "
                    "Nothing was imported; look at token_url.",
                    f"La conexión {self.server.say(self._token_url)} no dio ninguna "
                    "credencial (token). No se importó nada; revise token_url.",
                )
            )
        self._token, self._until = token, time.monotonic() + _lasts(told)

    def _signed_in(self, form: dict[str, str], ways: tuple[str, ...]) -> Answer:
        """The answer to the first way of naming the client that is accepted."""
        status = 0
        for sent in ways:
            try:
                return self.server.post(self._token_url, form, {"Authorization": sent})
            except Denied as problem:
                status = problem.status
                if status not in {400, 401, 403}:
                    raise
        raise ArgumentProblem(
            Text(
                f"The connection {self.server.say(self._token_url)} does not accept "
                f"this client (answer {status}): look at client_id, the secret, and "
                f"what the client may read{self._asked_for()}. Nothing was imported.",
                f"La conexión {self.server.say(self._token_url)} no acepta este "
                f"cliente (respuesta {status}): revise client_id, el secreto y lo que "
                f"el cliente puede leer{self._asked_for()}. No se importó nada.",
            )
        )

    def _asked_for(self) -> str:
        names = [scope.rsplit("/", 1)[-1] for scope in self._scopes]
        return f" ({', '.join(names)})" if names else ""


def _lasts(told: dict[str, object]) -> float:
    """Seconds for which to use a token."""
    seconds = told.get("expires_in")
    try:
        return max(float(str(seconds)) - _EARLY, _SHORTEST)
    except ValueError:
        return _SHORTEST
