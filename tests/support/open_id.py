"""A small OpenID Connect provider on the loopback, for tests of sign-in.

It speaks the authorization code flow with PKCE (RFC 7636, S256), signs its id_token
with a key of its own (RS256), and can be told to lie.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


CLIENT = "evenrise-tests"
SECRET = "a secret of the tests"  # noqa: S105


@dataclass
class Provider:
    """What the provider says of whoever comes, and what it was asked."""

    address: str = ""
    email: str = "teacher@demo.example"
    verified: bool = True
    subject: str = "sub-1"
    told_subject: str = ""  # of userinfo, where it differs
    key: rsa.RSAPrivateKey = field(default_factory=lambda: new_key())  # noqa: PLW0108 - defined below
    signs_with: rsa.RSAPrivateKey | None = None
    audience: str = CLIENT
    expires_in: int = 300
    sends_id_token: bool = True
    challenges: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(12)
        self.challenges[code] = query["code_challenge"]
        told = urlencode({"code": code, "state": query["state"]})
        return f"{query['redirect_uri']}?{told}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Tokens for a code, when the verifier fits its challenge; once."""
        challenge = self.challenges.pop(form.get("code", ""), None)
        verifier = form.get("code_verifier", "").encode()
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest())
        if challenge is None or digest.rstrip(b"=").decode() != challenge:
            return None
        told = {"access_token": "access", "token_type": "Bearer", "expires_in": 300}
        return told | ({"id_token": self.id_token()} if self.sends_id_token else {})

    def id_token(self) -> str:
        """Who this is, signed."""
        now = int(time.time())
        return jwt.encode(
            {
                "iss": self.address,
                "aud": self.audience,
                "sub": self.subject,
                "email": self.email,
                "email_verified": self.verified,
                "iat": now - 1,
                "exp": now + self.expires_in,
            },
            self.signs_with or self.key,
            algorithm="RS256",
            headers={"kid": "one"},
        )

    def answer(self, path: str) -> dict[str, Any]:
        """The documents that are asked for by address."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/jwks":
            jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return {"keys": [jwk | {"kid": "one", "alg": "RS256", "use": "sig"}]}
        return {
            "sub": self.told_subject or self.subject,
            "email": self.email,
            "email_verified": self.verified,
        }


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider on a free port of the loopback."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            if parts.path == "/authorize":
                query = {k: v[0] for k, v in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.end_headers()
                return
            self.say(provider.answer(parts.path))

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            length = int(self.headers.get("Content-Length", 0))
            body = parse_qs(self.rfile.read(length).decode())
            told = provider.token({k: v[0] for k, v in body.items()})
            self.say(told or {"error": "invalid_grant"}, 200 if told else 400)

        def say(self, told: dict[str, Any], status: int = 200) -> None:
            text = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *args: Any) -> None:
            """Say nothing in the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
