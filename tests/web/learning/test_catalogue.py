"""The catalogue: offered, signed up, waited for, moved, cancelled, found again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.actions.letters import Letter, worded, write_letters
from evenrise.workspace.learning.actions.offerings import (
    OfferingSaid,
    change_offering,
    make_offering,
    withdraw_offering,
)
from evenrise.workspace.learning.actions.sessions import (
    SessionSaid,
    cancel_session,
    change_session,
    restore_session,
)
from evenrise.workspace.learning.actions.signing_up import sign_off, sign_up
from evenrise.workspace.learning.models import Offering, Session, SignUp
from evenrise.workspace.learning.queries.catalogue import Wanted, catalogue_page
from evenrise.workspace.learning.queries.posts import posts_of
from evenrise.workspace.people.models import Student
from tests.web.cycles.a_cycle import home_of
from tests.web.learning.a_catalogue import make_one, make_session


@pytest.fixture
def offering(cast):
    return make_one(cast["coach"], school_id=home_of(cast))


def _said(session: Session, **changed) -> SessionSaid:
    told = {
        "begins_at": session.begins_at,
        "ends_at": session.ends_at,
        "hours": session.hours,
        "place": session.place,
        "places": session.places,
    }
    return SessionSaid(**(told | changed))


def _titles(person, **wanted) -> list[str]:
    page = catalogue_page(person, Wanted(**wanted), timezone.now(), "en")
    dated = [line.title.text for month in page.months for line in month.lines]
    return dated + [title.text for _url, title, _kind in page.undated]


# -- offering


def test_only_an_organizer_of_the_place_offers(cast):
    said = OfferingSaid(title_en="A", title_es="", kind="workshop")
    with pytest.raises(NotYours):
        make_offering(cast["principal"], said=said)  # for the whole district
    with pytest.raises(NotYours):
        make_offering(cast["teacher"], said=said)
    other = cast["other_principal"].grants_today[0].school_id
    with pytest.raises(NotYours):
        make_offering(cast["principal"], said=replace(said, school_id=other))
    made = make_offering(cast["superintendent"], said=said)
    assert (made.slug, made.school_id) == ("a", None)


def test_two_windows_do_not_overwrite_each_other(cast, offering):
    said = OfferingSaid(
        title_en="New", title_es="", kind="series", school_id=offering.school_id
    )
    change_offering(cast["coach"], slug=offering.slug, said=said, seen=1)
    with pytest.raises(Overtaken):
        change_offering(cast["coach"], slug=offering.slug, said=said, seen=1)
    offering.refresh_from_db()
    assert (offering.title_en, offering.kind, offering.version) == ("New", "series", 2)


def test_a_titles_address_is_free_and_is_no_word_of_the_room(cast):
    lead = cast["superintendent"]
    assert [make_one(lead, title_en="New").slug for _ in range(2)] == ["new-2", "new-3"]


def test_what_people_wait_for_is_not_withdrawn(cast, offering):
    session = make_session(offering)
    sign_up(cast["teacher"], session=session.pk)
    with pytest.raises(InputProblem):
        withdraw_offering(cast["coach"], slug=offering.slug)
    sign_off(cast["teacher"], session=session.pk)
    assert withdraw_offering(cast["coach"], slug=offering.slug).withdrawn_at
    assert _titles(cast["teacher"]) == []
    withdraw_offering(cast["coach"], slug=offering.slug, gone=False)
    assert _titles(cast["teacher"]) == [offering.title_en]


# -- finding it


def test_the_catalogue_shows_what_is_for_my_role_and_school(cast, offering):
    other = cast["other_principal"].grants_today[0].school_id
    make_one(cast["superintendent"], title_en="Elsewhere", school_id=other)
    make_one(cast["superintendent"], title_en="Counselors", roles=("counselor",))
    assert _titles(cast["teacher"]) == [offering.title_en]
    assert _titles(cast["counselor"]) == [offering.title_en, "Counselors"]
    every = {offering.title_en, "Counselors", "Elsewhere"}
    assert set(_titles(cast["teacher"], all=True)) == every
    assert set(_titles(cast["steward"])) == {offering.title_en, "Elsewhere"}


def test_it_is_found_by_words_month_and_hours(cast, offering):
    lead = cast["superintendent"]
    long = make_one(lead, title_en="Institute", title_es="Instituto")
    soon = make_session(offering, days=3)
    make_session(long, days=70, hours=Decimal(18))
    who = cast["teacher"]
    assert _titles(who) == [offering.title_en, "Institute"]
    assert _titles(who, words="SALUDO") == [offering.title_en]
    assert _titles(who, words="greetings zebra") == []
    assert _titles(who, length="long") == ["Institute"]
    month = f"{timezone.localtime(soon.begins_at):%Y-%m}"
    assert _titles(who, month=month) == [offering.title_en]
    make_session(offering, days=-3)
    assert _titles(who, length="short") == [offering.title_en], "not what is over"


def test_the_page_tells_whether_i_am_signed_up(cast, offering, as_person):
    session = make_session(offering, places=1)
    browser = as_person("teacher")
    browser.post(reverse("sign_up", args=[session.pk]))
    told = browser.get(reverse("catalogue")).content.decode()
    assert "You are signed up" in told
    assert "full: sign up to wait for a place" in told
    page = browser.get(reverse("offering", args=[offering.slug])).content.decode()
    assert "I cannot come" in page


# -- signing up


def test_whoever_waited_longest_moves_up_and_is_told(
    cast, offering, django_capture_on_commit_callbacks, monkeypatch
):
    told = []
    monkeypatch.setattr(
        "evenrise.workspace.learning.actions.places.tell",
        lambda letter, session, people: told.append((letter, session, people)),
    )
    session = make_session(offering, places=1)
    first = sign_up(cast["teacher"], session=session.pk)
    second = sign_up(cast["coach"], session=session.pk)
    third = sign_up(cast["principal"], session=session.pk)
    assert [one.waiting for one in (first, second, third)] == [False, True, True]
    with django_capture_on_commit_callbacks(execute=True):
        sign_off(cast["teacher"], session=session.pk)
    assert told == [(Letter.PLACED, session.pk, [cast["coach"].pk])]
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.waiting, third.waiting) == (False, True)


def test_more_places_let_everybody_in(cast, offering):
    session = make_session(offering, places=1)
    for role in ("teacher", "coach", "principal"):
        sign_up(cast[role], session=session.pk)
    change_session(cast["coach"], session=session.pk, said=_said(session, places=None))
    assert not SignUp.objects.filter(session=session, waiting=True).exists()
    with pytest.raises(InputProblem):
        change_session(cast["coach"], session=session.pk, said=_said(session, places=2))


def test_nobody_signs_up_twice_or_for_what_is_not_theirs(cast, offering):
    session = make_session(offering)
    sign_up(cast["teacher"], session=session.pk)
    with pytest.raises(Overtaken):
        sign_up(cast["teacher"], session=session.pk)
    with pytest.raises(InputProblem):
        sign_up(cast["other_principal"], session=session.pk)
    with pytest.raises(NotYours):
        sign_up(cast["board"], session=session.pk)
    with pytest.raises(InputProblem):
        sign_up(cast["coach"], session=make_session(offering, days=-1).pk)


def test_a_sign_up_keeps_where_somebody_worked(cast, offering):
    made = sign_up(cast["teacher"], session=make_session(offering).pk)
    assert (made.school_id, made.role) == (home_of(cast), "teacher")
    district = sign_up(cast["steward"], session=make_session(offering).pk)
    assert (district.school_id, district.role) == (None, "data_steward")
    told = posts_of(list(cast.values()), timezone.localdate())
    assert cast["board"].pk not in told
    assert cast["administrator"].pk not in told


def test_the_record_of_deeds_names_the_session_alone(cast, offering):
    session = make_session(offering)
    sign_up(cast["teacher"], session=session.pk)
    entry = LogEntry.objects.filter(verb="learning.sign_up").get()
    assert (entry.about_kind, entry.about_key) == ("session", str(session.pk))


# -- moving and cancelling


def test_who_signed_up_is_told_of_another_day_and_of_the_end(
    cast, offering, django_capture_on_commit_callbacks, monkeypatch
):
    told = []
    monkeypatch.setattr(
        "evenrise.workspace.learning.actions.sessions.tell",
        lambda letter, _session, people: told.append((letter, people)),
    )
    session, lead = make_session(offering), cast["coach"]
    sign_up(cast["teacher"], session=session.pk)
    later = {
        "begins_at": session.begins_at + dt.timedelta(days=1),
        "ends_at": session.ends_at + dt.timedelta(days=1),
    }
    with django_capture_on_commit_callbacks(execute=True):
        change_session(lead, session=session.pk, said=_said(session, **later))
        cancel_session(lead, session=session.pk, why="The room is flooded.")
        restore_session(lead, session=session.pk)
    teacher = [cast["teacher"].pk]
    assert told == [
        (Letter.MOVED, teacher),
        (Letter.CANCELLED, teacher),
        (Letter.RESTORED, teacher),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        change_session(lead, session=session.pk, said=_said(session, **later))
    assert len(told) == 3, "nothing moved, nobody is told"


def test_a_session_that_is_over_is_not_cancelled(cast, offering):
    session = make_session(offering, days=-2)
    with pytest.raises(InputProblem):
        cancel_session(cast["coach"], session=session.pk, why="Late.")


@pytest.mark.parametrize("letter", Letter)
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_letter_is_in_the_readers_language(cast, offering, letter, language):
    session = make_session(offering, cancelled_why="Snow.")
    session.offering = Offering.objects.get(pk=offering.pk)
    cast["teacher"].language = language
    subject, text = worded(letter, session, cast["teacher"])
    title = offering.title_es if language == "es" else offering.title_en
    assert title in subject
    assert ("Hola" in text) == (language == "es")
    assert reverse("offering", args=[offering.slug]) in text


def test_the_worker_writes_the_letters(cast, offering):
    session = make_session(offering)
    people = [cast["teacher"].pk, cast["coach"].pk]
    write_letters.call(str(Letter.MOVED), session.pk, people)
    assert {one.to[0] for one in mail.outbox} == {
        cast["teacher"].email,
        cast["coach"].email,
    }


# -- pages


def test_an_offering_is_made_and_given_a_day_in_the_browser(cast, as_person):
    browser = as_person("coach")
    home = home_of(cast)
    answer = browser.post(
        reverse("offering_new"),
        {"title_en": "Goal talks", "kind": "workshop", "place": home, "credit": ""},
    )
    one = Offering.objects.get(slug="goal-talks")
    assert answer.url == reverse("session_new", args=[one.slug])
    day = timezone.localdate() + dt.timedelta(days=9)
    sent = {
        "on": day.isoformat(),
        "begins": "15:30",
        "ends": "17:00",
        "hours": "1.5",
        "leader": cast["teacher"].pk,
    }
    wrong = browser.post(answer.url, sent | {"ends": "15:00"})
    assert wrong.status_code == 422
    assert browser.post(answer.url, sent).status_code == 302
    session = one.sessions.get()
    assert timezone.localtime(session.begins_at).time() == dt.time(15, 30)
    assert session.leader == cast["teacher"]
    page = browser.get(reverse("offering", args=[one.slug])).content.decode()
    assert "1.5 hours" in page


def test_a_students_name_is_refused(cast, as_person, db_district):
    student = Student.objects.filter(school=home_of(cast), current=True).first()
    answer = as_person("coach").post(
        reverse("offering_new"),
        {
            "title_en": "Help",
            "text_en": f"As we did for {student.name}.",
            "kind": "workshop",
            "place": home_of(cast),
        },
    )
    assert answer.status_code == 422
    assert not Offering.objects.exists()


def test_a_principal_changes_nothing_of_another_school(cast, offering, as_person):
    browser = as_person("other_principal")
    session = make_session(offering)
    for name, key in (
        ("offering_change", offering.slug),
        ("session_new", offering.slug),
        ("what_changed_new", offering.slug),
        ("session_change", session.pk),
        ("session_cancel", session.pk),
        ("session_roll", session.pk),
        ("session_roll_csv", session.pk),
        ("session_bring", session.pk),
    ):
        assert browser.get(reverse(name, args=[key])).status_code == 404, name
    for name, key in (
        ("offering_withdraw", offering.slug),
        ("session_all_came", session.pk),
        ("session_roll_add", session.pk),
    ):
        assert browser.post(reverse(name, args=[key])).status_code == 404, name


def test_a_line_end_in_a_title_breaks_no_letter(cast):
    one = make_one(cast["superintendent"], title_en="A\nBcc: all@example.org")
    session = make_session(one)
    write_letters.call(str(Letter.MOVED), session.pk, [cast["teacher"].pk])
    assert mail.outbox[0].subject == "Another day or place: A Bcc: all@example.org"
