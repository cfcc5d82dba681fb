"""Every page opens for whoever may see findings, in each language, with few queries."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.urls import reverse

from evenrise.findings.finding import Kind
from evenrise.publishing import numbers
from evenrise.publishing.page_store import PageStore
from evenrise.publishing.page_store.model import LikeSchool
from evenrise.statistics.rates import difference
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.text import Text
from evenrise.workspace.insights.queries.one_school import school_page
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.shown import family_words


SEES = (
    "superintendent",
    "cabinet",
    "principal",
    "counselor",
    "teacher",
    "coach",
    "steward",
    "board",
    "reviewer",
)
# Queries of a page, all of them: session, person, roles, what stands, the page's own.
QUERIES = {
    "start": 28,
    "indicators": 6,
    "indicator": 8,
    "fact": 6,
    "definition": 6,
    "schools": 6,
    "school": 9,
    "findings": 9,
    "finding": 16,
    "evidence": 12,
    "themes": 8,
    "recommendations": 8,
}


@pytest.fixture(scope="session")
def addresses(district):
    pages = district.pages
    key = "chronic_absence"
    school = pages.schools()[0].organization.organization_id
    finding = next(f for f in pages.findings() if f.kind is Kind.GAP)
    fact = pages.facts(key, organization_id=pages.district.organization_id)[0]
    return {
        "start": "/start",
        "indicators": "/indicators",
        "indicator": f"/indicators/{key}",
        "fact": f"/indicators/{key}/fact?year={fact.school_year}",
        "definition": f"/indicators/{key}/rules",
        "schools": "/schools",
        "school": f"/schools/{school}",
        "findings": "/findings",
        "finding": f"/findings/{quote(finding.key)}",
        "evidence": "/evidence",
        "themes": "/themes",
        "recommendations": "/recommendations",
    }


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_page_opens_in_each_language(as_person, addresses, name, language):
    answer = as_person("superintendent", language).get(addresses[name])
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_page_keeps_its_number_of_queries(
    as_person, addresses, name, django_assert_max_num_queries
):
    client = as_person("superintendent")
    client.get(addresses[name])
    with django_assert_max_num_queries(QUERIES[name]):
        client.get(addresses[name])


@pytest.mark.parametrize("role", SEES)
def test_all_who_see_findings_see_all_of_them(as_person, addresses, role):
    client = as_person(role)
    for name in ("start", "indicator", "school", "finding", "evidence"):
        assert client.get(addresses[name]).status_code == 200, name


@pytest.mark.parametrize("name", sorted(set(QUERIES) - {"start"}))
def test_an_administrator_sees_no_findings(as_person, addresses, name):
    assert as_person("administrator").get(addresses[name]).status_code == 404


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_nobody_sees_anything_without_signing_in(client, addresses, name, db_district):
    answer = client.get(addresses[name])
    assert answer.status_code == 302
    assert "/account/login" in answer.url


@pytest.mark.parametrize(
    "address",
    [
        "/indicators/no_such_indicator",
        "/indicators/chronic_absence?place=NOWHERE",
        "/indicators/chronic_absence/fact?year=1999",
        "/indicators/chronic_absence/fact?year=abc",
        "/indicators/no_such_indicator/rules",
        "/indicators/no_such_indicator.csv",
        "/schools/NOWHERE",
        "/findings/gap:nothing:of:the:kind",
        "/evidence/999999",
        "/themes/no-such-theme",
        "/recommendations/999999",
        "/comments/999999",
    ],
)
def test_what_is_not_there_is_not_there(as_person, address):
    assert as_person("superintendent").get(address).status_code == 404


def test_an_unknown_choice_falls_back(as_person, addresses):
    client = as_person("superintendent")
    answer = client.get(addresses["indicator"] + "?family=zzz&year=1900&group=x&pair=y")
    assert answer.status_code == 200


def test_an_indicator_tells_every_group_with_its_interval_and_n(
    as_person, addresses, district
):
    body = as_person("superintendent").get(
        addresses["indicator"] + "?family=english_learner&year=2024"
    )
    text = body.content.decode()
    for group in FAMILIES["english_learner"].groups:
        assert group.name.en in text
    pages = district.pages
    page = pages.indicator_page("chronic_absence", school_year=2024)
    shown = [f for f in page.groups if f.group_family == "english_learner"]
    assert shown
    for fact in shown:
        if fact.estimate.known:
            assert f"{int(fact.denominator):,}" in text


def test_a_finding_of_the_district_leads_to_the_schools_behind_it(as_person, addresses):
    client = as_person("superintendent")
    text = client.get(addresses["finding"]).content.decode()
    link = re.search(r'href="(/indicators/[^"#]+)#by-school"', text)
    assert link
    schools = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert 'id="by-school"' in schools


def test_a_family_within_a_phrase_is_small_and_english_is_not():
    assert family_words("gender*disability", "en") == "Gender and disability"
    assert family_words("gender*english_learner", "en").endswith("and English learners")


def test_every_number_of_a_group_leads_to_its_origin(as_person, addresses):
    client = as_person("superintendent")
    text = client.get(addresses["indicator"] + "?year=2024").content.decode()
    links = set(re.findall(r'href="(/indicators/[a-z_]+/fact\?[^"]+)"', text))
    assert len(links) > 5
    for link in sorted(links)[:6]:
        page = client.get(link.replace("&amp;", "&"))
        assert page.status_code == 200
        assert "California Department of Education" in page.content.decode()


def test_the_origin_names_snapshot_and_files(as_person, addresses, district):
    text = as_person("superintendent").get(addresses["fact"]).content.decode()
    assert district.snapshot.id in text
    assert "attendance" in text


def test_schools_stand_by_name_and_are_not_ranked(as_person, district):
    text = as_person("board").get("/schools").content.decode()
    names = [line.organization.name for line in district.pages.schools()]
    places = [text.index(f">{name}<") for name in names]
    assert places == sorted(places)
    assert "not ranked" in text


def test_a_year_whose_groups_are_hidden_says_so(as_person, addresses, district):
    assert not district.pages.indicator_page("chronic_absence").groups
    text = as_person("board").get(addresses["indicator"]).content.decode()
    assert "only the number of all students can be told" in text


def test_a_school_stands_beside_schools_chosen_by_their_students(
    as_person, addresses, district, monkeypatch
):
    """The small district has no two schools of a kind: the others stand in."""
    first, *others = district.pages.schools()
    like = tuple(
        LikeSchool(one, 0.3, Text("like it", "parecida"), (Text("size", "tamaño"),), ())
        for one in others
    )
    monkeypatch.setattr(PageStore, "like_schools", lambda *_: like)
    text = as_person("principal").get(addresses["school"]).content.decode()
    assert "never by outcomes" in text
    for one in others:
        assert one.organization.name in text
    words = re.findall('"What it says">(different|unclear|too few)', text)
    assert words
    page = school_page(
        Stand(district.pages, None, None), first.organization.organization_id, "", "en"
    )
    told = next(one for one in page.beside if one.difference != "–")
    year = district.pages.indicator(told.key).latest
    facts = district.pages.facts(told.key, family="all", school_year=year)
    by_place = {f.organization.organization_id: f for f in facts}
    own = by_place[first.organization.organization_id]
    codes = [one.organization.organization_id for one in others]
    known = [by_place[c] for c in codes if c in by_place]
    known = [f for f in known if f.estimate.known]
    x = sum(f.numerator for f in known)
    n = sum(f.denominator for f in known)
    gap = difference(own.numerator, own.denominator, x, n)
    assert told.like_n == f"{int(n):,}"
    assert told.difference == numbers.estimate(gap, "points", "en")


def test_findings_are_filtered_and_searched(as_person, district):
    client = as_person("superintendent")
    found = district.pages.findings()
    some = next(f for f in found if f.indicator == "suspension")
    text = client.get("/findings?indicator=suspension").content.decode()
    other = next(f for f in found if f.indicator not in ("suspension", None))
    assert some.sentence.en[:40] in text.replace("&#x27;", "'")
    assert quote(other.key, safe=":*") not in text
    nothing = client.get("/findings?q=zzzzqqqq").content.decode()
    assert "No finding matches what you chose" in nothing


def test_the_file_of_findings_opens_safely(as_person, district):
    answer = as_person("board").get("/findings.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(district.pages.findings()) + len(
        district.pages.questions()
    )


def test_the_file_of_an_indicator_holds_protected_facts_only(
    as_person, addresses, district
):
    school = next(
        line.organization.organization_id
        for line in district.pages.schools()
        if any(
            not f.estimate.known
            for f in district.pages.facts(
                "chronic_absence", organization_id=line.organization.organization_id
            )
        )
    )
    answer = as_person("board").get(f"/indicators/chronic_absence.csv?place={school}")
    rows = [r.split(",") for r in answer.content.decode("utf-8-sig").splitlines()]
    hidden = [r for r in rows[1:] if r[12] == "suppressed"]
    assert hidden
    for row in hidden:
        assert row[7] == row[9] == row[10] == row[11] == ""


def test_a_cell_that_looks_like_a_formula_is_disarmed():
    from evenrise.workspace.insights.views.beginning import csv_file

    answer = csv_file("x.csv", ("a",), [("=1+1",), ("-2",), ("plain",), (-2,)])
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines == ["a", "'=1+1", "'-2", "plain", "-2"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Worked tables"), ("es", "Tablas resueltas")]
)
def test_the_rules_speak_the_readers_language_and_lead_to_each_other(
    language, words, as_person, db_district
):
    client = as_person("principal", language)
    page = client.get(reverse("definition", args=("attendance_rate",)))
    assert words in page.content.decode()
    neighbor = reverse("definition", args=("chronic_absence",))
    assert f'href="{neighbor}"' in page.content.decode()
    assert client.get(neighbor).status_code == 200
