"""The catalogue of the demo: whole, in both languages, and shown where ten stand."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.learning.demo_catalogue import place_catalogue
from evenrise.workspace.learning.demo_people import place_colleagues
from evenrise.workspace.learning.models import Offering, PartnerHours
from evenrise.workspace.learning.queries.feedback import heard_of
from evenrise.workspace.learning.queries.learning_hours import hours_page


def test_the_demo_has_a_catalogue(cast, db_district, as_person):
    colleagues = place_colleagues(timezone.localdate())
    made = place_catalogue(cast, colleagues)
    assert len(made) == 5
    assert place_catalogue(cast, colleagues) == (), "once"
    assert all(one.title_en and one.title_es and one.stale is None for one in made)
    assert heard_of(made[0], timezone.now(), "es").answers >= 10
    page = hours_page(cast["superintendent"], None, timezone.localdate(), "en")
    assert any(row.shown for table in page.tables for row in table.rows)
    assert PartnerHours.objects.count() == 6
    browser = as_person("teacher")
    for name, arguments in (
        ("catalogue", []),
        ("my_learning", []),
        ("offering", [made[0].slug]),
    ):
        for language in ("en", "es"):
            headers = {"accept-language": language}
            answer = browser.get(reverse(name, args=arguments), headers=headers)
            assert answer.status_code == 200
    assert Offering.objects.filter(sessions=None).count() == 1
