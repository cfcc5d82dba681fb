"""The measures of a plan as its trace shows them: the promise, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenrise.findings.promises.model import Label, MeasureReading
from evenrise.findings.promises.words import LABELS
from evenrise.publishing import numbers
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.insights.shown import year_words
from evenrise.workspace.plans.models import Plan, Rung
from evenrise.workspace.plans.queries.content import measure_content
from evenrise.workspace.plans.queries.readings import read_measure
from evenrise.workspace.plans.said import rung_url


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """A measure: what is measured, what is promised, and what became of it."""

    words: str
    promise: str  # "21% to 12% by 2027-28"; blank where no target is named yet
    reading: str  # what the facts say since the baseline; blank without any
    url: str
    has_data: bool


def measures_shown(
    plan: Plan, rungs: Iterable[Rung], language: Language
) -> dict[int, tuple[MeasureShown, ...]]:
    """The measures of rungs, by the rung's key in the database.

    Args:
        plan: whose rungs they are.
        rungs: with their measures at hand.
        language: the reader's.
    """
    pages = current_pages()
    found: dict[int, list[MeasureShown]] = defaultdict(list)
    for rung in rungs:
        for one in rung.measures.all():
            read = read_measure(measure_content(one), pages, plan.school_id or "")
            found[rung.pk].append(_shown(plan, rung, read, language))
    return {pk: tuple(own) for pk, own in found.items()}


def _shown(
    plan: Plan, rung: Rung, read: MeasureReading, language: Language
) -> MeasureShown:
    known = any(one.known for line in read.points for one in line)
    return MeasureShown(
        words=read.promise.what[language],
        promise=_promise(read, language),
        reading="" if read.label is Label.NO_DATA else LABELS[read.label][language],
        url=f"{rung_url(plan, rung.key)}#measures",
        has_data=known,
    )


def _promise(read: MeasureReading, language: Language) -> str:
    """From the baseline to the target, as one reads it."""
    one = read.promise
    if one.target is None or one.target_year is None:
        return ""
    told = {
        "target": numbers.amount(one.target, "share", language),
        "year": year_words(one.target_year),
    }
    if one.baseline is None:
        return _("%(target)s by %(year)s") % told
    told["baseline"] = numbers.amount(one.baseline, "share", language)
    return _("%(baseline)s to %(target)s by %(year)s") % told
