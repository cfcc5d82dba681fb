"""The public site: no cookies, nobody else's server, protected facts alone."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest


PAGES = (
    "",
    "about/",
    "data/",
    "indicators/chronic_absence/",
    "indicators/suspension/?family=gender",
)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_keeps_no_cookie_and_asks_nobody_else(client, released, language, page):
    answer = client.get(f"/{language}/{page}")
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.headers["Cache-Control"].startswith("public")
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Content-Language"] == language
    told = answer.content.decode()
    assert re.search(r"<html[^>]* lang=\"" + language, told)
    assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//""", told)
    assert "<script" not in told
    assert " style=" not in told


def test_an_unchanged_page_is_not_sent_again(client, released):
    tag = client.get("/es/").headers["ETag"]
    again = client.get("/es/", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_links_lead_somewhere(client, released):
    seen, due = set(), ["/en/"]
    while due and len(seen) < 60:
        page = due.pop(0)
        if page in seen:
            continue
        seen.add(page)
        answer = client.get(page)
        assert answer.status_code == 200, page
        if page.startswith(("/en/", "/es/")):
            found = re.findall(
                r'href="(/(?:en|es|feeds)/[^"#]*)"', answer.content.decode()
            )
            due.extend(link.replace("&amp;", "&") for link in dict.fromkeys(found))
    assert len(seen) == 60


def test_the_feeds_agree_with_each_other(client, released):
    as_csv = b"".join(client.get("/feeds/facts.csv").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(as_csv)))
    told = json.loads(b"".join(client.get("/feeds/facts.json").streaming_content))
    assert len(told["facts"]) == len(rows) > 100
    columns = json.loads(client.get("/feeds/dictionary.json").content)["columns"]
    assert list(columns) == list(rows[0])
    assert all(words["en"] and words["es"] for words in columns.values())


@pytest.mark.parametrize(
    "name", ["import.json", "../ledger/000001.parquet", "db.sqlite3", ""]
)
def test_nothing_else_of_the_folder_is_reachable(client, released, name):
    assert client.get(f"/feeds/{name}").status_code == 404


def test_the_bare_address_leads_by_the_browsers_language(client, released):
    answer = client.get("/", headers={"accept-language": "es-MX,es;q=0.9"})
    assert answer.headers["Location"] == "/es/"


def test_nothing_is_public_before_the_first_release(client, db, public_place):
    answer = client.get("/es/")
    assert answer.status_code == 404
    assert not answer.cookies


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Too few to show"), ("es", "Muy pocos para mostrar")]
)
def test_groups_too_few_to_show_stand_in_one_line(client, released, language, words):
    """On a phone a school's page began with twenty lines that said nothing."""
    found = re.findall(r'href="(/\w\w/schools/[^"]+)"', _page(client, language))
    assert found
    for address in set(found):
        page = client.get(address).content.decode()
        served = page[page.index('class="facts"') : page.index("</dl>")]
        assert served.count(words) <= 1
        names = re.findall(r"<dt>(.*?)</dt>", served)
        assert len(names) > 1


def _page(client, language: str) -> str:
    return str(client.get(f"/{language}/").content.decode())


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Staff sign-in"), ("es", "Acceso del personal")]
)
def test_staff_find_the_door_without_typing_an_address(
    client, released, language, words
):
    link = rf'<a href="([^"]+)">{words}</a>'
    found = re.findall(link, _page(client, language))
    assert len(found) == 1
    assert client.get(found[0]).status_code == 200
