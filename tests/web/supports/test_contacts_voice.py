"""Conversations with families in their language, and the student's own words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.people.models import CaseloadPlace, Student
from evenrise.workspace.supports.models import FamilyContact, StudentVoice
from evenrise.workspace.supports.queries.languages import home_language, language_code


pytestmark = pytest.mark.django_db


@pytest.fixture
def student(db_district, cast) -> Student:
    place = CaseloadPlace.objects.filter(caseload__owner=cast["counselor"]).first()
    Student.objects.filter(pk=place.student_id).update(home_language="Spanish")
    return Student.objects.get(pk=place.student_id)


def page_of(client, student) -> str:
    return client.get(reverse("student", args=[student.pk])).content.decode()


def contact(**told) -> dict[str, str]:
    return {
        "held_on": timezone.localdate().isoformat(),
        "how": "call",
        "direction": "from_school",
        "language": "es",
        "reached": "on",
        "about": "We agreed to talk on Friday",
    } | told


@pytest.mark.parametrize(
    ("recorded", "code"),
    [
        ("Spanish", "es"),
        ("spanish ", "es"),
        ("ES", "es"),
        ("Farsi", "fa"),
        ("Mandarin", "cmn"),
        ("Cantonese", "yue"),
        ("Tagalog", "tl"),
        ("Mixteco", "mix"),
        ("Klingonese", ""),
        ("", ""),
    ],
)
def test_a_language_as_records_write_it(recorded, code):
    assert language_code(recorded) == code
    assert home_language(recorded).foreign == (recorded != "")


def test_who_chose_chinese_may_have_meant_cantonese():
    assert home_language("Cantonese").same == {"yue", "zh"}
    assert "cmn" not in home_language("Cantonese").same
    assert home_language("Spanish").same == {"es"}


def test_the_familys_language_stands_beside_the_form(student, as_person):
    page = as_person("counselor").get(reverse("add_contact", args=[student.pk]))
    told = page.content.decode()
    assert "Language at home: Spanish." in told
    assert told.index('value="es"') < told.index('value="vi"')
    assert "as if the student and family read it" in told
    page = as_person("counselor", "es").get(reverse("add_contact", args=[student.pk]))
    assert "Idioma en casa: Español." in page.content.decode()


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        ({"language": "es"}, True),
        ({"language": "en"}, False),
        ({"language": "en", "interpreter": "on"}, True),
        ({"language": "es", "reached": ""}, False),
    ],
)
def test_reached_in_their_language(student, as_person, told, counts):
    client = as_person("counselor")
    assert "Nobody here has reached this family in Spanish" in page_of(client, student)
    families = reverse("families")
    assert student.name in client.get(families).content.decode()
    answer = client.post(
        reverse("add_contact", args=[student.pk]),
        {name: value for name, value in contact(**told).items() if value},
    )
    assert answer.status_code == 302
    shown = page_of(client, student)
    assert ("Last reached in Spanish" in shown) == counts
    other = told["language"] == "en" and "interpreter" not in told
    assert ("not the language spoken at home" in shown) == other
    assert (student.name not in client.get(families).content.decode()) == counts


def test_families_are_those_within_reach(student, as_person):
    here = as_person("principal").get(reverse("families")).content.decode()
    there = as_person("other_principal").get(reverse("families")).content.decode()
    assert student.pk in here
    assert student.pk not in there


def test_last_years_conversation_does_not_count_this_year(student, cast, as_person):
    FamilyContact.objects.create(
        student=student,
        held_on=timezone.localdate() - dt.timedelta(days=500),
        how="call",
        direction="from_school",
        language="es",
        by=cast["counselor"],
    )
    page = as_person("counselor").get(reverse("families")).content.decode()
    assert student.name in page


def test_a_conversation_is_withdrawn_kept_and_marked(student, as_person):
    client = as_person("counselor")
    client.post(reverse("add_contact", args=[student.pk]), contact())
    one = FamilyContact.objects.get()
    url = reverse("withdraw_contact", args=[one.pk])
    assert as_person("other_principal").post(url).status_code == 404
    client.post(url)
    one.refresh_from_db()
    assert one.about == "We agreed to talk on Friday"
    for reader in ("counselor", "principal", "superintendent"):
        told = page_of(as_person(reader), student)
        assert "We agreed to talk on Friday" not in told
        assert "was written down here and withdrawn" in told
        assert "Nobody here has reached this family in Spanish" in told
    client.post(url, {"restore": 1})
    assert "We agreed to talk on Friday" in page_of(client, student)


def test_a_teacher_does_not_withdraw_a_colleagues_conversation(
    student, cast, as_person
):
    from evenrise.workspace.people.models import Roster, Section

    section = Section.objects.filter(staff_id=cast["teacher"].staff_id).first()
    Roster.objects.get_or_create(section=section, student=student)
    as_person("counselor").post(reverse("add_contact", args=[student.pk]), contact())
    one = FamilyContact.objects.get()
    client = as_person("teacher")
    assert "We agreed" in page_of(client, student)
    answer = client.post(reverse("withdraw_contact", args=[one.pk]))
    assert answer.status_code == 404
    assert (
        as_person("principal")
        .post(reverse("withdraw_contact", args=[one.pk]))
        .status_code
        == 302
    )


@pytest.mark.parametrize(
    "told",
    [
        {"held_on": "2999-01-01"},
        {"held_on": "1066-10-14"},
        {"held_on": ""},
        {"language": "xx"},
        {"how": "pigeon"},
        {"direction": ""},
        {"about": "x" * 1001},
    ],
)
def test_what_cannot_be_is_refused_and_said(student, as_person, told):
    answer = as_person("counselor").post(
        reverse("add_contact", args=[student.pk]), contact(**told)
    )
    assert answer.status_code == 422
    assert "not right yet" in answer.content.decode()
    assert not FamilyContact.objects.exists()


def test_a_persons_own_language_that_our_list_lacks(student, as_person):
    Student.objects.filter(pk=student.pk).update(home_language="Farsi")
    client = as_person("counselor")
    client.post(reverse("add_contact", args=[student.pk]), contact(language="fa"))
    assert FamilyContact.objects.get().language == "fa"
    assert "Last reached in Farsi" in page_of(client, student)


def test_own_words_stand_at_the_very_top_in_their_language(student, as_person):
    client = as_person("counselor")
    for kind, text in (("goal", "Quiero ser piloto"), ("helps", "Que me esperen")):
        answer = client.post(
            reverse("add_voice", args=[student.pk]),
            {
                "kind": kind,
                "text": text,
                "language": "es",
                "said_on": timezone.localdate().isoformat(),
            },
        )
        assert answer.status_code == 302
    told = page_of(client, student)
    assert '<blockquote lang="es"><p>Quiero ser piloto</p></blockquote>' in told
    assert "What helps me" in told
    first = told.index('id="voice"')
    heads = [told.index("<h2", told.index("<main")), first]
    assert told.index("<h2", first) == heads[0]


def test_words_are_withdrawn_by_whoever_wrote_them_down(student, cast, as_person):
    voice = StudentVoice.objects.create(
        student=student,
        kind="words",
        text="I like it loud",
        language="en",
        said_on=timezone.localdate(),
        by=cast["counselor"],
    )
    url = reverse("withdraw_voice", args=[voice.pk])
    for role in ("teacher", "other_principal", "steward", "coach"):
        assert as_person(role).post(url).status_code == 404, role
    client = as_person("counselor")
    client.post(url)
    assert "I like it loud" not in page_of(client, student)
    assert "You took back words" in page_of(client, student)
    assert "You took back words" not in page_of(as_person("principal"), student)
    client.post(url, {"restore": 1})
    assert "I like it loud" in page_of(client, student)


def test_nobody_edits_words():
    from django.urls import get_resolver

    verbs = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {"add_voice", "withdraw_voice"} <= verbs
    # Those of cycles are whom a team asked, in the team's own words.
    assert not {name for name in verbs if "voice" in name} - {
        *("add_voice", "withdraw_voice"),
        *("voice_new", "voice_remove"),
    }


@pytest.mark.parametrize("role", ["steward", "coach", "board", "administrator"])
def test_who_does_not_support_students_reads_none_of_it(student, cast, as_person, role):
    FamilyContact.objects.create(
        student=student,
        held_on=timezone.localdate(),
        how="call",
        direction="from_school",
        language="es",
        about="Agreed zq19",
        by=cast["counselor"],
    )
    StudentVoice.objects.create(
        student=student,
        kind="words",
        text="Said zq20",
        language="en",
        said_on=timezone.localdate(),
        by=cast["counselor"],
    )
    told = page_of(as_person(role), student)
    assert "zq19" not in told
    assert "zq20" not in told


def test_the_log_tells_the_deed_alone(student, as_person):
    client = as_person("counselor")
    client.post(reverse("add_contact", args=[student.pk]), contact())
    entry = LogEntry.objects.get(verb="supports.add_contact")
    assert entry.details == {}
    assert entry.about_key == str(FamilyContact.objects.get().pk)


def test_a_district_counts_as_its_students_do(cast, as_person):
    """It begins with the conversations; the students one by one must say the same."""
    school = cast["principal"].grants_today[0].school_id
    ours = list(Student.objects.filter(current=True, school=school).order_by("pk")[:6])
    Student.objects.exclude(pk__in=[one.pk for one in ours]).update(home_language="")
    words = ("Spanish", "Cantonese", "Spanish", "Hmong", "Spanish", "English")
    for one, language in zip(ours, words, strict=True):
        Student.objects.filter(pk=one.pk).update(home_language=language)
    told = (
        {"language": "es"},
        {"language": "zh"},
        {"language": "en", "interpreter": True},
        {"language": "es"},  # not theirs
        {"language": "es", "reached": False},
        {"language": "en"},
    )
    today = timezone.localdate()
    for one, said in zip(ours, told, strict=True):
        for _ in range(2):
            FamilyContact.objects.create(
                student=one, held_on=today, **{"reached": True, **said}
            )
    for role in ("superintendent", "principal"):
        found = as_person(role).get(reverse("families")).context["found"]
        assert (found.speak, found.waiting) == (5, 2)
        assert {line.student_id for line in found.lines} == {ours[3].pk, ours[4].pk}
