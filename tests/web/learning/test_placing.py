"""Placements: whose they are, who reads them, and what a school is shown."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.learning.actions import placing as verbs
from evenrise.workspace.learning.actions.maps import touch_map
from evenrise.workspace.learning.actions.placing import Placed
from evenrise.workspace.learning.models import ICMap, Placement
from evenrise.workspace.learning.queries.dosage import placed_of
from evenrise.workspace.learning.queries.placed import spreads_of
from evenrise.workspace.learning.terms import Term
from tests.web.cycles.a_cycle import home_of
from tests.web.learning.a_coaching import make_coaching
from tests.web.learning.a_map import SEEN, make_map, place_many, place_self
from tests.web.learning.an_initiative import make_initiative, place, teachers


pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 12, 5)
IN_TERM = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


@pytest.fixture
def one(db_district, cast) -> ICMap:
    return make_map(cast)


def first(one: ICMap) -> int:
    return int(one.components.values_list("pk", flat=True)[0])


def test_staff_place_themselves_and_read_it(one, as_person, cast):
    browser = as_person("teacher")
    url = reverse("place_myself", args=[one.slug])
    told = {"on": "2026-01-10", f"level_{first(one)}": "2"}
    answer = browser.post(url, told | {f"seen_{first(one)}": SEEN})
    assert answer.status_code == 302
    kept = Placement.objects.get()
    assert (kept.person, kept.by, kept.level, kept.kind) == (
        *(cast["teacher"],) * 2,
        2,
        "self",
    )
    assert SEEN in browser.get(reverse("my_practice")).content.decode()
    assert browser.get(url).status_code == 200


def test_nothing_and_a_day_to_come_are_not_placed(one, as_person, cast):
    url = reverse("place_myself", args=[one.slug])
    browser = as_person("counselor")
    assert browser.post(url, {"on": "2026-01-10"}).status_code == 422
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(InputProblem):
        verbs.place_myself(
            cast["counselor"],
            slug=one.slug,
            placed=[Placed(first(one), 1)],
            on=tomorrow,
            school_id=None,
        )
    assert not Placement.objects.exists()


def test_a_coach_places_while_an_agreed_coaching_lasts_and_not_otherwise(
    one, as_person, cast
):
    coaching = make_coaching(cast, agreed_at=None)
    url = reverse("place_colleague", args=[coaching.pk, one.slug])
    told = {
        "on": "2026-01-10",
        f"level_{first(one)}": "3",
        f"seen_{first(one)}": SEEN,
    }
    coach = as_person("coach")
    assert coach.get(url).status_code == 404
    coaching.agreed_at = timezone.now()
    coaching.save()
    assert coach.post(url, told).status_code == 302
    assert SEEN in coach.get(url).content.decode()
    assert SEEN in as_person("teacher").get(reverse("my_practice")).content.decode()
    for role in ("superintendent", "principal", "teacher", "steward"):
        assert as_person(role).get(url).status_code == 404
        assert as_person(role).post(url, told).status_code == 404
    coaching.closed_at = timezone.now()
    coaching.save()
    assert coach.get(url).status_code == 404


def test_nobody_above_reads_or_takes_back_a_placement(one, as_person, cast):
    kept = place_self(one, cast["teacher"])
    pages = (
        reverse("my_practice"),
        reverse("map_school", args=[one.slug]) + f"?school={home_of(cast)}",
        reverse("ic_map", args=[one.slug]),
        reverse("my_practice") + f"?back={kept.pk}",
    )
    for role in ("superintendent", "cabinet", "principal", "coach", "steward"):
        browser = as_person(role)
        for page in pages:
            assert SEEN not in browser.get(page).content.decode()
        back = reverse("placement_back", args=[kept.pk])
        assert browser.post(back).status_code == 404
    kept.refresh_from_db()
    assert kept.taken_back_at is None


def test_only_who_took_it_back_brings_it_back(one, cast):
    kept = Placement.objects.create(
        component_id=first(one),
        person=cast["teacher"],
        level=3,
        kind="observer",
        by=cast["coach"],
        on=timezone.localdate(),
    )
    verbs.take_back(cast["teacher"], placement=kept.pk)
    with pytest.raises(NotYours):
        verbs.take_back(cast["coach"], placement=kept.pk, again=True)
    verbs.take_back(cast["teacher"], placement=kept.pk, again=True)
    kept.refresh_from_db()
    assert kept.taken_back_at is None


def test_a_school_is_shown_from_ten_people_and_never_by_subtraction(one, cast):
    home = home_of(cast)
    other = cast["other_principal"].grants_today[0].school_id
    place_many(one, home, [1, 2, 2, 3, 3, 3, 3, 4, 4], IN_TERM)
    place_many(one, other, [1] * 6 + [2] * 6, IN_TERM)
    term = Term.of(IN_TERM.date())
    shown = spreads_of(one, TODAY)[first(one)][term]
    # Nine at home: showing the other school would tell them by subtraction.
    assert shown.places == {}
    assert shown.together.n == 21
    place_many(one, home, [2], IN_TERM)
    shown = spreads_of(one, TODAY)[first(one)][term]
    assert {place: one.n for place, one in shown.places.items()} == {
        home: 10,
        other: 12,
    }


def test_a_count_stands_only_after_its_term_and_then_never_changes(one, cast):
    home = home_of(cast)
    place_many(one, home, [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], IN_TERM)
    assert spreads_of(one, Term.of(IN_TERM.date()).after - dt.timedelta(days=1)) == {}
    before = spreads_of(one, TODAY)[first(one)][Term.of(IN_TERM.date())]
    late = Placement.objects.filter(level=4).first()
    verbs.take_back(late.person, placement=late.pk)
    late.refresh_from_db()
    late.taken_back_at = dt.datetime(2026, 12, 3, 12, tzinfo=dt.UTC)
    late.save()
    place_many(one, home, [1, 1], dt.datetime(2026, 12, 2, 12, tzinfo=dt.UTC))
    after = spreads_of(one, TODAY)[first(one)][Term.of(IN_TERM.date())]
    assert before == after


def test_everybody_counts_once_with_their_last_placement(one, cast):
    home = home_of(cast)
    place_many(one, home, [4] * 12, IN_TERM)
    for kept in Placement.objects.all():
        kept.pk, kept.level, kept.at = None, 1, IN_TERM + dt.timedelta(days=1)
        kept.save()
    shown = spreads_of(one, TODAY)[first(one)][Term.of(IN_TERM.date())]
    assert shown.places[home].n == 12
    assert shown.places[home].tenths == (9, 1, 1, 1)


def test_the_page_tells_shares_and_no_counts_of_a_level(one, cast, as_person):
    place_many(
        one, home_of(cast), [1] + [2] * 10, dt.datetime(2026, 1, 20, tzinfo=dt.UTC)
    )
    url = reverse("map_school", args=[one.slug]) + f"?school={home_of(cast)}"
    page = as_person("principal").get(url).content.decode()
    assert "9 in 10 or more" in page
    assert "1 in 10 or fewer" in page
    assert "P 1" not in page


def test_words_that_changed_are_said_on_what_was_placed_before(one, cast, as_person):
    verbs.place_myself(
        cast["teacher"],
        slug=one.slug,
        placed=[Placed(first(one), 2)],
        on=timezone.localdate(),
        school_id=None,
    )
    browser = as_person("teacher")
    words = "the map&#x27;s words have changed since"
    assert words not in browser.get(reverse("my_practice")).content.decode()
    touch_map(one, timezone.now())
    assert Placement.objects.count() == 1
    page = browser.get(reverse("my_practice")).content.decode()
    assert words in page or "the map's words have changed since" in page


def test_two_looks_at_an_initiative_tell_nothing_of_a_colleague(db_district, cast):
    """A placement written today changes the chain only once its term has ended."""
    initiative = make_initiative(cast)
    people = teachers(12)
    place(initiative, people, [3, 2])
    before = placed_of(initiative, timezone.localdate())
    assert before is not None
    assert before.people == 12
    component = initiative.map.components.get()
    Placement.objects.create(
        component=component,
        person=people[0],
        level=1,
        kind="self",
        by=people[0],
        on=timezone.localdate(),
    )
    last = Placement.objects.filter(person=people[1]).first()
    verbs.take_back(people[1], placement=last.pk)
    assert placed_of(initiative, timezone.localdate()) == before
