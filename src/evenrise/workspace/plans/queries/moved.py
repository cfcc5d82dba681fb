"""How the facts moved that a rung promises to move: one line a measure."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from evenrise.findings.promises.words import LABELS, SURE
from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.text import Language
from evenrise.workspace.plans.models import Plan, Rung
from evenrise.workspace.plans.queries.content import measure_content
from evenrise.workspace.plans.queries.readings import readings_of


@dataclass(frozen=True, slots=True)
class Moved:
    """A measure of a rung, and what its facts say in their latest year."""

    title: str
    url: str
    reading: str  # with its certainty; or that there is no data
    red: bool


def moved(
    plan: Plan, rung: Rung, pages: PageStore | None, language: Language
) -> tuple[Moved, ...]:
    """The measures of a rung, as they read now.

    Args:
        plan: the rung's.
        rung: its measures already at hand.
        pages: the facts; None where no snapshot stands yet.
        language: the reader's.
    """
    measures = [measure_content(one) for one in rung.measures.all()]
    readings = readings_of(measures, pages, plan.school_id or "")
    found = []
    for one in measures:
        reading = readings[one.key]
        told = LABELS[reading.label][language]
        if reading.has_data:
            told = f"{told} ({SURE[reading.certainty][language]})"
        found.append(
            Moved(
                reading.promise.what[language],
                reverse("measure", args=[plan.slug, rung.key, one.key]),
                told,
                reading.red,
            )
        )
    return tuple(found)
