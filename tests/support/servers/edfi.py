"""An Ed-Fi API of an invented district: resources, change queries, snapshots."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from tests.support.servers.base import ApiServer, Asked, Reply, Rows


DATA = "/data/v3/ed-fi/"
CHANGES = "/changeQueries/v1/"


@dataclass
class EdFiServer(ApiServer):
    """Rows by resource; each has `_change`, the change of the server that made it.

    `deleted` are the rows of `/deletes`. With `snapshot` there is one of the rows as
    they stood; `changes` says whether the server answers change queries at all.
    """

    lists: dict[str, Rows] = field(default_factory=dict)
    deleted: dict[str, Rows] = field(default_factory=dict)
    version: str = "7.1"
    changes: bool = True
    urls: dict[str, str] = field(default_factory=dict)
    newest: int = 1
    snapshot: dict[str, Rows] | None = None

    def is_data(self, asked: Asked) -> bool:
        return asked.path.startswith(DATA)

    def change(self, name: str, number: int, **words: Any) -> None:
        """Change a row, as an edit in the district would."""
        self.newest += 1
        self.lists[name][number] |= {**words, "_change": self.newest}

    def add(self, name: str, row: dict[str, Any]) -> None:
        self.newest += 1
        self.lists[name].append({**row, "_change": self.newest})

    def delete(self, name: str, number: int) -> None:
        self.newest += 1
        gone = self.lists[name].pop(number)
        told = {"id": gone["id"], "changeVersion": self.newest, "keyValues": {}}
        self.deleted.setdefault(name, []).append({**told, "_change": self.newest})

    def freeze(self) -> None:
        """Make the snapshot: the rows as they stand now."""
        self.snapshot = copy.deepcopy(self.lists)

    def plain(self, asked: Asked) -> Reply:
        if asked.path in {"", "/"}:
            urls = {
                "oauth": f"{self.root}/oauth/token",
                "dataManagementApi": f"{self.root}/data/v3/",
            }
            return Reply(200, {"version": self.version, "urls": {**urls, **self.urls}})
        legacy = asked.path == "/data/v3/publishing/snapshots"
        if not self.changes or not (legacy or asked.path.startswith(CHANGES)):
            return Reply(404)
        if self._scopes_of(asked) is None:
            return Reply(401)
        if legacy or asked.path == f"{CHANGES}snapshots":
            return self._snapshots(legacy=legacy)
        if self._rows_for(asked) is None:
            return Reply(404)
        old = self.version < "7"
        name = "NewestChangeVersion" if old else "newestChangeVersion"
        return Reply(200, {name: self.newest})

    def _snapshots(self, *, legacy: bool) -> Reply:
        """The list of snapshots, which 5.2 kept at another place and 7 has not."""
        if legacy != (self.version < "5.3"):
            return Reply(404)
        kept = {"snapshotIdentifier": "abc", "snapshotDateTime": "2026-07-01"}
        return Reply(200, [kept] if self.snapshot and self.version < "7" else [])

    def _rows_for(self, asked: Asked) -> dict[str, Rows] | None:
        """The rows that the headers ask for; None when there is no such snapshot."""
        asks = "Use-Snapshot" in asked.headers or "Snapshot-Identifier" in asked.headers
        right = "Snapshot-Identifier" if self.version < "7" else "Use-Snapshot"
        if not asks:
            return self.lists
        return self.snapshot if right in asked.headers else None

    def data(self, asked: Asked) -> Reply:
        name = asked.path.removeprefix(DATA)
        lists = self._rows_for(asked)
        if name.endswith("/deletes"):
            lists, name = self.deleted, name.removesuffix("/deletes")
            lists = {key: lists.get(key, []) for key in self.lists}
        if lists is None or name not in lists:
            return Reply(404)
        limit, offset = int(asked.query["limit"]), int(asked.query["offset"])
        if limit > 500:
            return Reply(400)
        low = int(asked.query.get("minChangeVersion", 0))
        high = int(asked.query.get("maxChangeVersion", 1 << 60))
        rows = [row for row in lists[name] if low <= row["_change"] <= high]
        page = [
            {key: value for key, value in row.items() if key != "_change"}
            for row in rows[offset : offset + limit]
        ]
        total = {"Total-Count": str(len(rows))}
        return Reply(200, page, total if "totalCount" in asked.query else {})
