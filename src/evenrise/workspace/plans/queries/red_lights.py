"""Red lights that wait for a written response: of a plan, and of a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.findings.promises.model import MeasureReading
from evenrise.publishing.page_store import PageStore
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.insights.access import places_with
from evenrise.workspace.insights.due import Due
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.models import Measure, RedLightAnswer
from evenrise.workspace.plans.queries.content import measure_content
from evenrise.workspace.plans.queries.readings import read_measure


MOST_DUE = 2


@dataclass(frozen=True, slots=True)
class Light:
    """A measure whose red light is on, and the answer that counts (None: it waits)."""

    measure: Measure
    reading: MeasureReading
    answer: RedLightAnswer | None


def _lights(which: Q, pages: PageStore | None) -> Iterator[Light]:
    measures = list(
        Measure.objects.filter(which, removed_at=None, rung__removed_at=None)
        .exclude(indicator="")
        .select_related("rung__plan")
        .order_by("rung__plan", "rung__place", "place", "id")
    )
    read = [
        (one, read_measure(measure_content(one), pages, one.rung.plan.school_id or ""))
        for one in measures
    ]
    red = [(one, reading) for one, reading in read if reading.red]
    answers = answers_to(one for one, _reading in red)
    for one, reading in red:
        yield Light(one, reading, answered(answers.get(one.pk, []), reading))


def answers_to(measures: Iterable[Measure]) -> dict[int, list[RedLightAnswer]]:
    """All answers of measures, the latest first, by the measure: one query."""
    found: dict[int, list[RedLightAnswer]] = {}
    keys = [one.pk for one in measures]
    if not keys:
        return found
    for one in RedLightAnswer.objects.filter(measure__in=keys).select_related("by"):
        found.setdefault(one.measure_id, []).append(one)
    return found


def answered(
    answers: Iterable[RedLightAnswer], reading: MeasureReading
) -> RedLightAnswer | None:
    """The answer that counts: to this year and this reading, not taken back."""
    last = reading.latest
    if last is None:
        return None
    return next(
        (
            one
            for one in answers
            if one.taken_back_at is None
            and one.school_year == last.year
            and one.reading == str(reading.label)
        ),
        None,
    )


def due_lights(person: Person) -> list[Due]:
    """Start page: red lights without an answer, of the plans that are a person's own.

    A principal's own school; the district's plan for whoever writes for the district.
    """
    places = places_with(person, Right.WRITE_PLANS)
    if not (places.district or places.schools):
        return []
    own = Q(rung__plan__school__in=places.schools)
    if places.district:
        own |= Q(rung__plan__school=None)
    which = own & Q(rung__plan__set_aside_at=None)
    waiting = [one for one in _lights(which, current_pages()) if one.answer is None]
    lines = [_due(one) for one in waiting[:MOST_DUE]]
    more = len(waiting) - MOST_DUE
    if more > 0:
        plan = waiting[MOST_DUE].measure.rung.plan
        words = ngettext(
            "%(n)s more measure waits for a written answer",
            "%(n)s more measures wait for a written answer",
            more,
        )
        lines.append(
            Due(words % {"n": more}, reverse("plan_measures", args=[plan.slug]))
        )
    return lines


def _due(light: Light) -> Due:
    what = light.reading.promise.what[reader_language()]
    rung = light.measure.rung
    url = reverse("measure", args=[rung.plan.slug, rung.key, light.measure.key])
    return Due(_("Red light: answer in writing about “%(what)s”") % {"what": what}, url)
