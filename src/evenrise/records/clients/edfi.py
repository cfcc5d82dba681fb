"""The Ed-Fi API (ODS/API 5 to 7), as the tables that the Ed-Fi source reads.

Following the Ed-Fi API guidelines: the root answers with its version and addresses
(`urls.oauth`, `urls.dataManagementApi`); resources stand under `ed-fi/`, paged by
`limit` and `offset` with `totalCount=true` and the header `Total-Count`. Change queries
(`/changeQueries/v1/availableChangeVersions`) count every change of the server: a whole
reading remembers the newest, and the next one asks for what lies between
(`minChangeVersion`, `maxChangeVersion`) and for `/deletes`. Where the server keeps a
snapshot it is read instead of the moving records: version 7 by `Use-Snapshot`, 5 and 6
by the `Snapshot-Identifier` of the newest.

Each resource becomes a CSV file named by its kind, whose first column (`Student#`) is
the record's id, and whose others are the first names that the source knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from evenrise.records.clients.asking import Denied, Server
from evenrise.records.clients.edfi_paths import RESOURCES
from evenrise.records.clients.landing import Landing, Mark, State, Table
from evenrise.records.clients.pages import Record, Resource, Totals, pages, read_all
from evenrise.records.clients.shapes import cell
from evenrise.records.clients.tokens import Desk
from evenrise.records.connections import Connection
from evenrise.records.sources.edfi.records import RECORDS
from evenrise.vocabulary.progress import Progress
from evenrise.vocabulary.text import Text


NEEDED = frozenset({"School", "Student", "StudentSchoolAssociation"})


def table_of(kind: str) -> Table:
    """The file of a kind of record: its id, then the source's own names."""
    first = [RECORDS[kind][name].split()[0] for name in RESOURCES[kind].paths]
    return Table(kind, (f"{kind}#", *first), f"{kind}#")


class EdFiClient:
    """Reads one Ed-Fi API."""

    label = "Ed-Fi"

    def __init__(self, connection: Connection, server: Server) -> None:
        self.connection = connection
        self.server = server
        told = server.get(connection.url, {}, {}).content
        root = told if isinstance(told, dict) else {}
        self._version = str(root.get("version", ""))
        token_url = connection.token_url or self._address(root, "oauth", "/oauth/token")
        self._data = self._address(root, "dataManagementApi", "/data/v3")
        # Years and districts that stand in the address stand in both the same way.
        self._changes = self._data.replace("/data/v3", "/changeQueries/v1")
        self.desk = Desk(server, token_url)
        self._headers: Mapping[str, str] = {}
        self._newest = self._prepare()

    def _address(self, root: Mapping[str, Any], name: str, else_: str) -> str:
        """An address that the root tells; the usual one unless it is on our host.

        A server behind another often tells addresses that only it can reach, and the
        secret goes to no host but the one in the settings.
        """
        urls = root.get("urls")
        told = str(urls.get(name, "")) if isinstance(urls, dict) else ""
        ours = urlsplit(told)[:2] == urlsplit(self.connection.url)[:2]
        return (
            told if ours and "{" not in told else self.connection.url + else_
        ).rstrip("/")

    def _prepare(self) -> int | None:
        """Choose the snapshot to read, and say what the newest change in it is."""
        for headers in (*self._snapshots(), {}):
            try:
                url = f"{self._changes}/availableChangeVersions"
                told = self.desk.get(url, headers=dict(headers)).content
                if headers:  # a server may answer this one and have no snapshot
                    first = f"{self._data}/ed-fi/schools"
                    self.desk.get(first, {"limit": 1, "offset": 0}, dict(headers))
            except Denied as problem:
                if problem.status not in {400, 403, 404, 410, 501}:
                    raise
                continue  # no such snapshot, or no change queries
            self._headers = headers
            return _newest(told)
        return None

    def _snapshots(self) -> list[Mapping[str, str]]:
        """The headers that ask for a snapshot; none where the settings say so."""
        if "snapshots" in self.connection.leave_out:
            return []
        major = self._version.split(".")[0]
        if not major.isdigit() or int(major) >= 7:
            return [{"Use-Snapshot": "true"}]
        for url in (f"{self._changes}/snapshots", f"{self._data}/publishing/snapshots"):
            try:
                told = self.desk.get(url, {"limit": 100, "offset": 0}).content
            except Denied:
                continue  # 5.1 and 5.2 kept them at the second place
            kept = [one for one in told if isinstance(one, dict)] if told else []
            kept.sort(key=lambda one: str(one.get("snapshotDateTime", "")))
            names = [cell(one, "snapshotIdentifier") for one in kept[-1:]]
            return [{"Snapshot-Identifier": name} for name in names if name]
        return []

    def shape(self) -> str:
        """Which files with which columns it writes."""
        return repr([table_of(kind).columns for kind in RESOURCES])

    def may_ask_changes(self, state: State) -> bool:
        """When the server counts its changes now as it did then."""
        wanted = self.connection.changes is not False
        if not wanted or state.change is None or self._newest is None:
            return False
        if self._newest < state.change:
            return False  # the server was set up anew
        try:
            self._deleted(RESOURCES["Student"].name, state)
        except Denied:
            return False  # many clients may read records and no deletions
        return True

    def read(self, landing: Landing, state: State | None, progress: Progress) -> Mark:
        """Read everything, or what changed since a state.

        Raises:
            Denied: when the server will not give a resource.
            InputProblem: when what it gives cannot be used.
        """
        for kind in RESOURCES:
            if RESOURCES[kind].name not in self.connection.leave_out:
                self._read_one(landing, kind, state, progress)
        return Mark(self.server.clock, self._newest)

    def _read_one(
        self, landing: Landing, kind: str, state: State | None, progress: Progress
    ) -> None:
        resource, table = RESOURCES[kind], table_of(kind)
        if not landing.had(kind):
            state = None  # there is nothing that changes could be laid over

        def add(page: list[Record]) -> None:
            named = [r for r in page if cell(r, "id")]
            rows = (
                (
                    cell(r, "id"),
                    *(cell(r, path, ";") for path in resource.paths.values()),
                )
                for r in named
            )
            landing.add(kind, [str(cell(r, "id")) for r in named], rows)

        asked = self._resource(resource.name, state)
        step = f"fetch {self.connection.name} {resource.name}"
        try:
            read_all(
                self.desk,
                asked,
                (progress, step),
                partial(landing.begin, table),
                add,
                partial(landing.distinct, kind),
            )
        except Denied as problem:
            if problem.status == 404 and self._may_lack(kind, landing):
                landing.forget(kind)
                return
            raise Denied(
                problem.text
                + Text(
                    f"The client may not read {resource.name}, or the server does not "
                    f'have it: ask its people, or add "{resource.name}" to leave_out '
                    "in the settings. Nothing was imported.",
                    f"El cliente no puede leer {resource.name}, o el servidor no lo "
                    "tiene: pregunte a quienes lo cuidan, o agregue "
                    f'"{resource.name}" a leave_out en los ajustes. No se importó '
                    "nada.",
                ),
                problem.status,
            ) from None
        gone = self._deleted(resource.name, state) if state else set[str]()
        landing.settle(kind, gone, changes=state is not None)

    def _may_lack(self, kind: str, landing: Landing) -> bool:
        """A resource of another version of the standard, not one that was there."""
        return kind not in NEEDED and not landing.had(kind)

    def _resource(self, name: str, state: State | None) -> Resource:
        question: dict[str, str | int] = {}
        if state is not None and state.change is not None:
            question["minChangeVersion"] = state.change + 1
            question["maxChangeVersion"] = self._newest or 0
        return Resource(
            url=f"{self._data}/ed-fi/{name}",
            total="Total-Count",
            inside="",
            page=self.connection.page,
            question=question,
            counting={"totalCount": "true"},
            headers=self._headers,
        )

    def _deleted(self, name: str, state: State) -> set[str]:
        """Ids of the records that were deleted since."""
        asked = self._resource(f"{name}/deletes", state)
        try:
            return {
                found
                for page in pages(self.desk, asked, Totals())
                for record in page
                if (found := cell(record, "id"))
            }
        except Denied as problem:
            raise Denied(
                problem.text
                + Text(
                    f"The client may not read what was deleted of {name}: ask for it, "
                    "or write changes = false in the settings. Nothing was imported.",
                    f"El cliente no puede leer lo que se borró de {name}: pídalo, o "
                    "escriba changes = false en los ajustes. No se importó nada.",
                ),
                problem.status,
            ) from None


def _newest(told: Any) -> int | None:
    """The newest change version; version 5 writes the name with a capital."""
    if not isinstance(told, dict):
        return None
    for name, value in told.items():
        if str(name).casefold() == "newestchangeversion" and isinstance(value, int):
            return value
    return None
