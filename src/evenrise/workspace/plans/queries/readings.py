"""What became of a plan's measures: each read against the facts of a page store.

    readings_of(rung.measures, pages)["m1"].sentence.en

The page store is an argument: people at work read all that is protected, the public
site only what was released.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from evenrise.findings.promises.model import (
    Counts,
    GroupCounts,
    MeasureReading,
    Promise,
    PromisedGap,
    YearFacts,
)
from evenrise.findings.promises.reading import read_promise
from evenrise.publishing.page_store import PageStore
from evenrise.publishing.page_store.model import FactLine, IndicatorInfo
from evenrise.vocabulary.facts import Status
from evenrise.vocabulary.groups import (
    ALL_FAMILY,
    ALL_STUDENTS,
    group_name,
    group_students,
)
from evenrise.vocabulary.school_year import EARLIEST, LATEST
from evenrise.vocabulary.text import Text
from evenrise.workspace.plans.content import (
    GroupPromise,
    MeasureContent,
    PlanContent,
)


SHARE = "share"
UNNAMED = Text("A measure without a title", "Una medición sin título")
NOT_A_SHARE = Text(
    "This indicator is not a share of students: it cannot be read as a promise.",
    "Este indicador no es una proporción de estudiantes: no sirve para una promesa.",
)
NO_INDICATOR = Text(
    "No indicator is chosen yet: until then nobody can say what became of it.",
    "Aún no se elige un indicador: hasta entonces nadie puede decir qué pasó.",
)
NOT_THERE = Text(
    "These records hold no figures of this indicator for this place.",
    "Estos registros no tienen datos de este indicador para este lugar.",
)
NOT_BELIEVED = Text(
    "A share above 100% or a year beyond belief stands in this measure: set it anew.",
    "En esta medición hay una proporción mayor que 100 % o un año imposible: fíjela de "
    "nuevo.",
)
NO_BASELINE = Text(
    "There is no figure for the baseline year.",
    "No hay dato para el año del punto de partida.",
)


def readings_of(
    measures: Iterable[MeasureContent],
    pages: PageStore | None,
    organization_id: str = "",
) -> dict[str, MeasureReading]:
    """The reading of each measure, by its key.

    Args:
        measures: of one rung (keys are unique within a rung).
        pages: the facts; None where no snapshot stands yet.
        organization_id: the plan's own place where a measure names none; the district
            when blank.
    """
    return {one.key: read_measure(one, pages, organization_id) for one in measures}


def readings_of_plan(
    content: PlanContent, pages: PageStore | None
) -> dict[str, dict[str, MeasureReading]]:
    """The readings of a whole plan: by the rung's key, then by the measure's."""
    return {
        rung.key: readings_of(rung.measures, pages, content.school_id)
        for rung in content.rungs
        if rung.measures
    }


@lru_cache(maxsize=1024)  # a page store never changes, nor does a content
def read_measure(
    measure: MeasureContent, pages: PageStore | None, organization_id: str = ""
) -> MeasureReading:
    """One measure, read: for every year since its baseline.

    Args:
        measure: as a content holds it.
        pages: the facts; None where no snapshot stands yet.
        organization_id: the plan's own place; the district when blank.
    """
    info = None
    place = measure.organization_id or organization_id
    if pages is not None:
        place = place or pages.district.organization_id
        found = pages.indicator(measure.indicator) if measure.indicator else None
        info = found.info if found else None
    promise = _promise(measure, info, _place(pages, place))
    if not measure.indicator:
        return read_promise(promise, (), (NO_INDICATOR,))
    if pages is None or info is None:
        return read_promise(promise, (), (NOT_THERE,))
    if info.unit != SHARE or not info.counts_students:
        return read_promise(promise, (), (NOT_A_SHARE,))
    facts = year_facts(pages, measure, place)
    if not facts:
        return read_promise(promise, (), (NOT_THERE,))
    known = {one.year for one in facts}
    notes = [] if measure.baseline_year in known else [NO_BASELINE]
    if _numbers(promise) != _numbers(measure):
        notes.insert(0, NOT_BELIEVED)
    return read_promise(promise, facts, notes)


def _numbers(one: Promise | MeasureContent) -> tuple[float | None, ...]:
    return one.baseline_year, one.baseline, one.target_year, one.target


def _place(pages: PageStore | None, place: str) -> Text:
    found = pages.organization(place) if pages is not None and place else None
    if found is not None:
        return found.called
    return Text(place or "the district", place or "el distrito")


def _promise(
    measure: MeasureContent, info: IndicatorInfo | None, place: Text
) -> Promise:
    return Promise(
        key=measure.key,
        what=title_of(measure, info),
        place=place,
        good=info.good if info else "up",
        baseline_year=_believed(measure.baseline_year),
        baseline=_finite(measure.baseline),
        target_year=_believed(measure.target_year),
        target=_finite(measure.target),
        gaps=tuple(promised_gap(one) for one in measure.groups),
        version=measure.definition_version,
    )


def title_of(measure: MeasureContent, info: IndicatorInfo | None) -> Text:
    """What the measure is called: its own title, else the indicator's."""
    en = measure.title_en or measure.title_es
    es = measure.title_es or measure.title_en
    if en.strip():
        return Text(en, es)
    if info is not None:
        return info.title
    return Text(measure.indicator, measure.indicator) if measure.indicator else UNNAMED


def promised_gap(one: GroupPromise) -> PromisedGap:
    """A gap with the names of its group; a code that is unknown stands for itself."""
    try:
        name = group_name(one.family, one.group)
        students = group_students(one.family, one.group)
    except (KeyError, ValueError):
        name = students = Text(one.group or "?", one.group or "?")
    return PromisedGap(
        one.family,
        one.group,
        name,
        students,
        _finite(one.baseline_gap),
        _finite(one.target_gap),
    )


def _believed(year: int | None) -> int | None:
    """A school year; None for what a file names beyond all belief."""
    return year if year is not None and EARLIEST <= year <= LATEST else None


def _finite(value: float | None) -> float | None:
    """A number; None for what a file names that is none, or far beyond a share."""
    return value if value is not None and abs(value) <= 1 else None


def year_facts(
    pages: PageStore, measure: MeasureContent, place: str
) -> tuple[YearFacts, ...]:
    """The shown counts of every year: all students, and each group beside the others.

    Three look-ups and one for each group: a fact is never worked out from a hidden one.
    """
    everyone = _by_year(pages, measure.indicator, place, ALL_FAMILY, ALL_STUDENTS)
    groups = {
        (one.family, one.group): _by_year(
            pages, measure.indicator, place, one.family, one.group
        )
        for one in measure.groups
    }
    years: dict[int, dict[tuple[str, str], FactLine]] = defaultdict(dict)
    for name, found in (((ALL_FAMILY, ALL_STUDENTS), everyone), *groups.items()):
        for year, fact in found.items():
            years[year][name] = fact
    return tuple(one_year(pages, year, years[year]) for year in sorted(years))


def _by_year(
    pages: PageStore, indicator: str, place: str, family: str, group: str
) -> dict[int, FactLine]:
    found = pages.facts(indicator, organization_id=place, family=family, group=group)
    return {one.school_year: one for one in found}


def one_year(
    pages: PageStore, year: int, facts: Mapping[tuple[str, str], FactLine]
) -> YearFacts:
    """The shown counts of one year, from its facts by (family, group); one at least."""
    everyone = facts.get((ALL_FAMILY, ALL_STUDENTS))
    groups = {name: one for name, one in facts.items() if one is not everyone}
    any_fact = everyone or next(iter(groups.values()))
    return YearFacts(
        year=year,
        everyone=_counts(everyone) if everyone else None,
        groups={
            name: pair
            for name, one in groups.items()
            if (pair := _group_counts(one)) is not None
        },
        hidden=frozenset(name for name, one in facts.items() if _hidden(one)),
        version=pages.trace(any_fact).definition_version,
    )


def _counts(one: FactLine) -> Counts | None:
    if one.numerator is None or not one.denominator or not one.estimate.known:
        return None
    return Counts(float(one.numerator), float(one.denominator))


def _group_counts(one: FactLine) -> GroupCounts | None:
    """The group beside all other students, where both are shown."""
    own, gap = _counts(one), one.gap
    if own is None or gap is None:
        return None
    return GroupCounts(own, Counts(gap.other_numerator, gap.other_denominator))


def _hidden(one: FactLine) -> bool:
    """Whether there is something too small to show, on either side of the gap."""
    if one.status is Status.SUPPRESSED:
        return True
    beside = one.group_family != ALL_FAMILY
    return beside and _counts(one) is not None and one.gap is None


def indicators_to_promise(pages: PageStore) -> Sequence[IndicatorInfo]:
    """The indicators that a promise can be read by: shares of students."""
    return [
        one.info
        for one in pages.indicators()
        if one.info.unit == SHARE and one.info.counts_students
    ]
