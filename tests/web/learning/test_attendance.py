"""Who came, for how many hours; what they said of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, strategies as st
from icalendar import Calendar

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.actions.attending import (
    Came,
    add_to_roll,
    all_came,
    note_roll,
    undo_roll,
)
from evenrise.workspace.learning.actions.bringing_roll import bring_roll
from evenrise.workspace.learning.actions.sessions import (
    SessionSaid,
    cancel_session,
    change_session,
)
from evenrise.workspace.learning.actions.signing_up import Said, say
from evenrise.workspace.learning.models import (
    FeedbackGiven,
    SessionFeedback,
    SignUp,
)
from evenrise.workspace.learning.queries.catalogue_due import learning_due
from evenrise.workspace.learning.queries.feedback import bundles, heard_of
from tests.web.cycles.a_cycle import home_of
from tests.web.learning.a_catalogue import came, make_one, make_session, make_staff


@pytest.fixture
def offering(cast):
    return make_one(cast["coach"], school_id=home_of(cast))


@pytest.fixture
def past(cast, offering):
    """A session of yesterday that the teacher led; counselor and coach signed up."""
    session = make_session(offering, days=-1, leader=cast["teacher"])
    came(session, [cast["counselor"], cast["coach"]], attended=None, hours=None)
    return session


def _marks(session) -> dict[str, tuple[bool | None, Decimal | None]]:
    rows = SignUp.objects.filter(session=session, withdrawn_at=None)
    return {
        row.person.email: (row.attended, row.hours)
        for row in rows.select_related("person")
    }


# -- the roll


def test_all_came_at_one_press_and_it_can_be_undone(cast, past):
    first = SignUp.objects.get(session=past, person=cast["coach"])
    note_roll(cast["teacher"], session=past.pk, marks={first.pk: Came(attended=False)})
    batch, noted = all_came(cast["teacher"], session=past.pk)
    assert noted == 1
    assert _marks(past) == {
        cast["coach"].email: (False, None),
        cast["counselor"].email: (True, Decimal(2)),
    }
    assert undo_roll(cast["teacher"], session=past.pk, batch=batch) == 1
    assert _marks(past)[cast["counselor"].email] == (None, None)
    assert _marks(past)[cast["coach"].email] == (False, None), "by hand: stays"
    with pytest.raises(NotYours):
        undo_roll(cast["teacher"], session=past.pk, batch=batch)
    with pytest.raises(NotYours):
        undo_roll(cast["teacher"], session=past.pk, batch="")


def test_only_who_leads_or_organizes_keeps_the_roll(cast, past):
    for role in ("counselor", "other_principal", "steward", "board"):
        with pytest.raises(NotYours):
            all_came(cast[role], session=past.pk)
    assert all_came(cast["principal"], session=past.pk)[1] == 2


def test_nobody_came_before_it_began(cast, offering):
    session = make_session(offering, leader=cast["teacher"])
    with pytest.raises(InputProblem):
        all_came(cast["teacher"], session=session.pk)


def test_somebody_who_had_not_signed_up_or_waited_is_added(cast, past):
    add_to_roll(cast["teacher"], session=past.pk, email=cast["principal"].email.upper())
    row = SignUp.objects.get(session=past, person=cast["principal"])
    assert (row.attended, row.school_id, row.role) == (True, home_of(cast), "principal")
    with pytest.raises(InputProblem):
        add_to_roll(cast["teacher"], session=past.pk, email=cast["board"].email)


def test_hours_are_written_one_by_one(cast, past, as_person):
    row = SignUp.objects.get(session=past, person=cast["coach"])
    other = SignUp.objects.get(session=past, person=cast["counselor"])
    browser, url = as_person("teacher"), reverse("session_roll", args=[past.pk])
    sent = {
        f"came-{row.pk}": "yes",
        f"hours-{row.pk}": "1.25",
        f"came-{other.pk}": "yes",
        f"hours-{other.pk}": "many",
        "came-999999": "yes",
    }
    answer = browser.post(url, sent)
    assert answer.status_code == 422
    assert _marks(past)[cast["coach"].email] == (True, Decimal("1.25"))
    assert _marks(past)[cast["counselor"].email] == (None, None)
    assert "Everybody came" in answer.content.decode()


def test_everybody_came_in_the_browser_offers_undo(cast, past, as_person):
    browser = as_person("teacher")
    url = reverse("session_roll", args=[past.pk])
    browser.post(reverse("session_all_came", args=[past.pk]))
    page = browser.get(url).content.decode()
    assert "2 of 2 people came;" in page
    batch = SignUp.objects.filter(session=past).first().batch
    undo = reverse("session_roll_undo", args=[past.pk, batch])
    assert undo in page
    browser.post(undo)
    assert set(_marks(past).values()) == {(None, None)}


# -- a file


def _file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("roll.csv", text.encode(), content_type="text/csv")


def test_a_file_is_tried_noted_and_taken_back(cast, past, as_person):
    browser, url = as_person("teacher"), reverse("session_bring", args=[past.pk])
    told = browser.get(reverse("session_roll_csv", args=[past.pk])).content
    lines = list(csv.DictReader(io.StringIO(told.decode("utf-8-sig"))))
    assert {one["email"] for one in lines} == set(_marks(past))
    text = (
        "email,came,hours\n"
        f"{cast['coach'].email},yes,1.5\n"
        f"{cast['counselor'].email},no,\n"
        f"{cast['principal'].email},sí,\n"
        f"{cast['steward'].email},,\n"
    )
    answer = browser.post(url, {"file": _file(text)})
    assert "3 rows can be noted;" in answer.content.decode()
    assert set(_marks(past).values()) == {(None, None)}
    browser.post(url, {"text": text, "add": "yes"})
    assert _marks(past) == {
        cast["coach"].email: (True, Decimal("1.50")),
        cast["counselor"].email: (False, None),
        cast["principal"].email: (True, Decimal("2.00")),
    }
    again = browser.post(url, {"text": text, "add": "yes"})
    assert again.status_code == 422, "the same file is not noted twice"
    batch = SignUp.objects.get(session=past, person=cast["coach"]).batch
    browser.post(reverse("session_roll_undo", args=[past.pk, batch]))
    assert set(_marks(past)) == {cast["coach"].email, cast["counselor"].email}
    assert set(_marks(past).values()) == {(None, None)}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("nobody@nowhere.example,yes,1", "email"),
        ("{coach},perhaps,1", "came"),
        ("{coach},yes,two", "hours"),
        ("{coach},yes,-1", "hours"),
        ("{board},yes,1", "email"),
        ("{coach},yes,1\n{coach},no,", "email"),
    ],
)
def test_a_bad_row_stops_the_file(cast, past, row, column):
    people = {role: one.email for role, one in cast.items()}
    text = "email,came,hours\n" + row.format(**people)
    found = bring_roll(cast["teacher"], session=past.pk, text=text, write=True)
    assert [one.column for one in found.problems] == [column]
    assert set(_marks(past).values()) == {(None, None)}


def test_a_file_without_its_columns_is_refused(cast, past):
    with pytest.raises(InputProblem, match="came"):
        bring_roll(cast["teacher"], session=past.pk, text="email\nx", write=True)


def test_a_staff_code_stands_for_an_address(cast, past):
    code = cast["counselor"].staff_id
    text = f"email,came\n{code},yes\n"
    bring_roll(cast["teacher"], session=past.pk, text=text, write=True)
    assert _marks(past)[cast["counselor"].email] == (True, Decimal("2.00"))


# -- what people said


def _answer(person, session, *, yes: bool = True, words: str = "") -> None:
    tap = 4 if yes else 1
    said = Said(useful=tap, fits=tap, time=tap, words=words)
    say(person, session=session.pk, said=said)


def test_said_once_by_who_was_there_and_kept_without_a_name(cast, past):
    before = LogEntry.objects.count()
    _answer(cast["coach"], past)
    with pytest.raises(Overtaken):
        _answer(cast["coach"], past)
    with pytest.raises(NotYours):
        _answer(cast["teacher"], past)
    assert LogEntry.objects.count() == before, "no day and no order"
    names = {one.name for one in SessionFeedback._meta.get_fields()}
    assert names == {"id", "session", "useful", "fits", "time", "words"}
    assert FeedbackGiven.objects.filter(session=past).count() == 1


def test_who_did_not_come_or_is_late_says_nothing(cast, offering, past):
    SignUp.objects.filter(session=past, person=cast["coach"]).update(attended=False)
    with pytest.raises(NotYours):
        _answer(cast["coach"], past)
    long_ago = make_session(offering, days=-9)
    came(long_ago, [cast["coach"]])
    with pytest.raises(InputProblem):
        _answer(cast["coach"], long_ago)
    ahead = make_session(offering)
    came(ahead, [cast["coach"]], attended=None, hours=None)
    with pytest.raises(InputProblem):
        _answer(cast["coach"], ahead)


def test_a_day_stays_once_something_was_said(cast, past):
    _answer(cast["coach"], past)
    later = SessionSaid(
        begins_at=past.begins_at + dt.timedelta(days=3),
        ends_at=past.ends_at + dt.timedelta(days=3),
        hours=past.hours,
    )
    with pytest.raises(InputProblem):
        change_session(cast["coach"], session=past.pk, said=later)


def test_a_session_that_was_spoken_of_does_not_come_and_go(cast, past):
    """Its answers would be what two looks at the page differ by."""
    running = make_session(past.offering, days=-0.01)
    came(running, [cast["coach"]])
    _answer(cast["coach"], running)
    with pytest.raises(InputProblem):
        cancel_session(cast["coach"], session=running.pk, why="Later")


@pytest.mark.parametrize("hours", ["NaN", "-nan", "sNaN"])
def test_hours_that_are_no_number_are_asked_again(cast, past, as_person, hours):
    row = SignUp.objects.get(session=past, person=cast["coach"])
    url = reverse("session_roll", args=[past.pk])
    marks = {f"came-{row.pk}": "yes", f"hours-{row.pk}": hours}
    assert as_person("teacher").post(url, marks).status_code == 422
    text = f"email,came,hours\n{cast['coach'].email},yes,{hours}\n"
    tried = bring_roll(cast["teacher"], session=past.pk, text=text, write=True)
    assert [one.column for one in tried.problems] == ["hours"]


def test_answers_are_shown_from_ten_and_only_after_their_week(cast, offering):
    first = make_session(offering, days=-3)
    second = make_session(offering, days=-2)
    people = make_staff(14, home_of(cast))
    came(first, people[:9])
    came(second, people[9:])
    for one in people[:9]:
        _answer(one, first, words="More time, please.")
    now = timezone.now()
    later = now + dt.timedelta(days=9)
    assert heard_of(offering, later, "en").answers == 0, "nine are too few"
    assert heard_of(offering, later, "en").waiting
    for one in people[9:]:
        _answer(one, second, yes=False)
    assert heard_of(offering, now, "en").answers == 0, "their week is not over"
    heard = heard_of(offering, later, "en")
    assert heard.answers == 14
    assert [line.agree for line in heard.lines] == ["9", "9", "9"]
    assert heard.lines[0].share == "64%"


def test_a_closed_session_of_few_waits_for_the_next_bundle(cast, offering):
    """Two looks never differ by fewer than ten answers."""
    first, second = make_session(offering, days=-20), make_session(offering, days=-12)
    for session, many in ((first, 10), (second, 3)):
        SessionFeedback.objects.bulk_create(
            SessionFeedback(session=session, useful=4, fits=4, time=4)
            for _ in range(many)
        )
    heard = heard_of(offering, timezone.now(), "en")
    assert (heard.answers, heard.waiting) == (10, True)


@given(st.lists(st.integers(0, 25), max_size=12), st.integers(0, 12))
def test_bundles_hold_ten_and_grow_by_ten(counts, cut):
    rows = list(enumerate(counts))
    whole = bundles(rows)
    sums = [sum(counts[key] for key in one) for one in whole]
    assert all(one >= 10 for one in sums)
    earlier = bundles(rows[:cut])
    assert whole[: len(earlier)] == earlier, "what was shown stays shown"


def test_the_page_shows_sums_to_all_and_words_to_who_leads(cast, offering, as_person):
    session = make_session(offering, days=-12)
    SessionFeedback.objects.bulk_create(
        SessionFeedback(session=session, useful=3, fits=2, time=4, words=f"Word {n}.")
        for n in range(12)
    )
    url = reverse("offering", args=[offering.slug])
    teacher = as_person("teacher").get(url).content.decode()
    for told in ("12 of 12", "0 of 12", "100%"):
        assert told not in teacher, "all or none tells what each single one said"
    assert "9 in 10 or more" in teacher
    assert "1 in 10 or fewer" in teacher
    assert "Word 3." not in teacher
    assert "Word 3." in as_person("coach").get(url).content.decode()


def test_thirty_seconds_in_the_browser(cast, past, as_person):
    browser, url = as_person("counselor"), reverse("session_feedback", args=[past.pk])
    assert browser.post(url, {"useful": "5"}).status_code == 422
    sent = {"useful": "4", "fits": "3", "time": "2", "words": "Shorter."}
    assert browser.post(url, sent).status_code == 302
    assert SessionFeedback.objects.get().words == "Shorter."
    page = browser.get(url).content.decode()
    assert "You have said it already" in page


def test_what_is_due_stands_on_the_start_page(cast, past):
    assert "Note who came" in learning_due(cast["teacher"])[0].words
    assert "Thirty seconds" in learning_due(cast["counselor"])[0].words
    all_came(cast["teacher"], session=past.pk)
    _answer(cast["counselor"], past)
    assert learning_due(cast["teacher"]) == []
    assert learning_due(cast["counselor"]) == []
    assert learning_due(cast["board"]) == []


# -- one's own


def test_hours_stand_by_school_year_for_oneself_alone(cast, offering, as_person):
    today = timezone.now()
    came(make_session(offering, days=-2), [cast["teacher"]], hours=Decimal("1.5"))
    came(make_session(offering, days=-400), [cast["teacher"]])
    page = as_person("teacher").get(reverse("my_learning")).content.decode()
    label = SchoolYear.of(today.date()).label
    assert f"1.5 hours of learning are noted for you in {label}." in page
    assert "2 clock hours" in page
    told = as_person("teacher").get(reverse("my_learning_csv")).content.decode()
    assert len(told.strip().splitlines()) == 3
    principal = as_person("principal").get(reverse("my_learning")).content.decode()
    assert offering.title_en not in principal


def test_the_feed_holds_my_sessions_with_their_hours(cast, offering, as_person, client):
    session = make_session(offering)
    came(session, [cast["teacher"]], attended=None, hours=None)
    waits = make_session(offering, days=12)
    came(waits, [cast["teacher"]], attended=None, hours=None, waiting=True)
    page = as_person("teacher").post(reverse("my_learning"), {"make": "1"})
    address = page.context["address"]
    path = address[address.index("/learning/") :]
    told = Calendar.from_ical(client.get(path).content)
    events = told.walk("VEVENT")
    assert [one["uid"] for one in events] == [f"session-{session.pk}@evenrise"]
    assert events[0]["dtstart"].dt == session.begins_at.replace(microsecond=0)
    as_person("teacher").post(reverse("my_learning"), {"drop": "1"})
    assert client.get(path).status_code == 404
