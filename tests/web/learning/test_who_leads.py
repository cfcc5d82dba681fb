"""Who leads: shared or not, by role and school; private cycles stay private."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.records.snapshots.staff_groups import race_of
from evenrise.workspace.learning.models import LearningTeam
from evenrise.workspace.learning.queries.leading import everything_led
from evenrise.workspace.learning.queries.staff_groups import groups_shown
from evenrise.workspace.learning.queries.who_leads import who_leads_page
from evenrise.workspace.people.models import Person, StaffAssignment
from tests.web.cycles.a_cycle import make_cycle
from tests.web.learning.a_team import make_team


pytestmark = pytest.mark.django_db


def told_to(client) -> str:
    return client.get(reverse("who_leads")).content.decode()


def test_a_private_cycle_is_neither_named_nor_counted(db_district, cast, as_person):
    before = told_to(as_person("superintendent"))
    cycle = make_cycle(cast)
    same = told_to(as_person("superintendent"))
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    assert token.sub("", before) == token.sub("", same)
    assert cycle.title_en in told_to(as_person("coach"))
    cycle.shared_at, cycle.shared_by = timezone.now(), cast["teacher"]
    cycle.save()
    shared = told_to(as_person("superintendent"))
    assert cycle.title_en in shared
    assert cast["teacher"].name in shared


def test_adults_are_counted_by_role_and_school(db_district, cast):
    make_team(cast)
    page = who_leads_page(cast["superintendent"])
    roles = {one.name: one for one in page.roles}
    teachers = (
        StaffAssignment.objects.filter(role="teacher")
        .values("staff")
        .distinct()
        .count()
    )
    assert (roles["Teachers"].adults, roles["Teachers"].leading) == (str(teachers), "1")
    school = cast["principal"].grants_today[0].school
    schools = {one.name: one for one in page.schools}
    assert schools[school.name].leading == "1"
    assert [one.name for one in page.schools] == sorted(schools)
    assert page.sentence.startswith("1 adult leads")
    assert page.picture is not None


def test_whoever_leads_two_things_counts_once(db_district, cast):
    make_team(cast)
    make_team(cast, name="Second")
    page = who_leads_page(cast["counselor"])
    assert page.sentence.startswith("1 adult leads")
    led = everything_led(cast["counselor"], "en")
    assert [one.name for one in led] == ["Algebra, ninth grade", "Second"]


def test_what_ended_or_was_removed_is_not_led(db_district, cast):
    day = timezone.localdate() - dt.timedelta(days=1)
    make_team(cast, name="Ended", ends_on=day)
    make_team(cast, name="Gone", removed_at=timezone.now())
    assert everything_led(cast["counselor"], "en") == []
    assert who_leads_page(cast["counselor"]).sentence.startswith("Nobody is named")


def test_it_stands_in_spanish(db_district, cast, as_person):
    make_team(cast)
    page = told_to(as_person("teacher", "es"))
    assert "¿Se comparte aquí el liderazgo?" in page
    assert "Docentes" in page


@pytest.mark.parametrize(
    ("adults", "leading", "shown"),
    [
        ([60, 40], [15, 12], [True, True]),
        ([60, 40], [15, 9], [False, False]),  # the rest would tell of nine
        ([60, 40], [27, 0], [False, False]),  # "none of them" tells of each
        ([60, 40, 30], [15, 12, 11], [True, True, True]),
        ([60, 40, 30], [15, 12, 3], [True, False, False]),
        ([60, 9, 30], [15, 12, 11], [True, False, False]),
        ([60, 40, 30], [15, 12, 0], [True, False, False]),
        ([200], [50], [False]),
        ([], [], []),
    ],
)
def test_a_group_is_shown_where_nobody_is_told_by_it(adults, leading, shown):
    assert groups_shown(adults, leading) == shown


def test_groups_of_staff_need_many_who_lead(db_district, cast, as_person):
    make_team(cast)
    assert "too few" in told_to(as_person("counselor"))
    posts = StaffAssignment.objects.order_by("staff").values_list("staff", flat=True)
    known = set(Person.objects.values_list("staff_id", flat=True))
    for code in posts.distinct():
        if code in known:
            continue
        lead = Person.objects.create_user(f"{code}@a.example", staff_id=code)
        team = LearningTeam.objects.create(
            name=f"Team {code}",
            kind="teachers",
            begins_on=timezone.localdate(),
            made_by=lead,
        )
        team.members.create(person=lead, role="lead")
    page = who_leads_page(cast["counselor"])
    genders, races = page.families
    assert {one.name for one in genders.groups if one.shown} == {"Women", "Men"}
    shown = {one.name for one in races.groups if one.shown}
    assert "White" in shown
    assert "Filipino" not in shown
    assert all(one.of_all.endswith("0%") for one in genders.groups)


def test_an_adult_is_in_one_group():
    assert race_of("white", None, hispanic=True) == "hispanic"
    assert race_of("asian;white", None, hispanic=False) == "two_or_more"
    assert race_of("black", None, hispanic=None) == "black"
    assert race_of("other", None, hispanic=None) == "not_reported"
    assert race_of(None, "Hispanic", hispanic=None) == "hispanic"
    assert race_of(None, None, hispanic=None) == "not_reported"
