"""Asking over HTTP: certificates, limits, redirects, and what an error may say."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from evenrise.records.clients import Patience
from evenrise.records.clients.asking import Denied, Server
from evenrise.records.connections import Connection
from evenrise.vocabulary.errors import ArgumentProblem, InputProblem
from tests.support.servers.base import ApiServer, Asked, Reply


QUICK = Patience(first_wait=0.01, longest_wait=0.5, silence=2.0, tries=3)


@dataclass
class OneAnswer(ApiServer):
    """Answers every question with the same."""

    answer: Reply = field(default_factory=lambda: Reply(200, {"name": "a child"}))

    def is_data(self, _asked: Asked) -> bool:
        return True

    def reply(self, asked: Asked) -> Reply:
        self.log.append(asked)
        return self.answer


@pytest.fixture
def server() -> Iterator[OneAnswer]:
    with OneAnswer() as running:
        yield running


def ask(url: str, patience: Patience = QUICK, ca_file: Path | None = None) -> object:
    connection = Connection(
        name="sis",
        kind="edfi",
        url=url,
        client_id="evenrise",
        secret_env="A_SECRET",  # noqa: S106 - its name, not the secret
        ca_file=ca_file,
    )
    asking = Server(connection, patience)
    try:
        return asking.get(f"{url}/x", {"limit": 1}, {}).content
    finally:
        asking.close()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of this machine that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a test")])
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


def test_a_certificate_must_be_one_that_is_trusted(tmp_path: Path) -> None:
    pem, key = certificate(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(pem, key)
    with OneAnswer(tls=tls) as running:
        url = running.root.replace("http://", "https://")
        with pytest.raises(InputProblem, match="a certificate that cannot be trusted"):
            ask(url)
        assert running.log == []  # not even the question arrived
        assert ask(url, ca_file=pem) == {"name": "a child"}
        # The same certificate under a name it was not made for.
        with pytest.raises(InputProblem, match="a certificate that cannot be trusted"):
            ask(url.replace("127.0.0.1", "localhost"), ca_file=pem)


def test_a_file_of_certificates_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArgumentProblem, match="look at ca_file"):
        ask("https://127.0.0.1", ca_file=tmp_path / "none.pem")


def test_records_do_not_travel_open(server: OneAnswer) -> None:
    with pytest.raises(ArgumentProblem, match="must begin with https"):
        ask("http://sis.example.org")
    assert ask(server.root) == {"name": "a child"}


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(server: OneAnswer, status: int) -> None:
    there = {"Location": "https://elsewhere.example.org/x?token=1"}
    server.answer = Reply(status, None, there)
    with pytest.raises(Denied, match=r"\(elsewhere\.example\.org\)") as caught:
        ask(server.root)
    assert "token" not in str(caught.value)
    assert len(server.log) == 1


@pytest.mark.parametrize(
    ("status", "tries"), [(400, 1), (404, 1), (429, 3), (500, 3), (503, 3)]
)
def test_an_error_says_where_and_never_what_was_answered(
    server: OneAnswer, status: int, tries: int
) -> None:
    server.answer = Reply(status, {"message": "the name of a child"})
    with pytest.raises(InputProblem, match=rf"/x answered {status}") as caught:
        ask(server.root)
    assert "child" not in str(caught.value)
    assert "limit" not in str(caught.value)
    assert len(server.log) == tries


def test_what_is_no_json_is_asked_again_and_then_said(server: OneAnswer) -> None:
    server.trouble.breaking_off = {1, 2, 3}
    with pytest.raises(InputProblem, match="broke off in the middle"):
        ask(server.root)
    assert len(server.log) == 3


@pytest.mark.parametrize("letters", [3_000, 3_000_000])  # as it is, and gzipped
def test_an_answer_larger_than_any_page_is_not_read(
    server: OneAnswer, letters: int
) -> None:
    server.answer = Reply(200, ["a" * letters])
    with pytest.raises(InputProblem, match="set a smaller page"):
        ask(server.root, replace(QUICK, most_bytes=2_000))


def test_a_server_that_is_not_there(server: OneAnswer) -> None:
    with OneAnswer() as gone:
        url = gone.root
    with pytest.raises(InputProblem, match="broke off"):
        ask(url)


def test_a_server_that_asks_for_a_day_is_left_alone(server: OneAnswer) -> None:
    server.answer = Reply(429, None, {"Retry-After": "86400"})
    with pytest.raises(InputProblem, match="left alone for 1,440 minutes"):
        ask(server.root)
    assert len(server.log) == 1


def test_the_time_that_a_server_names_is_waited(server: OneAnswer) -> None:
    server.answer = Reply(503, None, {"Retry-After": "1"})
    begun = time.monotonic()
    with pytest.raises(InputProblem, match="answered 503, 2 times"):
        ask(server.root, replace(QUICK, tries=2, longest_wait=5.0))
    assert 1.0 <= time.monotonic() - begun < 4.0
