"""Nobody sees a student beyond their reach, whatever they send."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.people.access import students_seen_by
from evenrise.workspace.people.models import Caseload, CaseloadPlace, Student
from evenrise.workspace.people.tokens import TokenScope


pytestmark = pytest.mark.django_db


def reach(person) -> set[str]:
    """The students whom a person may see."""
    seen = students_seen_by(person, timezone.localdate())
    return set(seen.values_list("pk", flat=True))


@pytest.fixture
def foreign(cast) -> Student:
    """A student of the other principal's school, beyond the principal's reach."""
    mine = reach(cast["principal"])
    return Student.objects.filter(current=True).exclude(pk__in=mine)[0]


def test_handing_over_hands_on_nobody_whom_one_may_not_see(cast, as_person, foreign):
    """A principal must not give another adult a student of another school."""
    caseload = Caseload.objects.get(owner=cast["counselor"])
    CaseloadPlace.objects.create(caseload=caseload, student=foreign)
    page = as_person("principal").post(
        reverse("hand_over", args=(caseload.pk,)),
        {"to": cast["counselor"].pk},
        follow=True,
    )
    assert "students whom you may not see" in page.content.decode()
    assert "was handed over" not in page.content.decode()
    done = as_person("superintendent").post(
        reverse("hand_over", args=(caseload.pk,)),
        {"to": cast["counselor"].pk},
        follow=True,
    )
    assert "was handed over" in done.content.decode()


def test_handing_over_leaves_behind_who_left(cast, as_person, foreign):
    """Who left may come back at another school: not on a list of this one."""
    caseload = Caseload.objects.get(owner=cast["counselor"])
    CaseloadPlace.objects.create(caseload=caseload, student=foreign)
    Student.objects.filter(pk=foreign.pk).update(current=False)
    before = caseload.places.count()
    as_person("principal").post(
        reverse("hand_over", args=(caseload.pk,)), {"to": cast["counselor"].pk}
    )
    assert caseload.places.count() == before - 1
    Student.objects.filter(pk=foreign.pk).update(current=True)
    assert foreign.pk not in reach(cast["counselor"])


ODD = (
    "{}.",
    "{}/",
    "/{}",
    "{}%00",
    "{}%2500",
    "{}%20",
    "%20{}",
    "{};",
    "{}%0a",
    "{}.json",
    "..%2fstudents%2f{}",
    "%2e%2e/{}",
    "{}'--",
    "' OR 1=1 --",
    "%25",
    "_________",
    "\u202e{}",
    "{}" * 500,
)


@pytest.mark.parametrize("role", ["principal", "counselor", "teacher", "coach"])
def test_no_spelling_of_a_code_opens_a_foreign_student(cast, as_person, role):
    client, mine = as_person(role), reach(cast[role])
    code = Student.objects.exclude(pk__in=mine).order_by("pk").first().pk
    wide = code.translate({ord(n): 0xFF10 + int(n) for n in "0123456789"})
    for told in (code, wide, *(odd.replace("{}", code) for odd in ODD)):
        for page in ("/students/", "/record-requests/"):
            # A NUL is refused before anything is looked up, whoever asks.
            refused = 400 if "%00" in told else 404
            assert client.get(page + told).status_code == refused, (page, told)


@pytest.mark.parametrize("role", ["principal", "counselor", "teacher"])
def test_an_edge_of_a_foreign_student_is_nobodys_edge(cast, as_person, role):
    """Where a foreign name would stand in one's own list tells nothing."""
    client, mine = as_person(role), reach(cast[role])
    for edge in ("after", "before"):
        pages = {
            client.get("/students", {edge: code}).context["page"].lines
            for code in Student.objects.exclude(pk__in=mine)
            .order_by("pk")[:5]
            .values_list("pk", flat=True)
        }
        pages.add(client.get("/students", {edge: "nobody"}).context["page"].lines)
        assert len(pages) == 1


@pytest.mark.parametrize("role", ["principal", "counselor", "teacher"])
def test_no_filter_reaches_further(cast, as_person, role):
    client, mine = as_person(role), reach(cast[role])
    theirs = Student.objects.exclude(pk__in=mine).order_by("pk")[0]
    caseload = Caseload.objects.create(owner=cast["steward"], name="Not yours")
    CaseloadPlace.objects.create(caseload=caseload, student=theirs)
    asked = [
        {"caseload": caseload.pk},
        {"school": theirs.school_id},
        {"section": section}
        if (section := theirs.rosters.values_list("section", flat=True).first())
        else {},
        {"q": theirs.pk},
        {"q": theirs.name},
        {"left": "yes"},
        {"q": "%"},
        {"caseload": "9" * 40},
        {"caseload": "²"},
        {"after": "\x00", "q": "a\x00"},
    ]
    for question in asked:
        for page in ("/students", "/students.csv", "/sections"):
            answer = client.get(page, question)
            if any("\x00" in str(value) for value in question.values()):
                assert answer.status_code == 400
                continue
            assert answer.status_code == 200
            told = answer.content.decode()
            if "q" not in question:
                assert theirs.pk not in told, (page, question)
            assert f"/students/{theirs.pk}" not in told
            if page == "/students.csv":
                codes = {line.split(",")[0] for line in told.splitlines()[1:]}
                assert codes <= mine, question


@pytest.fixture
def key(client, cast):
    """Call the interface with a principal's key."""
    from datetime import timedelta

    from evenrise.workspace.people.actions.tokens import make_token

    _token, secret = make_token(
        cast["principal"],
        name="a program",
        scopes=list(TokenScope),
        ends_on=timezone.localdate() + timedelta(days=1),
    )
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return client


def test_what_a_program_reads_is_kept_by_nobody_on_the_way(key, settings, cast):
    """A cache between a program and us would show students to the next caller."""
    settings.DEMO = True
    for page in ("/api/v1/students", "/api/v1/schools"):
        answer = key.get(page)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
    assert "no-store" in key.get("/api/v1/students/nobody").headers["Cache-Control"]
