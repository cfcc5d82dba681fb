"""Written evidence: in its author's words, names no student, read by whom it is for."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.models import Evidence, Theme
from evenrise.workspace.insights.names import names_in
from evenrise.workspace.people.models import Student


@pytest.fixture
def own_school(cast):
    """The principal's school."""
    return next(g.school_id for g in cast["principal"].grants_today if g.school_id)


def written(**other: object) -> dict[str, object]:
    return {
        "kind": "focus_group",
        "title": "Families of ninth grade",
        "held_on": "2026-03-02",
        "school": "",
        "took_part": "six families, two interpreters",
        "language": "es",
        "text": "El autobús llega tarde tres veces por semana.",
        "readers": "everybody",
        "seen": 0,
        "quote_0": "Mi hija quiere llegar a tiempo.",
        "said_by_0": "family",
        **other,
    }


def write(client, **other: object):
    return client.post("/evidence/new", written(**other))


def test_it_is_written_and_stands_beside_what_it_explains(
    as_person, district, own_school
):
    finding = district.pages.main()[0]
    theme = Theme.objects.get(code="climate")
    answer = write(
        as_person("coach"),
        school=own_school,
        findings=[finding.key],
        indicators=["chronic_absence"],
        themes=[theme.pk],
        theme_0=theme.pk,
    )
    assert answer.status_code == 302
    reader = as_person("board")
    for address in (
        f"/findings/{quote(finding.key)}",
        "/indicators/chronic_absence",
        f"/schools/{own_school}",
        "/themes/climate",
        "/evidence",
        answer.url,
    ):
        text = reader.get(address).content.decode()
        assert 'lang="es"' in text, address
        assert "Mi hija quiere llegar a tiempo." in text, address


def test_a_students_full_name_is_refused(as_person, own_school):
    student = Student.objects.filter(school=own_school, current=True).first()
    client = as_person("coach")
    for text in (
        f"We spoke with {student.given_name} {student.family_name} today.",
        f"Seen: {student.family_name}, {student.given_name}".upper(),
    ):
        answer = write(client, school=own_school, text=text, not_students="on")
        assert answer.status_code == 422
        assert "names a student" in answer.content.decode()
    quoted = write(
        client, quote_0=f"{student.given_name} {student.family_name} said so."
    )
    assert quoted.status_code == 422  # also where no school is named
    assert not Evidence.objects.exists()


def test_a_single_name_is_asked_about_once(as_person, own_school):
    student = Student.objects.filter(school=own_school, current=True).first()
    client = as_person("coach")
    told = {"school": own_school, "text": f"They said {student.given_name} knows."}
    answer = write(client, **told)
    assert answer.status_code == 422
    assert student.given_name in answer.content.decode()
    assert write(client, **told, not_students="on").status_code == 302


def test_names_are_found_folded_and_in_parts(db_district, own_school):
    from evenrise.workspace.people.models import School

    Student.objects.create(
        student_id="t-1",
        given_name="Ana María",
        family_name="García López",
        sort_name="garcia lopez, ana maria",
        school=School.objects.get(pk=own_school),
    )
    for text in ("Ana Garcia", "ANA MARÍA GARCÍA LÓPEZ", "García, Ana", "garcía ana"):
        assert names_in([f"I met {text}."], frozenset({own_school})).full, text
        assert names_in([f"I met {text}."], None).full, text
    # In one school also by the second family name alone.
    assert names_in(["I met López, Ana."], frozenset({own_school})).full
    assert not names_in(["The López family came; Ana was there."], None).full
    assert names_in(["", "   ", "1234"], frozenset({own_school})).full == ()


def test_only_its_author_changes_it_and_what_stood_before_is_kept(
    as_person, own_school
):
    author = as_person("coach")
    write(author, school=own_school)
    one = Evidence.objects.get()
    other = as_person("superintendent")
    assert other.get(f"/evidence/{one.pk}/change").status_code == 404
    assert other.post(f"/evidence/{one.pk}/withdraw").status_code == 404
    changed = written(school=own_school, text="Llega tarde dos veces.", seen=1)
    assert author.post(f"/evidence/{one.pk}/change", changed).status_code == 302
    stale = written(school=own_school, text="Desde otra ventana.", seen=1)
    assert author.post(f"/evidence/{one.pk}/change", stale).status_code == 409
    one.refresh_from_db()
    assert (one.text, one.version) == ("Llega tarde dos veces.", 2)
    assert "tres veces" in one.versions.get().content["text"]


def test_withdrawn_is_for_its_author_alone_and_comes_back(as_person):
    author = as_person("coach")
    write(author)
    one = Evidence.objects.get()
    author.post(f"/evidence/{one.pk}/withdraw")
    assert author.get(f"/evidence/{one.pk}").status_code == 200
    assert as_person("superintendent").get(f"/evidence/{one.pk}").status_code == 404
    assert "Families of ninth" not in author.get("/evidence").content.decode()
    author.post(f"/evidence/{one.pk}/withdraw", {"restore": "1"})
    assert as_person("superintendent").get(f"/evidence/{one.pk}").status_code == 200


def test_restricted_evidence_reaches_the_school_and_the_district_only(
    as_person, own_school
):
    write(as_person("coach"), school=own_school, readers="school")
    one = Evidence.objects.get()
    reads = {
        role: as_person(role).get(f"/evidence/{one.pk}").status_code == 200
        for role in (
            "coach",
            "principal",
            "counselor",
            "teacher",
            "superintendent",
            "steward",
            "other_principal",
            "board",
            "reviewer",
        )
    }
    assert reads == {
        "coach": True,
        "principal": True,
        "counselor": True,
        "teacher": True,
        "superintendent": True,
        "steward": True,
        "other_principal": False,
        "board": False,
        "reviewer": False,
    }
    for address in (f"/schools/{own_school}", "/evidence", "/themes"):
        text = as_person("board").get(address).content.decode()
        assert "Families of ninth grade" not in text


def test_a_board_member_writes_no_evidence(as_person):
    assert as_person("board").get("/evidence/new").status_code == 404
    assert write(as_person("board")).status_code == 404
    assert as_person("board").post("/themes", {"name_en": "x"}).status_code == 404


def test_the_starting_themes_are_there_and_a_district_adds_its_own(as_person):
    assert Theme.objects.filter(own=False).count() == 10
    client = as_person("principal")
    told = {"name_en": "Getting to school", "name_es": "Llegar a la escuela"}
    assert client.post("/themes", told).status_code == 302
    client.post("/themes", told)
    assert set(Theme.objects.filter(own=True).values_list("code", flat=True)) == {
        "getting-to-school",
        "getting-to-school-2",
    }
    spanish = as_person("principal", "es").get("/themes").content.decode()
    assert "Llegar a la escuela" in spanish


def test_nobody_learns_by_trying_names_who_learns_elsewhere(as_person, cast, district):
    """A coach of one school is told nothing about the students of another."""
    schools = {
        role: next(g.school_id for g in cast[role].grants_today if g.school_id)
        for role in ("principal", "other_principal")
    }
    client = as_person("coach")
    finding = quote(district.pages.main()[0].key)
    answers = {}
    for role, school in schools.items():
        student = (
            Student.objects.filter(school=school, current=True)
            .exclude(sort_name__in=_names_of(schools[_other(role)]))
            .first()
        )
        text = f"About {student.given_name} {student.family_name}."
        answers[role] = client.post(f"/findings/say/{finding}", {"text": text})
    assert answers["principal"].status_code == 422
    assert answers["other_principal"].status_code == 302
    elsewhere = write(client, school=schools["other_principal"])
    assert elsewhere.status_code == 422  # no choice of hers
    assert not Evidence.objects.exists()
    refused = LogEntry.objects.filter(verb="insights.refuse_name")
    assert [(one.about_key, one.details) for one in refused] == [("", {})]


def _other(role: str) -> str:
    return "principal" if role == "other_principal" else "other_principal"


def _names_of(school: str) -> list[str]:
    return list(
        Student.objects.filter(school=school).values_list("sort_name", flat=True)
    )
