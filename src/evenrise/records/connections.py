"""Where records can be fetched over the network: `[connections.NAME]`, checked.

A connection says where a server is and who asks. The secret itself is never part of
it: only the environment variable or the file that holds it, so that settings can be
shown, copied and kept in a repository.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.text import Text


Kind = Literal["oneroster", "edfi"]
KINDS: tuple[Kind, ...] = ("oneroster", "edfi")
SERVICES = ("rostering", "demographics", "gradebook")
ASKED_FOR = ("rostering", "demographics")
WHOLE_EVERY = 7  # days
PAGE = 500  # rows, the most that Ed-Fi gives at a time unless set otherwise
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_SECRETS = frozenset({"secret", "client_secret", "password", "token", "key"})
_MOST_ON_A_PAGE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One server that holds records of the district.

    In `district.toml`::

        [connections.sis]
        kind = "oneroster"
        url = "https://sis.example.org/ims/oneroster"
        token_url = "https://sis.example.org/oauth/token"
        client_id = "evenrise"
        secret_env = "SIS_SECRET"

    Attributes:
        name: what the district calls it; lower-case letters, digits, `-` and `_`.
        kind: the standard that the server speaks.
        url: OneRoster: the address up to and with `/ims/oneroster`; Ed-Fi: the
            address of the API, whose answer tells the others.
        client_id: who asks.
        secret_env: the environment variable that holds the secret.
        secret_file: the file that holds it, instead.
        token_url: where tokens are given; needed for OneRoster, told by Ed-Fi.
        ca_file: certificates to trust instead of the system's (a district's own).
        services: what of OneRoster is asked for.
        leave_out: resources not to ask for, and `sort` or `fields` where a OneRoster
            server does not bear these words in a question.
        changes: ask for changes only, where there is a whole to add them to. None:
            as the standard allows (Ed-Fi counts its changes, OneRoster may not).
        whole_every_days: after how many days everything is asked for again.
        page: rows asked for at a time.
    """

    name: str
    kind: Kind
    url: str
    client_id: str
    secret_env: str = ""
    secret_file: Path | None = None
    token_url: str = ""
    ca_file: Path | None = None
    services: tuple[str, ...] = ASKED_FOR
    leave_out: frozenset[str] = frozenset()
    changes: bool | None = None
    whole_every_days: int = WHOLE_EVERY
    page: int = PAGE

    def secret(self) -> str:
        """The secret, read anew each time and kept nowhere.

        Raises:
            ArgumentProblem: when it is not where the settings say.
        """
        if self.secret_file is not None:
            try:
                found = self.secret_file.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                raise ArgumentProblem(
                    Text(
                        f"The secret of the connection {self.name} cannot be read from "
                        f"{self.secret_file}: look at secret_file and who may read it.",
                        f"No se puede leer el secreto de la conexión {self.name} en "
                        f"{self.secret_file}: revise secret_file y quién puede leerlo.",
                    )
                ) from None
        else:
            found = os.environ.get(self.secret_env, "").strip()
        if not found:
            place = Text(
                str(self.secret_file or f"the environment variable {self.secret_env}"),
                str(self.secret_file or f"la variable de entorno {self.secret_env}"),
            )
            raise ArgumentProblem(
                Text(
                    f"The secret of the connection {self.name} is not there: "
                    f"{place.en} is empty.",
                    f"No está el secreto de la conexión {self.name}: {place.es} no "
                    "tiene nada.",
                )
            )
        return found


def read_connections(path: Path, content: Any) -> Mapping[str, Connection]:
    """`[connections.NAME]` of `district.toml`, in the file's order.

    Raises:
        ArgumentProblem: when one cannot be used, saying which and what to write.
    """
    if not isinstance(content, dict):
        raise ArgumentProblem(
            Text(
                f"In {path}, [connections] must be a table of names.",
                f"En {path}, [connections] debe ser una tabla de nombres.",
            )
        )
    return {
        name: _connection(path, name, told)
        for name, told in cast("dict[str, Any]", content).items()
    }


def _connection(path: Path, name: str, told: Any) -> Connection:
    where = f"{path}, [connections.{name}]"
    if not _NAME.fullmatch(name):
        raise ArgumentProblem(
            Text(
                f"In {where}: a connection's name has lower-case letters, digits, - "
                "and _.",
                f"En {where}: el nombre de una conexión lleva letras minúsculas, "
                "cifras, - y _.",
            )
        )
    if not isinstance(told, dict):
        raise ArgumentProblem(
            Text(
                f"In {where} must be a table.",
                f"En {where} debe ser una tabla.",
            )
        )
    words = cast("dict[str, Any]", told)
    _refuse_unknown(where, words)
    found = Connection(
        name=name,
        kind=_kind(where, words.get("kind")),
        client_id=_text(where, words, "client_id"),
        secret_env=_text(where, words, "secret_env"),
        secret_file=_file(path, where, words, "secret_file"),
        ca_file=_file(path, where, words, "ca_file"),
        url=safe_url(where, "url", _text(where, words, "url")),
        token_url=safe_url(where, "token_url", _text(where, words, "token_url")),
        services=_list(where, words, "services") or ASKED_FOR,
        leave_out=frozenset(_list(where, words, "leave_out")),
        changes=_flag(where, words, "changes"),
        whole_every_days=_number(where, words, "whole_every_days", 366),
        page=_number(where, words, "page", _MOST_ON_A_PAGE),
    )
    _check(where, found)
    return found


def _refuse_unknown(where: str, words: Mapping[str, Any]) -> None:
    if _SECRETS & set(words):
        raise ArgumentProblem(
            Text(
                f"In {where} holds a secret, which does not belong in this file: put "
                "it in an environment variable (secret_env) or a file of its own "
                "(secret_file).",
                f"En {where} contiene un secreto, que no debe estar en este archivo: "
                "póngalo en una variable de entorno (secret_env) o en un archivo "
                "propio (secret_file).",
            )
        )
    known = set(Connection.__dataclass_fields__) - {"name"}
    for word in words:
        if word not in known:
            raise ArgumentProblem(
                Text(
                    f"In {where}: there is no setting {word}; there are "
                    f"{', '.join(sorted(known))}.",
                    f"En {where}: no existe el ajuste {word}; existen "
                    f"{', '.join(sorted(known))}.",
                )
            )


def _check(where: str, found: Connection) -> None:
    if not found.url or not found.client_id:
        raise ArgumentProblem(
            Text(
                f"In {where} needs a url and a client_id.",
                f"En {where} necesita url y client_id.",
            )
        )
    if bool(found.secret_env) == bool(found.secret_file):
        raise ArgumentProblem(
            Text(
                f"In {where} needs one of secret_env and secret_file, which say where "
                "the secret is kept.",
                f"En {where} necesita uno de secret_env y secret_file, que dicen dónde "
                "se guarda el secreto.",
            )
        )
    if found.kind == "oneroster" and not found.token_url:
        raise ArgumentProblem(
            Text(
                f"In {where} needs a token_url: the standard leaves to each vendor "
                "where tokens are given.",
                f"En {where} necesita token_url: la norma deja a cada proveedor dónde "
                "se dan las credenciales (tokens).",
            )
        )
    strangers = set(found.services) - set(SERVICES)
    if strangers or "rostering" not in found.services:
        raise ArgumentProblem(
            Text(
                f"In {where}: services is a list of {', '.join(SERVICES)}, with "
                "rostering.",
                f"En {where}: services es una lista de {', '.join(SERVICES)}, con "
                "rostering.",
            )
        )


def safe_url(where: str, word: str, url: str) -> str:
    """The address without a closing slash, when records may travel there.

    Raises:
        ArgumentProblem: when it is no address, holds a password or a question, or is
            not https (only this machine itself may be asked without).
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or parts.scheme not in {"http", "https"} or not url.isascii():
        raise ArgumentProblem(
            Text(
                f"In {where}: {word} is no address; write https://...",
                f"En {where}: {word} no es una dirección; escriba https://...",
            )
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ArgumentProblem(
            Text(
                f"In {where}: {word} must be a plain address, without a name, a "
                "password or anything after a question mark.",
                f"En {where}: {word} debe ser una dirección simple, sin nombre, "
                "contraseña ni nada tras un signo de interrogación.",
            )
        )
    if parts.scheme != "https" and host not in LOOPBACK:
        raise ArgumentProblem(
            Text(
                f"In {where}: {word} must begin with https://, since records of "
                "children travel over it.",
                f"En {where}: {word} debe empezar con https://, porque por ahí viajan "
                "registros de estudiantes.",
            )
        )
    return url.rstrip("/")


def _kind(where: str, word: Any) -> Kind:
    for kind in KINDS:
        if word == kind:
            return kind
    raise ArgumentProblem(
        Text(
            f"In {where} needs a kind: {' or '.join(KINDS)}.",
            f"En {where} necesita kind: {' o '.join(KINDS)}.",
        )
    )


def _text(where: str, words: Mapping[str, Any], word: str) -> str:
    found = words.get(word, "")
    if not isinstance(found, str):
        raise ArgumentProblem(
            Text(
                f"In {where}: {word} must be a text.",
                f"En {where}: {word} debe ser un texto.",
            )
        )
    return found.strip()


def _file(path: Path, where: str, words: Mapping[str, Any], word: str) -> Path | None:
    """A file named in the settings, beside them unless it says otherwise."""
    found = _text(where, words, word)
    return path.parent / Path(found).expanduser() if found else None


def _list(where: str, words: Mapping[str, Any], word: str) -> tuple[str, ...]:
    found = words.get(word, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ArgumentProblem(
            Text(
                f"In {where}: {word} must be a list of texts.",
                f"En {where}: {word} debe ser una lista de textos.",
            )
        )
    return tuple(cast("list[str]", found))


def _flag(where: str, words: Mapping[str, Any], word: str) -> bool | None:
    found = words.get(word)
    if found is not None and not isinstance(found, bool):
        raise ArgumentProblem(
            Text(
                f"In {where}: {word} must be true or false.",
                f"En {where}: {word} debe ser true o false.",
            )
        )
    return found


def _number(where: str, words: Mapping[str, Any], word: str, most: int) -> int:
    found = words.get(word, {"whole_every_days": WHOLE_EVERY, "page": PAGE}[word])
    if isinstance(found, bool) or not isinstance(found, int) or not 0 < found <= most:
        raise ArgumentProblem(
            Text(
                f"In {where}: {word} must be a number from 1 to {most:,}.",
                f"En {where}: {word} debe ser un número de 1 a {most:,}.",
            )
        )
    return found
