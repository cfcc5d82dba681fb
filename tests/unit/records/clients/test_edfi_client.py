"""The Ed-Fi API: the same records as from files, changes, deletions and snapshots."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evenrise.records.clients import Patience, fetch
from evenrise.records.clients.edfi_paths import RESOURCES
from evenrise.records.clients.landing import State, read_state
from evenrise.records.connections import Connection
from evenrise.records.sources.edfi.records import RECORDS
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.progress import Silent
from tests.support.servers import rows
from tests.support.servers.base import Reply
from tests.support.servers.comparing import bring_in, cells, facts
from tests.support.servers.edfi import EdFiServer
from tests.support.servers.edfi_district import lists_of
from tests.support.servers.edfi_words import carried
from tests.unit.records.clients.conftest import AS_OF


@pytest.fixture
def server(fewer: dict[str, rows.Table]) -> Iterator[EdFiServer]:
    with EdFiServer(lists=lists_of(fewer)) as running:
        yield running


def connection_to(server: EdFiServer) -> Connection:
    return Connection(
        name="ods",
        kind="edfi",
        url=server.root,
        client_id="evenrise",
        secret_env="A_SECRET",  # noqa: S106 - its name, not the secret
    )


def read(folder: tuple[Path, ...], kind: str) -> list[dict[str, str]]:
    path = folder[0] / "ods" / f"{kind}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_column_that_the_source_reads_has_a_path() -> None:
    assert RESOURCES.keys() == RECORDS.keys()
    for kind, columns in RECORDS.items():
        # `id` and `ref` name records inside one XML file; "none" is no column.
        read = {
            name
            for name, names in columns.items()
            if names != "none" and name != "id" and not name.endswith("_ref")
        }
        assert RESOURCES[kind].paths.keys() == read, kind


def test_records_and_facts_are_those_of_the_same_district_from_files(
    server: EdFiServer,
    district: dict[str, rows.Table],
    into: Path,
    tmp_path: Path,
    patience: Patience,
) -> None:
    server.lists = lists_of(district)
    fetched = fetch(connection_to(server), into, Silent(), patience)
    over_the_network = bring_in(tmp_path / "a", fetched, AS_OF)
    folder = rows.write(tmp_path / "files", carried(district))
    from_files = bring_in(tmp_path / "b", [folder], AS_OF)
    assert over_the_network.exit_code == 0
    for table in carried(district):
        told, expected = cells(over_the_network, table), cells(from_files, table)
        assert len(told) > 2
        assert told == expected, table
    told, expected = facts(over_the_network, AS_OF), facts(from_files, AS_OF)
    assert len([one for one in told if one["status"] == "reported"]) > 500
    assert told == expected


def test_only_what_is_read_is_written(
    server: EdFiServer, into: Path, patience: Patience
) -> None:
    (folder,) = fetch(connection_to(server), into, Silent(), patience)
    everything = "".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*.csv")
    )
    assert "studentuniqueid" in everything
    assert "a-login" not in everything
    assert "words about a child" not in everything


def test_it_asks_as_the_standard_says(
    server: EdFiServer, into: Path, patience: Patience
) -> None:
    fetch(connection_to(server), into, Silent(), patience)
    asked = server.questions("/calendarDates")
    assert [one.query["offset"] for one in asked] == ["0", "500", "0"]
    # Counting is dear: only with the first page, and once more after the last.
    assert [one.query.get("totalCount") for one in asked] == ["true", None, "true"]
    assert asked[-1].query["limit"] == "1"
    assert "minChangeVersion" not in asked[0].query
    assert "Use-Snapshot" not in asked[0].headers  # there is none


def test_changes_and_deletions_are_laid_over_the_whole(
    server: EdFiServer, into: Path, tmp_path: Path, patience: Patience
) -> None:
    connection = connection_to(server)
    kept = server.lists.pop("studentMigrantEducationProgramAssociations")
    fetch(connection, into, Silent(), patience)
    whole = len(server.questions())
    server.change("students", 3, lastSurname="Newname")
    server.delete("studentSchoolAttendanceEvents", 11)
    server.delete("studentSchoolAttendanceEvents", 20)
    server.add(
        "studentSchoolAttendanceEvents",
        {**server.lists["studentSchoolAttendanceEvents"][0], "id": "f" * 32}
        | {"eventDate": "2026-03-03"},
    )
    late = "studentMigrantEducationProgramAssociations"
    homeless = server.lists["studentHomelessProgramAssociations"][:2]
    server.lists[late] = [{**row, "id": f"m{n}"} for n, row in enumerate(homeless)]
    assert kept == []  # nobody in this district migrates
    fetched = fetch(connection, into, Silent(), patience)
    asked = server.questions()[whole:]
    since = [one for one in asked if not one.path.endswith(late)]
    assert {one.query["minChangeVersion"] for one in since} == {"2"}
    assert {one.query["maxChangeVersion"] for one in since} == {"5"}
    # What the server did not have before is read whole.
    assert len(read(fetched, "StudentMigrantEducationProgramAssociation")) == 2
    names = [row["namepreferredlastsurname"] for row in read(fetched, "Student")]
    assert names.count("Newname") == 1
    anew = fetch(connection, tmp_path / "anew", Silent(), patience)
    a = bring_in(tmp_path / "a", fetched, AS_OF)
    b = bring_in(tmp_path / "b", anew, AS_OF)
    for table in ("students", "attendance", "enrollments", "incidents", "programs"):
        assert cells(a, table) == cells(b, table), table


@pytest.mark.parametrize(
    ("version", "header"),
    [
        ("7.1", "Use-Snapshot"),
        ("6.1", "Snapshot-Identifier"),
        ("5.2", "Snapshot-Identifier"),
    ],
)
def test_a_snapshot_is_read_where_there_is_one(
    server: EdFiServer, into: Path, patience: Patience, version: str, header: str
) -> None:
    server.version = version
    server.freeze()
    before = server.lists["students"][0]["lastSurname"]
    server.change("students", 0, lastSurname="Afterwards")
    fetched = fetch(connection_to(server), into, Silent(), patience)
    assert all(header in one.headers for one in server.questions())
    names = {row["namepreferredlastsurname"] for row in read(fetched, "Student")}
    assert before in names
    assert "Afterwards" not in names


@pytest.mark.parametrize("wish", ["server", "settings"])
def test_without_change_queries_everything_is_asked_every_time(
    server: EdFiServer, into: Path, patience: Patience, wish: str
) -> None:
    server.changes = wish == "settings"
    wanted = False if wish == "settings" else None
    connection = replace(connection_to(server), changes=wanted)
    for _ in range(2):
        fetched = fetch(connection, into, Silent(), patience)
    assert all("minChangeVersion" not in one.query for one in server.questions())
    assert len(read(fetched, "Student")) == len(server.lists["students"])


def test_a_server_that_was_set_up_anew_is_read_whole(
    server: EdFiServer, into: Path, patience: Patience
) -> None:
    server.newest = 500
    fetch(connection_to(server), into, Silent(), patience)
    server.newest = 7
    whole = len(server.questions())
    fetch(connection_to(server), into, Silent(), patience)
    assert "minChangeVersion" not in server.questions()[whole].query


def test_a_client_that_may_not_read_deletions_reads_everything(
    server: EdFiServer, into: Path, patience: Patience
) -> None:
    connection = connection_to(server)
    fetch(connection, into, Silent(), patience)
    server.delete("students", 0)
    whole = len(server.questions())
    server.trouble.failing[whole + 1] = Reply(403)
    fetched = fetch(connection, into, Silent(), patience)
    asked = server.questions()[whole:]
    assert asked[0].path.endswith("/students/deletes")
    assert all("minChangeVersion" not in one.query for one in asked[1:])
    assert len(read(fetched, "Student")) == len(server.lists["students"])


def test_a_secret_may_be_taken_as_it_is(
    server: EdFiServer, into: Path, patience: Patience
) -> None:
    server.decodes = False
    fetched = fetch(connection_to(server), into, Silent(), patience)
    assert len(read(fetched, "Student")) == len(server.lists["students"])


def test_a_resource_of_another_version_may_be_missing_but_not_vanish(
    server: EdFiServer, into: Path, patience: Patience
) -> None:
    kept = server.lists.pop("studentSection504ProgramAssociations")
    (folder,) = fetch(connection_to(server), into, Silent(), patience)
    name = "StudentSection504ProgramAssociation.csv"
    assert not (folder / "ods" / name).exists()
    server.lists["studentSection504ProgramAssociations"] = kept
    whole = replace(connection_to(server), changes=False)
    (folder,) = fetch(whole, into, Silent(), patience)
    assert (folder / "ods" / name).exists()
    del server.lists["studentSection504ProgramAssociations"]
    with pytest.raises(InputProblem, match="studentSection504ProgramAssociations"):
        fetch(whole, into, Silent(), patience)


def test_what_everything_needs_must_be_there(
    server: EdFiServer, into: Path, patience: Patience
) -> None:
    del server.lists["schools"]
    with pytest.raises(InputProblem, match="schools"):
        fetch(connection_to(server), into, Silent(), patience)
    assert read_state(into) == State()


def test_what_the_client_may_not_read_is_named(
    server: EdFiServer, into: Path, patience: Patience
) -> None:
    server.trouble.failing[1] = Reply(403, {"message": "a student's name"})
    with pytest.raises(InputProblem, match='add "localEducationAgencies"') as caught:
        fetch(connection_to(server), into, Silent(), patience)
    assert "a student's name" not in str(caught.value)


def test_the_secret_goes_to_no_other_host(
    server: EdFiServer, into: Path, patience: Patience
) -> None:
    server.urls = {
        "oauth": "https://elsewhere.example.org/oauth/token",
        "dataManagementApi": "http://internal:8080/data/v3/{schoolYearFromRoute}",
    }
    fetched = fetch(connection_to(server), into, Silent(), patience)
    assert len(read(fetched, "Student")) == len(server.lists["students"])


def test_tokens_that_end_failures_and_broken_pages_are_borne(
    server: EdFiServer, into: Path, patience: Patience
) -> None:
    server.trouble.token_is_good_for = 4
    server.trouble.failing = {3: Reply(500), 8: Reply(429, None, {"Retry-After": "1"})}
    server.trouble.breaking_off = {5, 10}
    fetched = fetch(connection_to(server), into, Silent(), patience)
    events = server.lists["studentSchoolAttendanceEvents"]
    assert len(read(fetched, "StudentSchoolAttendanceEvent")) == len(events)
