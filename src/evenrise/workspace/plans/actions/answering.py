"""Verbs about red lights: what will be done, said in writing; and taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.publishing.page_store import PageStore
from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.finding import held_plan, held_rung
from evenrise.workspace.plans.models import Measure, RedLightAnswer, Rung
from evenrise.workspace.plans.queries.content import measure_content
from evenrise.workspace.plans.queries.readings import read_measure


def answer_red_light(  # noqa: PLR0913 - which light, in both languages
    person: Person,
    *,
    plan: str,
    key: str,
    measure: str,
    year: int,
    text_en: str,
    text_es: str,
    pages: PageStore | None,
) -> RedLightAnswer:
    """Say what will be done about a measure that is not as it was promised.

    Args:
        person: who writes the plan.
        plan: the plan's slug.
        key: the rung's.
        measure: the measure's key.
        year: the school year whose reading is answered.
        text_en: the answer in English.
        text_es: the same in Spanish.
        pages: the protected facts.

    Raises:
        NotYours: when it is not there, or not theirs.
        InputProblem: when no light is on for that year, or nothing was written.
    """
    with transaction.atomic():
        one = held_plan(person, plan)
        found = _measure(held_rung(one, key), measure)
        reading = read_measure(measure_content(found), pages, one.school_id or "")
        last = reading.latest
        if not reading.red or last is None or last.year != year:
            raise InputProblem(
                _("No red light is on for this measure and year; read it again.")
            )
        if not (text_en or text_es):
            raise InputProblem(_("Write what will be done, in one of the languages."))
        answer = RedLightAnswer.objects.create(
            measure=found,
            school_year=year,
            reading=str(reading.label),
            text_en=text_en,
            text_es=text_es,
            by=person,
        )
        about = About("measure", f"{one.slug}/{key}/{found.key}")
        record(person, "plans.answer_red_light", about, year=year)
    return answer


def take_answer_back(person: Person, *, plan: str, answer: int) -> RedLightAnswer:
    """Take an answer back; it stays readable as taken back, and the light waits again.

    Raises:
        NotYours: when it is not there, not theirs, or taken back already.
    """
    with transaction.atomic():
        one = held_plan(person, plan)
        found = (
            RedLightAnswer.objects.select_for_update(of=("self",))
            .select_related("measure__rung")
            .filter(pk=answer, measure__rung__plan=one, taken_back_at=None)
            .first()
        )
        if found is None:
            raise NotYours
        found.taken_back_at = timezone.now()
        found.save(update_fields=["taken_back_at"])
        rung = found.measure.rung
        about = About("measure", f"{one.slug}/{rung.key}/{found.measure.key}")
        record(person, "plans.take_answer_back", about, year=found.school_year)
    return found


def _measure(rung: Rung, key: str) -> Measure:
    found = rung.measures.filter(key=key.replace("\x00", ""), removed_at=None).first()
    if found is None:
        raise NotYours
    return found
