"""OneRoster 1.2 over REST: the same records as from files, and nothing half fetched."""

from __future__ import annotations

import csv
import datetime as dt
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evenrise.records.clients import Patience, fetch
from evenrise.records.clients.landing import State, read_state
from evenrise.records.connections import Connection
from evenrise.records.snapshots.locking import locked
from evenrise.vocabulary.errors import ArgumentProblem, InputProblem
from evenrise.vocabulary.progress import Silent
from tests.support.servers import rows
from tests.support.servers.base import Reply
from tests.support.servers.comparing import bring_in, cells, facts
from tests.support.servers.oneroster import OneRosterServer, carried, lists_of
from tests.unit.records.clients.conftest import AS_OF


@pytest.fixture
def server(fewer: dict[str, rows.Table]) -> Iterator[OneRosterServer]:
    with OneRosterServer(lists=lists_of(fewer)) as running:
        yield running


def connection_to(server: OneRosterServer) -> Connection:
    return Connection(
        name="sis",
        kind="oneroster",
        url=server.url,
        token_url=server.token_url,
        client_id="evenrise",
        secret_env="A_SECRET",  # noqa: S106 - its name, not the secret
        services=("rostering", "demographics", "gradebook"),
        page=400,
    )


def users(folder: tuple[Path, ...]) -> list[dict[str, str]]:
    with (folder[0] / "sis" / "users.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_records_and_facts_are_those_of_the_same_district_from_files(
    server: OneRosterServer,
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
    assert len([one for one in told if one["status"] == "reported"]) > 100
    assert told == expected


def test_it_asks_as_the_standard_says(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    fetch(connection_to(server), into, Silent(), patience)
    asked = server.questions("/enrollments")
    assert [one.query["offset"] for one in asked] == ["0", "400", "800"]
    assert {one.query["limit"] for one in asked} == {"400"}
    assert {one.query["sort"] for one in asked} == {"sourcedId"}
    assert all("filter" not in one.query for one in server.questions())
    assert "userProfiles" not in server.questions("/users")[0].query["fields"]
    token = next(one for one in server.log if one.path == "/token")
    assert "roster-core.readonly" in token.body
    assert "not" not in token.body  # the secret travels in the header


def test_no_password_comment_or_telephone_number_is_written(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    plain = replace(connection_to(server), leave_out=frozenset({"fields"}))
    (folder,) = fetch(plain, into, Silent(), patience)
    everything = "".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*.csv")
    )
    assert "givenName" in everything
    for private in ("a-password-of-a-child", "words about a child", "555-0100"):
        assert private not in everything


def test_pages_may_be_linked_without_a_total_and_shorter_than_asked(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    server.links, server.most = True, 37
    fetched = fetch(connection_to(server), into, Silent(), patience)
    assert len(users(fetched)) == len(server.lists["users"])
    assert len(server.questions("/users")) == -(-len(server.lists["users"]) // 37)


def test_a_link_to_another_place_is_not_followed(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    away = {"Link": '<https://elsewhere.example.org/users>; rel="next"'}
    server.trouble.failing[1] = Reply(200, {"academicSessions": [{"a": 1}]}, away)
    with pytest.raises(InputProblem, match=r"elsewhere\.example\.org"):
        fetch(connection_to(server), into, Silent(), patience)


def test_tokens_that_end_failures_and_broken_pages_are_borne(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    server.trouble.token_is_good_for = 3
    server.trouble.failing = {
        2: Reply(500),
        5: Reply(503, None, {"Retry-After": "0"}),
        9: Reply(429, None, {"Retry-After": "Wed, 01 Jul 2026 02:15:01 GMT"}),
    }
    server.trouble.breaking_off = {4, 12}
    begun = time.monotonic()
    fetched = fetch(connection_to(server), into, Silent(), patience)
    assert time.monotonic() - begun > 1.0  # the moment that question 9 was told
    assert len(users(fetched)) == len(server.lists["users"])
    assert len(server.tokens) > 4


def test_a_row_that_comes_twice_stands_once_and_one_passed_over_is_fetched(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    one = server.lists["users"][7]
    smallest = {**one, "sourcedId": "000000000"}

    def comes() -> None:
        server.lists["users"].append(smallest)

    def goes() -> None:
        server.lists["users"].remove(smallest)

    small = replace(connection_to(server), page=100, services=("rostering",))
    first = 1 + sum(  # the number of the first question for users
        -(-len(server.lists[name]) // 100)
        for name in ("academicSessions", "orgs", "courses", "classes")
    )
    pages = -(-len(server.lists["users"]) // 100)
    server.trouble.events = {first + 1: comes, first + pages + 1: goes}
    found = users(fetch(small, into, Silent(), patience))
    ids = [row["sourcedId"] for row in found]
    assert len(ids) == len(set(ids)) == len(server.lists["users"])
    assert "000000000" not in ids
    assert len(server.questions("/users")) == 3 * pages  # read until counts agree


def test_a_server_that_loses_rows_is_refused(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    short = {"orgs": server.lists["orgs"][:2]}
    for number in (2, 4, 6):
        server.trouble.failing[number] = Reply(200, short, {"X-Total-Count": "4"})
        server.trouble.failing[number + 1] = Reply(
            200, {"orgs": []}, {"X-Total-Count": "4"}
        )
    with pytest.raises(InputProblem, match="says it has 4 records and gave 2"):
        fetch(connection_to(server), into, Silent(), patience)
    assert read_state(into) == State()


def test_a_reading_that_fails_leaves_the_one_before_and_nothing_else(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    before = fetch(connection_to(server), into, Silent(), patience)
    told = sorted(into.rglob("*"))
    number = len(server.questions())
    server.trouble.failing = {number + n: Reply(502) for n in range(8, 12)}
    with pytest.raises(InputProblem, match=r"answered 502, 4 times in a row"):
        fetch(connection_to(server), into, Silent(), patience)
    assert into / read_state(into).folder == before[0]
    assert sorted(into.rglob("*")) == told


def test_what_a_kill_left_goes_with_the_next_reading(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    for left in (".aside-000001/pages", "fetched-000001/sis"):
        (into / left).mkdir(parents=True)
        (into / left / "users.csv").write_text("half", encoding="utf-8")
    assert read_state(into) == State()
    small = replace(connection_to(server), services=("rostering",))
    (folder,) = fetch(small, into, Silent(), patience)
    assert len(users((folder,))) == len(server.lists["users"])
    assert [path.name for path in into.glob(".aside-*")] == []


def test_two_readings_at_once_are_one(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    into.mkdir()
    with locked(into / "lock"), pytest.raises(InputProblem, match="wait until it is"):
        fetch(connection_to(server), into, Silent(), patience)
    assert server.log == []


@pytest.mark.parametrize(
    ("secret", "problem"), [("wrong", "does not accept this client"), ("", "is empty")]
)
def test_a_wrong_or_missing_secret_is_said_without_saying_it(
    server: OneRosterServer,
    into: Path,
    patience: Patience,
    monkeypatch: pytest.MonkeyPatch,
    secret: str,
    problem: str,
) -> None:
    monkeypatch.setenv("A_SECRET", secret)
    with pytest.raises(ArgumentProblem, match=problem) as caught:
        fetch(connection_to(server), into, Silent(), patience)
    assert "wrong" not in str(caught.value)
    assert server.questions() == []


def test_what_the_client_may_not_read_is_named(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    del server.lists["results"]
    with pytest.raises(InputProblem, match='add "results" to leave_out'):
        fetch(connection_to(server), into, Silent(), patience)
    without = replace(connection_to(server), leave_out=frozenset({"results"}))
    (folder,) = fetch(without, into, Silent(), patience)
    assert not (folder / "sis" / "results.csv").exists()


def test_changes_are_laid_over_the_whole(
    server: OneRosterServer, into: Path, tmp_path: Path, patience: Patience
) -> None:
    changing = replace(connection_to(server), changes=True)
    fetch(changing, into, Silent(), patience)
    whole = len(server.questions())
    server.now += dt.timedelta(days=1)
    lists = server.lists
    moved, gone, teacher = lists["users"][3], lists["users"][5], lists["users"][-1]
    moved |= {"familyName": "Newname", "dateLastModified": "2026-07-01T20:00:00.000Z"}
    gone |= {"status": "tobedeleted", "dateLastModified": "2026-07-01T20:00:00.000Z"}
    teacher |= {"roles": [], "dateLastModified": "2026-07-01T20:00:00.000Z"}
    seats = [
        seat
        for seat in lists["enrollments"]
        if seat["user"]["sourcedId"] == gone["sourcedId"]
    ]
    for seat in seats:
        seat |= {"status": "tobedeleted", "dateLastModified": "2026-07-01T20:00:00Z"}
    fetched = fetch(changing, into, Silent(), patience)
    asked = server.questions()[whole:]
    assert len(asked) < whole
    assert {one.query["filter"] for one in asked} == {
        "dateLastModified>='2026-06-29T02:15:00.000Z'"
    }
    names = {row["sourcedId"]: row["familyName"] for row in users(fetched)}
    assert names[moved["sourcedId"]] == "Newname"
    assert gone["sourcedId"] not in names
    assert len(names) == len(lists["users"]) - 1
    anew = fetch(connection_to(server), tmp_path / "anew", Silent(), patience)
    a = bring_in(tmp_path / "a", fetched, AS_OF)
    b = bring_in(tmp_path / "b", anew, AS_OF)
    for table in ("students", "enrollments", "staff_assignments", "rosters", "scores"):
        assert cells(a, table) == cells(b, table), table


def test_everything_is_asked_anew_after_a_week_and_with_other_settings(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    changing = replace(connection_to(server), changes=True)
    fetch(changing, into, Silent(), patience)

    def filtered(connection: Connection) -> bool:
        before = len(server.questions())
        fetch(connection, into, Silent(), patience)
        return "filter" in server.questions()[before].query

    server.now += dt.timedelta(days=6)
    assert filtered(changing)
    server.now += dt.timedelta(days=2)  # eight days after the whole
    assert not filtered(changing)
    assert filtered(changing)
    assert not filtered(replace(changing, services=("rostering",)))
    assert not filtered(replace(changing, services=("rostering",), changes=False))


def test_one_reading_before_is_kept_and_the_state_tells_no_secret(
    server: OneRosterServer, into: Path, patience: Patience
) -> None:
    small = replace(connection_to(server), services=("rostering",))
    for _ in range(3):
        folder = fetch(small, into, Silent(), patience)
    assert sorted(path.name for path in into.iterdir() if path.is_dir()) == [
        "fetched-000002",
        "fetched-000003",
    ]
    assert into / read_state(into).folder == folder[0]
    told = json.loads((into / "fetched.json").read_text(encoding="utf-8"))
    assert told["rows"]["users"] == len(server.lists["users"])
    assert "not+so" not in json.dumps(told)
    assert into.stat().st_mode & 0o077 == 0
