"""From what a cycle may begin, and what its forms offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.access import cycles_of
from evenrise.workspace.cycles.models import Cycle, SpotVisit, StartsFrom
from evenrise.workspace.cycles.said import aim_groups
from evenrise.workspace.data.standing import pages_of, standing
from evenrise.workspace.insights.access import own_schools
from evenrise.workspace.insights.models import Decision
from evenrise.workspace.insights.queries.stand import findings_by_key
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.roles import Scope
from evenrise.workspace.plans.models import PlanKind, Rung, RungKind
from evenrise.workspace.plans.said import kind_words


Choice = tuple[str, str]
_SERVED = (RungKind.GOAL, RungKind.STRATEGY, RungKind.STEP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What made a team ask, in words as they stood on that day."""

    starts_from: str = StartsFrom.OWN
    finding_key: str = ""
    headline_en: str = ""
    headline_es: str = ""
    snapshot: str = ""
    rung_id: int | None = None
    follows_id: int | None = None


@dataclass(frozen=True, slots=True)
class Starting:
    """A ground, and what a new cycle's form says already."""

    ground: Ground
    notice: str = ""
    wonder: str = ""
    school_id: str = ""


def starting(
    person: Person, asked: dict[str, str], language: Language
) -> Starting | None:
    """From what a new cycle begins.

    Args:
        person: who begins it.
        asked: at most one of `finding`, `rung` (PLAN/KEY), `follows`, `visit`; a
            finding may come with the rung that it is to serve.
        language: the reader's.

    Returns:
        The ground; None where what was named is not there, or not theirs.
    """
    told = {name: value for name, value in asked.items() if value}
    for name, find in _FINDS.items():
        if name in told:
            return find(person, told, language)
    return Starting(Ground())


def _finding(
    _person: Person, told: dict[str, str], language: Language
) -> Starting | None:
    key = told["finding"].replace("\x00", "")
    now = standing()
    line = findings_by_key(pages_of(now.snapshot)).get(key) if now else None
    rung_id = None
    if told.get("rung"):
        found = _rung_named(told["rung"])
        if found is None:
            return None
        rung_id = found.pk
    if line is not None and now is not None:
        words, snapshot = line.sentence, now.snapshot
        school = line.organization_id
    else:
        decided = Decision.objects.filter(finding_key=key).first()
        if decided is None:
            return None
        words, snapshot = decided.sentence, decided.snapshot
        school = decided.organization_id
    ground = Ground(
        starts_from=StartsFrom.FINDING,
        finding_key=key,
        headline_en=words.en,
        headline_es=words.es,
        snapshot=snapshot,
        rung_id=rung_id,
    )
    at_school = School.objects.filter(pk=school).exists()
    return Starting(ground, notice=words[language], school_id=school * at_school)


def _rung(
    _person: Person, told: dict[str, str], _language: Language
) -> Starting | None:
    found = _rung_named(told["rung"])
    if found is None:
        return None
    ground = Ground(
        starts_from=StartsFrom.RUNG,
        headline_en=found.title_en,
        headline_es=found.title_es,
        rung_id=found.pk,
    )
    return Starting(ground, school_id=found.plan.school_id or "")


def _rung_named(name: str) -> Rung | None:
    """A rung that stands, of a plan in work: `PLAN/KEY`."""
    plan, _slash, key = name.replace("\x00", "").partition("/")
    return (
        Rung.objects.select_related("plan")
        .filter(plan__slug=plan, plan__set_aside_at=None, key=key, removed_at=None)
        .first()
    )


def _visit(person: Person, told: dict[str, str], language: Language) -> Starting | None:
    number = told["visit"]
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    found = (
        SpotVisit.objects.filter(Q(by=person) | Q(shared_at__isnull=False))
        .filter(pk=number, removed_at=None)
        .first()
    )
    if found is None:
        return None
    seen = _finding(person, {"finding": found.finding_key}, language)
    ground = Ground(
        starts_from=StartsFrom.SPOT,
        finding_key=found.finding_key,
        headline_en=seen.ground.headline_en if seen else "",
        headline_es=seen.ground.headline_es if seen else "",
        snapshot=found.snapshot,
    )
    return Starting(ground, notice=seen.notice if seen else "", wonder=found.hypothesis)


_Find = Callable[[Person, dict[str, str], Language], Starting | None]
_FINDS: dict[str, _Find] = {"finding": _finding, "rung": _rung, "visit": _visit}


def followed(person: Person, number: str) -> Cycle | None:
    """A cycle of the person's own team that the next one may follow."""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return cycles_of(person).filter(pk=number).first()


def school_choices(person: Person, cycle: Cycle | None = None) -> list[Choice]:
    """The person's schools; every school for whoever works in the district's office."""
    schools = School.objects.filter(current=True)
    wide = any(grant.scope == Scope.DISTRICT for grant in person.grants_today)
    if not wide:
        kept = own_schools(person) | {cycle.school_id if cycle else None}
        schools = schools.filter(pk__in=[code for code in kept if code])
    found = schools.order_by("name").values_list("school_id", "name")
    return [("", _("No one school: several, or the district")), *found]


def group_choices(language: Language) -> list[Choice]:
    """The groups of students that an aim may name."""
    return [(code, one.name[language]) for code, one in aim_groups().items()]


def rung_choices(
    person: Person, cycle: Cycle | None, language: Language
) -> list[Choice]:
    """Goals, strategies and steps of the district's plans and of the near schools'."""
    near = {*own_schools(person), cycle.school_id if cycle else None}
    among = Q(plan__kind=PlanKind.DISTRICT) | Q(
        plan__school__in=[code for code in near if code]
    )
    if cycle is not None and cycle.rung_id:
        among |= Q(pk=cycle.rung_id)
    rows = (
        Rung.objects.filter(
            among, kind__in=_SERVED, removed_at=None, plan__set_aside_at=None
        )
        .select_related("plan__school")
        .order_by("plan__kind", "plan__slug", "kind", "place", "id")
    )
    return [("", _("None")), *((str(one.pk), _named(one, language)) for one in rows)]


def _named(one: Rung, language: Language) -> str:
    whose = (
        one.plan.school.name if one.plan.school else one.plan.said("title", language)[0]
    )
    title, _written = one.said("title", language)
    return f"{whose}: {kind_words(one.kind)}: {title}"
