"""What a reviewer asks, in two languages, and who answers how."""

from __future__ import annotations

import pytest

from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.models import Answer, Recommendation


@pytest.fixture
def schools(cast):
    """The schools of the two principals."""
    return {
        role: next(g.school_id for g in cast[role].grants_today if g.school_id)
        for role in ("principal", "other_principal")
    }


def ask(client, **other: object) -> Recommendation:
    told = {
        "school": "",
        "text_en": "Give every ninth grader an adult who knows them.",
        "text_es": "Que cada estudiante de noveno tenga un adulto que le conozca.",
        "seen": 0,
        **other,
    }
    answer = client.post("/recommendations/new", told)
    assert answer.status_code == 302, answer.content.decode()
    return Recommendation.objects.latest("id")


def answer(client, one: Recommendation, verdict: str, seen: int = 0, version: int = 1):
    return client.post(
        f"/recommendations/{one.pk}/answer",
        {"verdict": verdict, "reason": "We agree.", "seen": seen, "version": version},
    )


def test_asked_and_answered_by_the_district(as_person, district):
    finding = district.pages.main()[0]
    one = ask(as_person("reviewer"), findings=[finding.key])
    leader = as_person("superintendent")
    assert answer(leader, one, "accepted").status_code == 302
    text = leader.get(f"/recommendations/{one.pk}").content.decode()
    assert "Accepted" in text
    assert "We agree." in text
    page = leader.get(f"/findings/{finding.key}").content.decode()
    assert "Give every ninth grader" in page
    assert LogEntry.objects.filter(verb="insights.answer").exists()


def test_a_principal_answers_for_her_school_alone(as_person, schools):
    mine = ask(as_person("reviewer"), school=schools["principal"])
    other = ask(as_person("reviewer"), school=schools["other_principal"])
    whole = ask(as_person("reviewer"))
    client = as_person("principal")
    assert answer(client, mine, "declined").status_code == 302
    assert answer(client, other, "declined").status_code == 404
    assert answer(client, whole, "declined").status_code == 404
    assert Answer.objects.get().recommendation == mine


@pytest.mark.parametrize("role", ["teacher", "board", "coach", "steward", "reviewer"])
def test_others_do_not_answer(as_person, role):
    one = ask(as_person("reviewer"))
    assert answer(as_person(role), one, "accepted").status_code == 404


@pytest.mark.parametrize("role", ["superintendent", "principal", "teacher", "board"])
def test_only_a_reviewer_recommends(as_person, role):
    assert as_person(role).get("/recommendations/new").status_code == 404
    made = as_person(role).post("/recommendations/new", {"text_en": "x", "seen": 0})
    assert made.status_code == 404
    assert not Recommendation.objects.exists()


def test_one_language_is_enough_and_the_other_is_marked(as_person):
    one = ask(as_person("reviewer"), text_es="")
    assert one.stale == "es"
    text = as_person("board", "es").get("/recommendations").content.decode()
    assert 'lang="en"' in text
    assert "falta o es anterior" in text
    empty = as_person("reviewer").post(
        "/recommendations/new", {"text_en": " ", "text_es": "", "seen": 0}
    )
    assert empty.status_code == 422


def test_a_new_text_makes_the_other_language_stale_unless_it_says_the_same(as_person):
    client = as_person("reviewer")
    one = ask(client)
    assert one.stale is None
    told = {"school": "", "text_es": one.text_es, "seen": 1}
    client.post(
        f"/recommendations/{one.pk}/change", {**told, "text_en": "Something else."}
    )
    one.refresh_from_db()
    assert (one.stale, one.version) == ("es", 2)
    client.post(
        f"/recommendations/{one.pk}/change",
        {**told, "text_en": "Something else!", "same_meaning": "on", "seen": 2},
    )
    one.refresh_from_db()
    assert one.stale is None
    assert [v.text_en for v in one.versions.all()] == [
        "Give every ninth grader an adult who knows them.",
        "Something else.",
    ]


def test_an_answer_to_an_earlier_text_says_so(as_person):
    client, leader = as_person("reviewer"), as_person("superintendent")
    one = ask(client)
    answer(leader, one, "accepted")
    told = {"school": "", "text_en": "New.", "text_es": "Nuevo.", "seen": 1}
    client.post(f"/recommendations/{one.pk}/change", told)
    text = leader.get(f"/recommendations/{one.pk}").content.decode()
    assert "reworded after this answer" in text
    late = answer(leader, one, "declined", seen=Answer.objects.get().pk, version=1)
    assert late.status_code == 409


def test_an_answer_is_not_overwritten_by_an_older_page(as_person):
    one = ask(as_person("reviewer"))
    answer(as_person("superintendent"), one, "accepted")
    assert answer(as_person("cabinet"), one, "declined").status_code == 409
    assert Answer.objects.get(latest=True).verdict == "accepted"


def test_an_answer_is_taken_back_to_the_one_before(as_person):
    leader = as_person("superintendent")
    one = ask(as_person("reviewer"))
    answer(leader, one, "accepted")
    first = Answer.objects.get()
    answer(leader, one, "declined", seen=first.pk)
    second = Answer.objects.get(latest=True)
    leader.post(f"/recommendations/{one.pk}/take-back", {"seen": second.pk})
    assert Answer.objects.get(latest=True) == first
    leader.post(f"/recommendations/{one.pk}/take-back", {"seen": first.pk})
    assert not Answer.objects.filter(latest=True).exists()
    text = leader.get(f"/recommendations/{one.pk}").content.decode()
    assert "taken back" in text


def test_withdrawn_is_gone_for_others_and_comes_back(as_person):
    client = as_person("reviewer")
    one = ask(client)
    client.post(f"/recommendations/{one.pk}/withdraw")
    assert client.get(f"/recommendations/{one.pk}").status_code == 200
    other = as_person("superintendent")
    assert other.get(f"/recommendations/{one.pk}").status_code == 404
    assert answer(other, one, "accepted").status_code == 404
    client.post(f"/recommendations/{one.pk}/withdraw", {"restore": "1"})
    assert other.get(f"/recommendations/{one.pk}").status_code == 200


def test_the_list_goes_school_by_school_after_the_district(as_person, schools):
    client = as_person("reviewer")
    ask(client, school=schools["principal"], text_en="For the school.")
    ask(client, text_en="For the district.")
    text = as_person("board").get("/recommendations").content.decode()
    assert text.index("For the district.") < text.index("For the school.")
    assert "2 recommendations; 2 not answered yet." in text
