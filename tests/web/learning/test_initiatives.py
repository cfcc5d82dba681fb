"""Initiatives: the chain from counts of adults and facts of students, and its pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from evenrise.findings.chain.model import Holds, Link
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.learning.models import (
    Initiative,
    InitiativeState,
    Placement,
)
from evenrise.workspace.learning.queries.chain import chain_of
from evenrise.workspace.learning.queries.dosage import (
    Seen,
    dosage_of,
    meant_for,
    placed_by_level,
    placed_of,
)
from evenrise.workspace.people.models import School, StaffAssignment
from tests.web.learning.an_initiative import (
    let_learn,
    make_initiative,
    place,
    teachers,
)


pytestmark = pytest.mark.django_db
BEGAN = dt.date(2026, 3, 1)


def test_hours_add_up_over_sessions_and_others_do_not_count(cast):
    one = make_initiative(cast)
    eight = teachers(8)
    let_learn(one, [*eight, cast["coach"]], "4")
    let_learn(one, eight[:5], "2")
    withdrawn = let_learn(one, eight[5:], "9")
    withdrawn.sign_ups.update(withdrawn_at=timezone.now())
    dosage = dosage_of(one, timezone.localdate())
    assert (dosage.some, dosage.enough) == (8, 5)
    assert dosage.meant >= 8


def test_an_initiative_of_a_school_counts_its_adults_alone(cast):
    one = make_initiative(cast)
    home = cast["principal"].grants_today[0].school
    other = cast["other_principal"].grants_today[0].school
    before = dosage_of(one, timezone.localdate()).meant
    teachers(3, str(home.pk))
    teachers(4, str(other.pk))
    assert dosage_of(one, timezone.localdate()).meant == before + 7
    one.schools.set([other])
    assert dosage_of(one, timezone.localdate()).meant == 4


def test_a_teacher_whose_role_names_no_school_counts_where_their_post_is(cast):
    one = make_initiative(cast)
    teacher = cast["teacher"]
    post = StaffAssignment.objects.filter(staff=teacher.staff_id).first()
    assert {grant.school_id for grant in teacher.grants_today} == {None}
    one.schools.set([post.school])
    assert teacher in meant_for(one, timezone.localdate())
    one.schools.set([cast["other_principal"].grants_today[0].school])
    assert teacher not in meant_for(one, timezone.localdate())


def test_the_same_people_are_placed_twice(cast):
    one = make_initiative(cast)
    people = teachers(12)
    place(one, people[:10], [3, 2])
    place(one, people[10:], [3])
    placed = placed_of(one, timezone.localdate())
    assert (placed.people, placed.there) == (12, 10)
    assert (placed.pairs.gained, placed.pairs.n) == (10, 10)
    chain = chain_of(one, current_pages(), timezone.localdate())
    assert chain.link(Link.PRACTICE).holds is Holds.YES


def test_a_colleague_is_not_the_difference_of_two_initiatives(cast):
    """Whoever organizes learning chooses roles, schools and days as they like."""
    first = make_initiative(cast)
    place(first, [*teachers(12), cast["counselor"]], [3, 2])
    further = {"slug": "further", "map": first.map, "roles": ["teacher", "counselor"]}
    today = timezone.localdate()
    with_counselors = make_initiative(cast, **further)
    assert placed_of(with_counselors, today) == placed_of(first, today)
    # All of the district less eleven of one school would be the two of another.
    schools = School.objects.filter(current=True)[:2]
    people = sorted(set(Placement.objects.values_list("person", flat=True)))
    Placement.objects.filter(person__in=people[:11]).update(school=schools[0])
    Placement.objects.filter(person__in=people[11:]).update(school=schools[1])
    for chosen in ([schools[0]], [schools[1]], schools):
        first.schools.set(chosen)
        placed = placed_of(first, today)
        assert (placed.people, placed.pairs.n, placed.left_out) == (0, 0, True)
    link = chain_of(first, None, today).link(Link.PRACTICE)
    assert (link.holds, link.n) == (Holds.TOO_FEW, None)


def test_an_observers_view_and_ones_own_are_never_mixed():
    def seen(day: int, level: int, *, observer: bool) -> Seen:
        return Seen(1, 1, dt.date(2026, 3, day), level, observer)

    own_first = [seen(1, 4, observer=False), seen(9, 1, observer=True)]
    placed = placed_by_level(own_first, 2, BEGAN)
    assert placed.there == 0  # one's own: the observer came once
    assert placed.pairs.n == 0
    observed = [*own_first, seen(20, 2, observer=True)]
    placed = placed_by_level(observed, 2, BEGAN)
    assert (placed.there, placed.pairs.both) == (1, 1)


def test_what_changed_before_it_began_is_not_its_doing():
    def seen(month: int, level: int) -> Seen:
        return Seen(1, 1, dt.date(2026, month, 9), level, by_observer=False)

    before = [seen(1, 4), seen(2, 2)]
    assert placed_by_level(before, 2, BEGAN).pairs.n == 0
    assert placed_by_level(before, 2, BEGAN).there == 1
    since = placed_by_level([*before, seen(4, 2)], 2, BEGAN).pairs
    assert (since.both, since.gained) == (1, 0)
    worse = placed_by_level([*before, seen(4, 3)], 2, BEGAN).pairs
    assert worse.lost == 1


def test_students_are_read_from_the_year_before(cast):
    one = make_initiative(cast)
    chain = chain_of(one, current_pages(), timezone.localdate())
    read = chain.students[0]
    assert read.promise.baseline_year == one.begins_year - 1
    assert chain.link(Link.STUDENTS).holds is not Holds.NO_DATA


def test_the_page_says_the_chain_and_names_no_adult(cast, as_person):
    one = make_initiative(cast)
    people = teachers(12)
    let_learn(one, people, "6")
    place(one, people, [3, 1])
    page = as_person("board").get(f"/initiatives/{one.slug}")
    told = page.content.decode()
    assert page.status_code == 200
    assert "Practice changed" in told
    assert "What it cannot show" in told
    assert not [one.name for one in people if one.name in told]


def test_nine_adults_are_not_told(cast, as_person):
    one = make_initiative(cast)
    nine = teachers(9)
    place(one, nine, [3, 1])
    told = as_person("superintendent").get(f"/initiatives/{one.slug}").content.decode()
    assert "Fewer than ten adults" in told


def _said(**changed: object) -> dict[str, object]:
    return {
        "title_en": "Known by name",
        "title_es": "Por su nombre",
        "begins_on": "2026-08-10",
        "roles": ["teacher"],
        "hours": "6",
        "level": "2",
        "group": ":",
        **changed,
    }


def test_it_is_begun_changed_ended_removed_and_brought_back(cast, as_person):
    lead = as_person("superintendent")
    made = lead.post("/initiatives/new", _said())
    assert made.status_code == 302
    one = Initiative.objects.get()
    assert (one.begins_year, one.state) == (2027, InitiativeState.PLANNED)
    url = f"/initiatives/{one.slug}"
    lead.post(f"{url}/change", _said(title_en="By their names", seen=one.version))
    lead.post(f"{url}/state", {"state": "underway"})
    one.refresh_from_db()
    assert (one.title_en, one.state) == ("By their names", InitiativeState.UNDERWAY)
    stale = lead.post(f"{url}/change", _said(seen=1))
    assert stale.status_code == 422
    assert lead.post(f"{url}/remove").status_code == 200
    assert lead.get(url).status_code == 404
    lead.post(f"{url}/restore")
    assert lead.get(url).status_code == 200


def test_what_was_mended_stands_with_the_chain(cast, as_person):
    one = make_initiative(cast)
    lead = as_person("superintendent")
    url = f"/initiatives/{one.slug}"
    refused = lead.post(f"{url}/mended", {"link": "practice"})
    assert refused.status_code == 422
    told = {"link": "practice", "text_en": "Coaching was added."}
    page = lead.post(f"{url}/mended", told, follow=True)
    assert "Coaching was added." in page.content.decode()
    mended = one.mended.get(text_en="Coaching was added.")
    page = lead.post(f"{url}/mended/{mended.pk}/back", follow=True)
    assert "Coaching was added." not in page.content.decode()


def test_a_principal_begins_one_for_their_own_school_alone(cast, as_person):
    principal = as_person("principal")
    home = str(cast["principal"].grants_today[0].school_id)
    other = School.objects.filter(current=True).exclude(pk=home).first()
    district = principal.post("/initiatives/new", _said())
    assert district.status_code == 404
    page = principal.post("/initiatives/new", _said(schools=[str(other.pk)]))
    assert page.status_code == 422  # it is not offered
    assert principal.post("/initiatives/new", _said(schools=[home])).status_code == 302
    assert str(Initiative.objects.get().schools.get().pk) == home
