"""Days of another age: no page stops because somebody wrote one, for them or others."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenrise.workspace.cycles.models import CycleState, WeekCount
from tests.web.cycles.a_cycle import make_cycle


pytestmark = pytest.mark.django_db
AGES = ("0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31")


@pytest.mark.parametrize("day", AGES)
def test_a_cycle_takes_no_day_of_another_age(cast, as_person, day):
    cycle = make_cycle(cast, state=CycleState.DRAFT, locked_at=None)
    browser = as_person("teacher")
    url = reverse("cycle_change", args=[cycle.pk, "try"])
    answer = browser.post(url, {"begins_on": day, "until": day, "seen": cycle.version})
    assert answer.status_code == 422
    assert "1900 to 2199" in answer.content.decode()
    cycle.refresh_from_db()
    assert str(cycle.begins_on) != day
    measure = cycle.measures.earliest("pk")
    pasted = reverse("weeks_paste", args=[cycle.pk, measure.pk])
    rows = f"2026-09-14, 3, 60\n{day}, 3, 60"
    assert browser.post(pasted, {"rows": rows}).status_code == 422
    assert not WeekCount.objects.filter(measure=measure, week_on=day).exists()


@pytest.mark.parametrize("day", AGES)
def test_an_address_with_such_a_day_opens_the_page(cast, as_person, day):
    cycle = make_cycle(cast)
    measure = cycle.measures.earliest("pk")
    url = reverse("weeks_count", args=[cycle.pk, measure.pk])
    assert as_person("teacher").get(url, {"from": day}).status_code == 200


@pytest.mark.parametrize("back", ["students", "0001-01-01", "//evil.example", "\\\\e"])
def test_the_language_leads_back_to_an_address_of_ours(client, db_district, back):
    answer = client.post(reverse("language"), {"language": "es", "next": back})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
