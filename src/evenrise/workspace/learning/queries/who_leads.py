"""Is leading shared? By role and by school; who leads what; never a ranking.

The adults are those of the district's records with a post today, and those with an
account and no post there (the district's office). Somebody with two posts counts in
both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.publishing import numbers
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.insights.queries.pictures import Shown, show
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.learning.access import FEWEST, LEARNING
from evenrise.workspace.learning.queries.leading import Led, everything_led
from evenrise.workspace.learning.queries.posts import Stamp, posts_stamp
from evenrise.workspace.learning.queries.staff_groups import (
    FamilyShares,
    families_leading,
)
from evenrise.workspace.people.models import (
    Person,
    RoleGrant,
    School,
    StaffAssignment,
)
from evenrise.workspace.people.roles import Role


MOST = 300  # things that the list names
_CENTRAL = "central"
_OF_OTHERS = frozenset({Role.BOARD, Role.REVIEWER, Role.ADMINISTRATOR})
# In the order of the records' contract; never by how many lead.
ROLES: dict[str, Text] = {
    "teacher": Text("Teachers", "Docentes"),
    "counselor": Text("Counselors", "Consejería"),
    "principal": Text("Principals", "Dirección"),
    "assistant_principal": Text("Assistant principals", "Subdirección"),
    "coach": Text("Coaches", "Acompañamiento docente"),
    "specialist": Text("Specialists", "Especialistas"),
    "aide": Text("Aides", "Asistentes"),
    _CENTRAL: Text("The district's office", "La oficina del distrito"),
    "other": Text("Other staff", "Otro personal"),
}
_OF_ACCOUNTS = {
    Role.TEACHER: "teacher",
    Role.COUNSELOR: "counselor",
    Role.PRINCIPAL: "principal",
    Role.COACH: "coach",
}


@dataclass(frozen=True, slots=True)
class Share:
    """How many adults of a role, or of a school, lead something."""

    name: str
    adults: str
    leading: str
    share: str


@dataclass(frozen=True, slots=True)
class LedLine:
    """One thing that is led, as a row shows it."""

    kind: str
    name: str
    language: Language
    url: str
    school: str
    leads: str


@dataclass(frozen=True, slots=True)
class WhoLeadsPage:
    """Whether leading is shared."""

    sentence: str
    roles: tuple[Share, ...]
    schools: tuple[Share, ...]
    picture: Shown | None
    families: tuple[FamilyShares, ...]
    lines: tuple[LedLine, ...]
    further: int


@dataclass(frozen=True, slots=True)
class _Posts:
    """Adults by role and by school: how many there are, which of the leaders."""

    adults: Mapping[str, int]
    leading: Mapping[str, set[int]]


def who_leads_page(person: Person) -> WhoLeadsPage:
    """The page, as far as the person reads what is led."""
    language = reader_language()
    led = everything_led(person, language)
    leaders = {one.pk: one for thing in led for one in thing.leads}
    roles, schools = _posts(leaders)
    told = [(key, name) for key, name in ROLES.items() if roles.adults.get(key)]
    names = School.objects.filter(pk__in=list(schools.adults)).order_by("name", "pk")
    return WhoLeadsPage(
        sentence=_sentence(leaders, led, roles),
        roles=tuple(_share(name[language], key, roles, language) for key, name in told),
        schools=tuple(_share(one.name, one.pk, schools, language) for one in names),
        picture=_picture(told, roles, language),
        families=families_leading(
            {one.staff_id for one in leaders.values() if one.staff_id}, language
        ),
        lines=tuple(_line(one) for one in led[:MOST]),
        further=max(0, len(led) - MOST),
    )


def _posts(leaders: Mapping[int, Person]) -> tuple[_Posts, _Posts]:
    """By role and by school; few queries whatever the size of the district."""
    counted = _counted(posts_stamp())
    of_role, of_school = dict(counted[0]), dict(counted[1])
    posts = StaffAssignment.objects.order_by()
    by_role: dict[str, set[int]] = defaultdict(set)
    by_school: dict[str, set[int]] = defaultdict(set)
    by_staff = {one.staff_id: one.pk for one in leaders.values() if one.staff_id}
    for staff, role, school in posts.filter(staff__in=list(by_staff)).values_list(
        "staff", "role", "school"
    ):
        by_role[_known(role)].add(by_staff[staff])
        by_school[school].add(by_staff[staff])
    without: dict[tuple[str, str], set[int]] = defaultdict(set)
    for key, held, place in _without_post():
        without["role", _OF_ACCOUNTS.get(Role(held), _CENTRAL)].add(key)
        if place:
            without["school", place].add(key)
    for (what, name), people in without.items():
        adults, leading = (
            (of_role, by_role) if what == "role" else (of_school, by_school)
        )
        adults[name] = adults.get(name, 0) + len(people)
        leading[name] |= people & set(leaders)
    return _Posts(of_role, by_role), _Posts(of_school, by_school)


@lru_cache(maxsize=2)
def _counted(stamp: Stamp) -> tuple[dict[str, int], dict[str, int]]:
    """How many adults have a post, by role and by school."""
    del stamp
    of_role: dict[str, int] = {}
    counted = Count("staff", distinct=True)
    posts = StaffAssignment.objects.order_by()
    for role, adults in posts.values_list("role").annotate(counted):
        of_role[_known(role)] = of_role.get(_known(role), 0) + adults
    return of_role, dict(posts.values_list("school").annotate(counted))


def _known(role: str) -> str:
    return role if role in ROLES else "other"


def _without_post() -> list[tuple[int, str, str | None]]:
    """Adults with an account and no post in the records: key, role, school."""
    posts = StaffAssignment.objects.order_by().values("staff")
    people = Person.objects.filter(is_active=True).exclude(staff_id__in=posts)
    grants = RoleGrant.objects.on(timezone.localdate()).order_by()
    found = grants.filter(person__in=people.values("pk")).values_list(
        "person", "role", "school"
    )
    rows = [(key, role, school) for key, role, school in found]
    learning = {key for key, role, _school in rows if role in LEARNING}
    return [row for row in rows if row[0] in learning and row[1] not in _OF_OTHERS]


def _share(name: str, key: str, posts: _Posts, language: Language) -> Share:
    told = _words(posts.adults[key], len(posts.leading.get(key, ())), language)
    return Share(name, *told)


@lru_cache(maxsize=2_000)  # of a thousand schools, hundreds have as many adults
def _words(adults: int, leading: int, language: Language) -> tuple[str, str, str]:
    share = _of_all(leading, adults)
    return (
        numbers.count(adults, language),
        numbers.count(leading, language),
        numbers.estimate(share, "share", language) if share.known else "–",
    )


def _of_all(leading: int, adults: int) -> Estimate:
    """The share that leads; of few adults the two counts say all there is."""
    if adults < FEWEST:
        return Estimate.unknown(Reason.TOO_FEW, n=adults)
    return Estimate(leading / adults, n=adults)


def _sentence(leaders: Mapping[int, Person], led: list[Led], roles: _Posts) -> str:
    """How many lead how much; and how many of them are teachers."""
    if not leaders:
        return _(
            "Nobody is named yet as leading a team, a cycle, a step of a plan or an "
            "initiative."
        )
    teachers = roles.leading.get("teacher", set())
    told = ngettext(
        "%(n)d adult leads a team, a shared cycle, a step of a plan or an initiative.",
        "%(n)d adults lead a team, a shared cycle, a step of a plan or an initiative.",
        len(leaders),
    ) % {"n": len(leaders)}
    things = sum(1 for one in led if one.leads)
    return (
        told
        + " "
        + _("These are %(things)d in all. Teachers among those who lead: %(teachers)d.")
        % {"things": things, "teachers": len(teachers)}
    )


def _picture(
    told: list[tuple[str, Text]], roles: _Posts, language: Language
) -> Shown | None:
    """How many in a hundred lead, by role; a count of all, so without an interval."""
    if not told:
        return None
    title = Text(
        "Adults who lead something, of all in their role",
        "Personas que dirigen algo, de todas las de su puesto",
    )
    marks = []
    for key, name in told:
        adults, leading = roles.adults[key], len(roles.leading.get(key, ()))
        marks.append(Mark(name, _of_all(leading, adults)))
    known = [mark for mark in marks if mark.estimate.known]
    if not known:
        return None
    most = max(known, key=lambda mark: mark.estimate.value or 0)
    value = numbers.estimate(most.estimate, "share", "en")
    alternative = Text(
        f"{len(known)} roles of ten adults and more; the largest share that leads is "
        f"{value} ({most.label.en}).",
        f"{len(known)} puestos de diez personas o más; la mayor parte que dirige es "
        f"{numbers.estimate(most.estimate, 'share', 'es')} ({most.label.es}).",
    )
    scale = Scale("share", "neutral", title)
    picture = GapDots(title, alternative, scale, tuple(marks))
    return show(picture, language, "who-leads")


def _line(one: Led) -> LedLine:
    return LedLine(
        one.kind,
        one.name,
        one.language,
        one.url,
        one.school,
        ", ".join(sorted(person.name for person in one.leads)),
    )
