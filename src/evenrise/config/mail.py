"""How the workspace sends mail: by a server, or into a folder where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def mail(address: str, folder: Path) -> tuple[str, dict[str, Any]]:
    """Django's mail backend and its settings.

    Args:
        address: `smtp://USER:PASSWORD@HOST:PORT` (smtps for TLS from the start), or
            nothing.
        folder: where letters are written without a server.
    """
    backends = "django.core.mail.backends"
    if not address:
        return f"{backends}.filebased.EmailBackend", {"EMAIL_FILE_PATH": folder}
    parts = urlsplit(address)
    direct = parts.scheme == "smtps"
    return f"{backends}.smtp.EmailBackend", {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if direct else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": direct,
        "EMAIL_USE_TLS": not direct and bool(parts.username),
    }
