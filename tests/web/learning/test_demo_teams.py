"""The demo's adults meet, walk and lead; each word of theirs passes their own forms."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenrise.workspace.learning.demo_people import place_colleagues
from evenrise.workspace.learning.demo_teams import place_teams
from evenrise.workspace.learning.models import LearningTeam, LearningWalk
from evenrise.workspace.learning.queries.adult_names import adults_named
from evenrise.workspace.learning.queries.who_leads import who_leads_page
from tests.web.cycles.a_cycle import make_cycle


pytestmark = pytest.mark.django_db


def test_teams_a_walk_and_people_who_lead(db_district, cast, as_person):
    cycle = make_cycle(cast)
    colleagues = place_colleagues(db_district.as_of)
    for _time in range(2):  # once, however often
        place_teams(db_district.pages, cast, colleagues, cycle)
    assert LearningTeam.objects.count() == 5
    ninth = LearningTeam.objects.get(cycle=cycle)
    assert ninth.finding_key
    assert ninth.meetings.filter(held=True).count() == 2
    walk = LearningWalk.objects.get()
    words = [walk.question, walk.thanks]
    words += [f"{one.seen} {one.wondered}" for one in walk.notes.all()]
    assert adults_named(words, walk.school_id) == ()
    page = as_person("principal").get(reverse("walk", args=[walk.pk]))
    assert page.status_code == 200  # shared with the school
    assert who_leads_page(cast["board"]).sentence.startswith("5 adults lead")
