"""The start page: what changed, what is yours to do, and the answer for one's place."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3
from contextlib import closing
from urllib.parse import quote, unquote

import pytest
from django.utils import timezone

from evenrise.publishing.page_store import PageStore
from evenrise.workspace.data.models import Standing
from evenrise.workspace.insights import due
from evenrise.workspace.insights.models import Remark
from evenrise.workspace.insights.queries import stand
from evenrise.workspace.people.models import Person


def visited(person: Person, days: int = 3) -> None:
    """Signing in writes this down too: call it after."""
    before = timezone.now() - dt.timedelta(days=days)
    Person.objects.filter(pk=person.pk).update(seen_before=before)


def test_a_first_visit_and_nothing_to_do_say_so(as_person, cast):
    client = as_person("board")
    Person.objects.update(seen_before=None)
    text = client.get("/start").content.decode()
    assert "This is your first visit" in text
    assert "Nothing waits for you today" in text


def test_who_brings_files_finds_the_way_there(as_person):
    link = re.compile(r'href="([^"]+)">Incorporar archivos</a>')
    client = as_person("steward", "es")
    found = link.search(client.get("/start").content.decode())
    assert found
    assert client.get(found[1]).status_code == 200
    assert not link.search(as_person("board", "es").get("/start").content.decode())


def test_new_records_are_told_once(as_person, cast):
    client = as_person("superintendent")
    visited(cast["superintendent"])
    assert "New records are shown" in client.get("/start").content.decode()
    visited(cast["superintendent"], days=-1)
    text = client.get("/start").content.decode()
    assert "New records are shown" not in text
    assert "Nothing changed" in text


def test_the_superintendent_meets_the_districts_answer(as_person, district):
    text = as_person("superintendent").get("/start").content.decode()
    assert district.pages.summary[0].en in text.replace("&#x27;", "'")


def test_the_principal_meets_her_own_school(as_person, cast):
    grant = next(g for g in cast["principal"].grants_today if g.school_id)
    text = as_person("principal").get("/start").content.decode()
    assert f'href="/schools/{grant.school_id}"' in text


def test_a_teacher_meets_own_sections(as_person):
    text = as_person("teacher").get("/start").content.decode()
    assert "Your sections" in text
    assert "/students?section=" in text
    assert "Your sections" not in as_person("board").get("/start").content.decode()


def test_a_recommendation_waits_for_whoever_may_answer(as_person):
    reviewer = as_person("reviewer")
    reviewer.post("/recommendations/new", {"text_en": "Do this.", "seen": 0})
    assert (
        "Answer a recommendation"
        in as_person("superintendent").get("/start").content.decode()
    )
    assert (
        "Answer a recommendation"
        not in as_person("board").get("/start").content.decode()
    )
    assert (
        "other language of a recommendation" in reviewer.get("/start").content.decode()
    )


def test_comments_on_what_one_decided_are_told(as_person, cast, district):
    finding = district.pages.main()[0]
    leader = as_person("superintendent")
    leader.post(f"/findings/keep/{finding.key}", {"seen": 0})
    visited(cast["superintendent"])
    Remark.objects.create(
        finding_key=finding.key, by=cast["coach"], text="We tried this."
    )
    text = leader.get("/start").content.decode()
    assert f"{cast['coach'].name} wrote about" in text


def test_other_rooms_add_lines_and_a_list_has_five(as_person, monkeypatch):
    def ten(person: Person) -> list[due.Due]:
        return [due.Due(f"Line {n} for {person.name}", f"/x/{n}") for n in range(10)]

    monkeypatch.setattr(due, "_due", [ten])
    text = as_person("board").get("/start").content.decode()
    assert text.count("Line ") == 5


def test_a_room_after_the_last_line_is_not_asked(as_person, cast, monkeypatch):
    asked = []

    def room(name: str, lines: int) -> due.Due_of:
        def told(_person: Person, *_since: dt.datetime) -> list[due.Due]:
            asked.append(name)
            return [due.Due(f"{name} {n}", f"/{name}/{n}") for n in range(lines)]

        return told

    client = as_person("board")
    visited(cast["board"], days=-1)
    monkeypatch.setattr(due, "_due", [])
    monkeypatch.setattr(due, "_news", [])
    for name, lines in (("near", 3), ("next", 3), ("far", 3)):
        due.offer_due(room(name, lines))
        due.offer_news(room(f"news-{name}", lines))
    due.offer_due(room("waited-for", 1), first=True)
    text = client.get("/start").content.decode()
    assert asked == ["news-near", "news-next", "waited-for", "near", "next"]
    assert [name in text for name in ("/next/0", "/next/1", "/far/")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("role", ["administrator"])
def test_who_sees_no_findings_gets_no_answer(as_person, district, role):
    answer = as_person(role).get("/start")
    assert answer.status_code == 200
    assert district.pages.summary[0].en not in answer.content.decode()


@pytest.fixture
def with_a_past(district, tmp_path, monkeypatch):
    """A snapshot before this one, whose page store lacks some findings."""
    lacking = [one.key for one in district.pages.main()][:3]
    before = tmp_path / "before.sqlite"
    shutil.copy(district.pages.path, before)
    with closing(sqlite3.connect(before)) as file:
        for key in lacking:
            file.execute("DELETE FROM finding WHERE key = ?", (key,))
        file.commit()
    now = Standing.objects.latest()
    Standing.objects.update(snapshot="before")
    Standing.objects.create(
        snapshot=now.snapshot,
        as_of=now.as_of,
        district_id=now.district_id,
        district_name=now.district_name,
    )
    monkeypatch.setattr(stand, "page_file", lambda _: before)
    monkeypatch.setattr(stand, "pages_of", lambda _: PageStore(before))
    return lacking


def test_new_findings_are_told_and_marked(as_person, cast, district, with_a_past):
    client = as_person("superintendent")
    visited(cast["superintendent"])
    text = client.get("/start").content.decode()
    assert text.count("New finding: ") + text.count("further new finding") >= 1
    listed = client.get("/findings?state=new").content.decode()
    shown = re.findall(r'<h3><a href="/findings/([^"]+)"', listed)
    assert {unquote(key) for key in shown} == set(with_a_past)
    page = client.get(f"/findings/{quote(with_a_past[0])}").content.decode()
    assert "<strong>new</strong>" in page
