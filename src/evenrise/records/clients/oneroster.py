"""OneRoster 1.2 over REST, as the files of OneRoster 1.2 CSV.

Read: the Rostering service (`/rostering/v1p2`), its demographics when the client may,
and the Gradebook service (`/gradebook/v1p2`) when the settings name it. Following the
REST bindings of 1EdTech, version 1.2: one list a resource under its own name, paged by
`limit` and `offset` with `X-Total-Count` and `Link`, in the order of `sourcedId`;
changes by `filter=dateLastModified>='...'`; `status` `tobedeleted` for what is no more.
In REST a user carries the roles that have a file of their own in CSV.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from evenrise.records.clients.asking import Denied, Server
from evenrise.records.clients.landing import Landing, Mark, Row, State, Table
from evenrise.records.clients.pages import Record, Resource, read_all
from evenrise.records.clients.shapes import cell
from evenrise.records.clients.tokens import Desk
from evenrise.records.connections import Connection
from evenrise.vocabulary.progress import Progress
from evenrise.vocabulary.text import Text


SCOPES = {
    "rostering": "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly",
    "demographics": "https://purl.imsglobal.org/spec/or/v1p2/scope/"
    "roster-demographics.readonly",
    "gradebook": "https://purl.imsglobal.org/spec/or/v1p2/scope/gradebook.readonly",
}
_DELETED = ("status", "tobedeleted")


@dataclass(frozen=True, slots=True)
class Shape:
    """One resource: whose service it is, and from where in JSON its columns come."""

    service: str
    columns: dict[str, str]

    def row(self, record: Record) -> Row:
        """The cells of a record."""
        return tuple(cell(record, path) for path in self.columns.values())


def _shape(service: str, columns: str) -> Shape:
    """`columns` is a list of words: `name`, or `column=path.in.json`."""
    named = {
        word.partition("=")[0]: word.partition("=")[2] or word
        for word in f"sourcedId status dateLastModified {columns}".split()
    }
    return Shape(service, named)


SHAPES: dict[str, Shape] = {
    "academicSessions": _shape(
        "rostering",
        "title type startDate endDate parentSourcedId=parent.sourcedId schoolYear",
    ),
    "orgs": _shape(
        "rostering", "name type identifier parentSourcedId=parent.sourcedId"
    ),
    "courses": _shape(
        "rostering",
        "schoolYearSourcedId=schoolYear.sourcedId title courseCode grades "
        "orgSourcedId=org.sourcedId subjects",
    ),
    "classes": _shape(
        "rostering",
        "title grades courseSourcedId=course.sourcedId classCode classType "
        "schoolSourcedId=school.sourcedId termSourcedIds=terms.sourcedId subjects",
    ),
    "users": _shape(
        "rostering",
        "enabledUser username=none givenName familyName identifier grades "
        "preferredGivenName=preferredFirstName|preferredGivenName "
        "preferredFamilyName=preferredLastName|preferredFamilyName "
        "primaryOrgSourcedId=primaryOrg.sourcedId",
    ),
    "enrollments": _shape(
        "rostering",
        "classSourcedId=class.sourcedId schoolSourcedId=school.sourcedId "
        "userSourcedId=user.sourcedId role primary beginDate endDate",
    ),
    "demographics": _shape(
        "demographics",
        "birthDate sex americanIndianOrAlaskaNative asian blackOrAfricanAmerican "
        "nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces "
        "hispanicOrLatinoEthnicity",
    ),
    "categories": _shape("gradebook", "title"),
    "lineItems": _shape(
        "gradebook",
        "title assignDate dueDate classSourcedId=class.sourcedId "
        "categorySourcedId=category.sourcedId resultValueMax",
    ),
    "results": _shape(
        "gradebook",
        "lineItemSourcedId=lineItem.sourcedId studentSourcedId=student.sourcedId "
        "scoreStatus score scoreDate comment=?comment missing",
    ),
}
_ROLE_COLUMNS = (
    "sourcedId",
    "status",
    "dateLastModified",
    "userSourcedId",
    "roleType",
    "role",
    "beginDate",
    "endDate",
    "orgSourcedId",
)
_ROLE_PATHS = ("roleType", "role", "beginDate", "endDate", "org.sourcedId")
# Changes of the two days before are asked for again: vendors show a change hours after
# the moment they date it with.
_AGAIN = dt.timedelta(days=2)


class OneRosterClient:
    """Reads one OneRoster server."""

    label = "OneRoster"

    def __init__(self, connection: Connection, server: Server) -> None:
        self.connection = connection
        scopes = tuple(SCOPES[one] for one in connection.services)
        self.desk = Desk(server, connection.token_url, scopes)
        self.desk.sign_in()
        self._root = re.sub(r"/rostering/v1p2$", "", connection.url)

    def shape(self) -> str:
        """Which files with which columns it writes."""
        return repr(
            [*((name, *SHAPES[name].columns) for name in SHAPES), _ROLE_COLUMNS]
        )

    def may_ask_changes(self, state: State) -> bool:
        """Only when the settings say so, and there is a moment to ask from."""
        return bool(self.connection.changes and state.read_at)

    def read(self, landing: Landing, state: State | None, progress: Progress) -> Mark:
        """Read everything, or what changed since a state.

        Raises:
            Denied: when the server will not give a resource.
            InputProblem: when what it gives cannot be used.
        """
        for name, _ in self._shapes():
            self._read_one(landing, name, state, progress)
        self._manifest(landing)
        return Mark(self.desk.server.clock, None)

    def _shapes(self) -> Iterator[tuple[str, Shape]]:
        for name, shape in SHAPES.items():
            asked = shape.service in self.connection.services
            if asked and name not in self.connection.leave_out:
                yield name, shape

    def _read_one(
        self, landing: Landing, name: str, state: State | None, progress: Progress
    ) -> None:
        shape = SHAPES[name]
        if not landing.had(name):
            state = None  # there is nothing that changes could be laid over
        tables = [Table(name, tuple(shape.columns), "sourcedId", _DELETED)]
        if name == "users":
            tables.append(Table("roles", _ROLE_COLUMNS, "userSourcedId", _DELETED))

        def begin() -> None:
            for table in tables:
                landing.begin(table)

        def add(page: list[Record]) -> None:
            named = [r for r in page if cell(r, "sourcedId")]
            owners = [str(cell(r, "sourcedId")) for r in named]
            landing.add(name, owners, map(shape.row, named))
            if name == "users":
                roles = [row for record in named for row in _roles(record)]
                landing.add("roles", [str(row[3]) for row in roles], roles)

        step = f"fetch {self.connection.name} {name}"
        try:
            resource = self._resource(name, shape, state)
            came = partial(landing.distinct, name)
            read_all(self.desk, resource, (progress, step), begin, add, came)
        except Denied as problem:
            raise Denied(
                problem.text + _advice(name, problem.status), problem.status
            ) from None
        for table in tables:
            landing.settle(table.name, changes=state is not None)

    def _resource(self, name: str, shape: Shape, state: State | None) -> Resource:
        service = "gradebook" if shape.service == "gradebook" else "rostering"
        question: dict[str, str | int] = {}
        if "sort" not in self.connection.leave_out:
            question |= {"sort": "sourcedId", "orderBy": "asc"}
        if name == "users" and "fields" not in self.connection.leave_out:
            question["fields"] = ",".join(_USER_FIELDS)
        if state is not None:
            since = dt.datetime.fromisoformat(state.read_at) - _AGAIN
            moment = since.isoformat(timespec="milliseconds")
            question["filter"] = f"dateLastModified>='{moment}Z'"
        return Resource(
            url=f"{self._root}/{service}/v1p2/{name}",
            total="X-Total-Count",
            inside=name,
            page=self.connection.page,
            question=question,
        )

    def _manifest(self, landing: Landing) -> None:
        """The file that makes the folder one of the standard."""
        lines = [
            ("propertyName", "value"),
            ("manifest.version", "1.0"),
            ("oneroster.version", "1.2"),
            *((f"file.{name}", "bulk") for name in landing.rows),
            ("source.systemName", "OneRoster 1.2 REST"),
            ("source.systemCode", self.connection.name),
        ]
        text = "".join(f"{name},{value}\n" for name, value in lines)
        (landing.files / "manifest.csv").write_text(text, encoding="utf-8")


# Asked for by name, so that the passwords in a user's profiles never travel.
_USER_FIELDS = (
    "sourcedId",
    "status",
    "dateLastModified",
    "enabledUser",
    "givenName",
    "familyName",
    "preferredFirstName",
    "preferredLastName",
    "identifier",
    "grades",
    "primaryOrg",
    "roles",
)


def _roles(user: Record) -> list[Row]:
    """A user's roles; one that says "deleted" when there is none any more."""
    who = cell(user, "sourcedId")
    status, day = cell(user, "status"), cell(user, "dateLastModified")
    told = user.get("roles")
    rows: list[Row] = []
    for number, role in enumerate(told if isinstance(told, list) else []):
        kind, name, begin, end, org = (cell(role, path) for path in _ROLE_PATHS)
        rows.append((f"{who}:{number}", status, day, who, kind, name, begin, end, org))
    return rows or [(f"{who}:0", _DELETED[1], day, who, *[None] * 5)]


def _advice(name: str, status: int) -> Text:
    if status == 400:
        return Text(
            "If it does not bear the words sort or fields in a question, add them to "
            "leave_out in the settings. Nothing was imported.",
            "Si no admite las palabras sort o fields en una pregunta, agréguelas a "
            "leave_out en los ajustes. No se importó nada.",
        )
    return Text(
        f"The client may not read {name}, or the server does not have it: ask its "
        f'people, or add "{name}" to leave_out in the settings. Nothing was imported.',
        f"El cliente no puede leer {name}, o el servidor no lo tiene: pregunte a "
        f'quienes lo cuidan, o agregue "{name}" a leave_out en los ajustes. No se '
        "importó nada.",
    )
