"""The providers that people may sign in by: OpenID Connect, and SAML as an option.

The file that EVENRISE_OPEN_ID names:

    [google]                       # Google, Microsoft, ClassLink ...: any provider
    name = "Google"
    server = "https://accounts.example.org"
    client_id = "..."
    secret_file = "/etc/evenrise/google.secret"
    domains = ["district.example"] # optional, see below

An account opens for an address that the provider says is verified. Some providers
(Microsoft Entra is one) never say so: `domains` names the domains of the district whose
addresses that provider hands out itself, and for those its word is taken. Name no
domain in which a stranger could get an account.

The file that EVENRISE_SAML names has the same shape, with `entity_id` and
`metadata_url` of the identity provider, and `domains`, which SAML always needs.

OpenID Connect is tested from end to end against a provider that the tests start; it
has not met Google, Microsoft or ClassLink yet. SAML is settings only: it has met no
identity provider at all.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from evenrise.vocabulary.errors import ArgumentProblem


def providers(
    open_id: Path | None, saml: Path | None
) -> tuple[dict[str, Any], list[str]]:
    """The providers as allauth knows them, and the further apps they need.

    Raises:
        ArgumentProblem: when a file is missing, is not TOML, or lacks a value.
    """
    found: dict[str, Any] = {}
    apps: list[str] = []
    if open_id is not None:
        found["openid_connect"] = {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                _open_id(open_id, key, table) for key, table in _tables(open_id).items()
            ],
        }
    if saml is not None:
        found["saml"] = {
            "APPS": [_saml(saml, key, table) for key, table in _tables(saml).items()]
        }
        apps.append("allauth.socialaccount.providers.saml")
    return found, apps


def _tables(path: Path) -> dict[str, dict[str, Any]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise ArgumentProblem(
            f"The sign-in file {path} cannot be read: {problem}."
        ) from problem


def _value(path: Path, key: str, table: Any, name: str) -> str:
    value = table.get(name) if isinstance(table, dict) else None
    if not isinstance(value, str) or not value:
        raise ArgumentProblem(f"The sign-in file {path} needs `{name}` under [{key}].")
    return value


def _domains(path: Path, key: str, table: Any) -> list[str]:
    """The domains for which the provider's word is taken."""
    domains = table.get("domains", [])
    if not isinstance(domains, list) or not all(
        isinstance(one, str) and "." in one for one in domains
    ):
        raise ArgumentProblem(
            f"The sign-in file {path} needs a list of domains under [{key}], such as "
            'domains = ["district.example"].'
        )
    return [one.lower().lstrip("@") for one in domains]


def _open_id(path: Path, key: str, table: Any) -> dict[str, Any]:
    secret = Path(_value(path, key, table, "secret_file"))
    try:
        told = secret.read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise ArgumentProblem(
            f"The secret of [{key}] in {path} cannot be read: {problem.strerror}."
        ) from problem
    return {
        "provider_id": key,
        "name": _value(path, key, table, "name"),
        "client_id": _value(path, key, table, "client_id"),
        "secret": told,
        "settings": {
            "server_url": _value(path, key, table, "server"),
            "verified_email": _domains(path, key, table),
        },
    }


def _saml(path: Path, key: str, table: Any) -> dict[str, Any]:
    entity = _value(path, key, table, "entity_id")
    return {
        "name": _value(path, key, table, "name"),
        "provider_id": entity,
        "client_id": key,
        "settings": {
            "attribute_mapping": {"uid": "uid", "email": "email"},
            "verified_email": _domains(path, key, table),
            "idp": {
                "entity_id": entity,
                "metadata_url": _value(path, key, table, "metadata_url"),
            },
        },
    }
