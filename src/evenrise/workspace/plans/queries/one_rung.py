"""Everything about one rung: words, who answers, what it waits for, its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from evenrise.publishing import numbers as said_numbers
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.insights.shown import day_words
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_report, may_write
from evenrise.workspace.plans.lcff import LCFF
from evenrise.workspace.plans.models import (
    BELOW,
    Plan,
    Rung,
    RungKind,
    StepState,
)
from evenrise.workspace.plans.queries.choosing import Choice, parents_for
from evenrise.workspace.plans.queries.content import (
    in_reading_order,
    measure_content,
    rungs_of,
)
from evenrise.workspace.plans.queries.ladder import numbers_of
from evenrise.workspace.plans.queries.promising import MEASURED
from evenrise.workspace.plans.queries.readings import title_of
from evenrise.workspace.plans.queries.rung_history import (
    Change,
    ReportShown,
    changes_of,
    reports_of,
)
from evenrise.workspace.plans.queries.trace import RungArrows, arrows_of
from evenrise.workspace.plans.said import (
    Words,
    dates_words,
    is_late,
    kind_words,
    numbered,
    rung_url,
    state_words,
    words_of,
    years_words,
)


_WORDS = ("text", "theory", "done")


@dataclass(frozen=True, slots=True)
class Near:
    """A rung beside this one, as a link."""

    url: str
    name: str
    title: Words
    note: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One of a rung's texts, in one language."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A rung in one language, and of which day that is."""

    language: Language
    title: str
    texts: tuple[Said, ...]
    day: str
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RungPage:
    """One rung as its page shows it."""

    rung: Rung
    name: str
    title: Words
    spoken: tuple[Spoken, ...]  # the reader's language first
    above: tuple[Near, ...]  # from the plan down
    below: tuple[Near, ...]
    waits: tuple[Near, ...]
    needed_by: tuple[Near, ...]
    serves: Near | None
    served_by: tuple[Near, ...]
    facts: tuple[tuple[str, str], ...]
    budget: tuple[tuple[str, str, str, str], ...]
    measures: tuple[tuple[str, str], ...]  # address, what it is called
    arrows: RungArrows
    reports: tuple[ReportShown, ...]
    changes: tuple[Change, ...]
    starred: bool
    late: bool
    answer: str
    writes: bool
    may_report: bool
    adds: tuple[tuple[str, str], ...]  # kinds that can stand below: kind, word
    parents: tuple[Choice, ...]
    may_undo: bool

    @property
    def measured(self) -> bool:
        """Whether a measure may be named here."""
        return self.rung.kind in MEASURED


def rung_page(
    person: Person,
    plan: Plan,
    key: str,
    *,
    starred: frozenset[str],
    today: dt.date,
    language: Language,
) -> RungPage | None:
    """A rung with all that is known of it; None where it is not in the plan."""
    rows = in_reading_order(rungs_of(plan))
    rung = next((one for one in rows if one.key == key), None)
    if rung is None:
        return None
    rung.plan = plan
    near = _Near(plan, numbers_of(plan, rows), language)
    by_pk = {one.pk: one for one in rows}
    waits = [one for one in rows if one.pk in {d.pk for d in rung.depends.all()}]
    needed = [one for one in rows if rung.pk in {d.pk for d in one.depends.all()}]
    writes = may_write(person, plan)
    return RungPage(
        rung=rung,
        name=numbered(rung.kind, near.numbers.get(key, "")),
        title=words_of(rung, "title", language),
        spoken=_spoken(rung, language),
        above=tuple(near.of(one) for one in _over(rung, by_pk)),
        below=tuple(near.of(one) for one in rows if one.parent_id == rung.pk),
        waits=tuple(near.of(one) for one in waits),
        needed_by=tuple(near.of(one) for one in needed),
        serves=_serves(rung, language),
        served_by=_served_by(rung, language),
        facts=tuple(_facts(rung, language)),
        budget=tuple(_budget(rung, language)),
        measures=tuple(_measures(rung, language)),
        arrows=arrows_of(person, rung),
        reports=tuple(reports_of(person, rung, language)),
        changes=tuple(changes_of(rung, language)),
        starred=key in starred,
        late=is_late(rung, today),
        answer=_answer(rung, waits, today, language),
        writes=writes and plan.set_aside_at is None,
        may_report=rung.kind == RungKind.STEP
        and plan.set_aside_at is None
        and may_report(person, rung),
        adds=tuple((kind, kind_words(kind)) for kind in kinds_below(rung.kind)),
        parents=tuple(parents_for(rung, language)) if writes else (),
        may_undo=rung.versions.exists(),
    )


def kinds_below(kind: str) -> tuple[str, ...]:
    """Which kinds of rungs may stand below one of this kind (blank: the plan)."""
    return tuple(str(below) for below, over in BELOW.items() if kind in over)


@dataclass(frozen=True, slots=True)
class _Near:
    """Makes links to rungs of one plan."""

    plan: Plan
    numbers: Mapping[str, str]
    language: Language

    def of(self, one: Rung) -> Near:
        step = one.kind == RungKind.STEP
        return Near(
            rung_url(self.plan, one.key),
            numbered(one.kind, self.numbers.get(one.key, "")),
            words_of(one, "title", self.language),
            state_words(one.state) if step else "",
            step and one.state == StepState.DONE,
        )


def _over(rung: Rung, by_pk: Mapping[int, Rung]) -> list[Rung]:
    found: list[Rung] = []
    one = by_pk.get(rung.parent_id or 0)
    while one is not None:
        found.insert(0, one)
        one = by_pk.get(one.parent_id or 0)
    return found


def _spoken(rung: Rung, language: Language) -> tuple[Spoken, ...]:
    other: Language = "es" if language == "en" else "en"
    labels = _labels()
    return tuple(
        Spoken(
            code,
            str(getattr(rung, f"title_{code}")),
            tuple(
                Said(labels[name], str(getattr(rung, f"{name}_{code}")))
                for name in _WORDS
                if getattr(rung, f"{name}_{code}")
            ),
            day_words(getattr(rung, f"{code}_at"), language),
            rung.stale == code,
        )
        for code in (language, other)
    )


def _labels() -> dict[str, str]:
    return {
        "text": "",
        "theory": _("Theory of action"),
        "done": _("What done means"),
    }


def _serves(rung: Rung, language: Language) -> Near | None:
    above = rung.serves
    if above is None or above.removed_at is not None:
        return None
    title, _written = above.plan.said("title", language)
    return Near(
        rung_url(above.plan, above.key),
        kind_words(above.kind),
        words_of(above, "title", language),
        title,
    )


def _served_by(rung: Rung, language: Language) -> tuple[Near, ...]:
    rows = (
        Rung.objects.filter(serves=rung, removed_at=None, plan__set_aside_at=None)
        .select_related("plan__school")
        .order_by("plan__school__name", "place")
    )
    return tuple(
        Near(
            rung_url(one.plan, one.key),
            kind_words(one.kind),
            words_of(one, "title", language),
            one.plan.school.name
            if one.plan.school
            else one.plan.said("title", language)[0],
        )
        for one in rows
    )


def _facts(rung: Rung, language: Language) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if rung.department:
        name = str(getattr(rung.department, f"name_{language}"))
        found.append((_("Department"), name))
    if rung.person:
        found.append((_("Person"), rung.person.name))
    if dates := dates_words(rung.begins_on, rung.ends_on, language):
        found.append((_("When"), dates))
    if rung.lcff:
        names = {code: str(name) for code, name in LCFF}
        told = "; ".join(names.get(code, str(code)) for code in rung.lcff)
        found.append((_("LCFF state priorities"), told))
    if rung.contributing is not None:
        told = _("yes") if rung.contributing else _("no")
        if rung.service:
            told = f"{told}, {str(rung.get_service_display()).lower()}"
        label = _("Contributes to increased or improved services (LCAP)")
        found.append((label, told))
    return found


def _budget(rung: Rung, language: Language) -> list[tuple[str, str, str, str]]:
    return [
        (
            str(one.get_source_display()),
            years_words(one.school_year, one.school_year),
            one.school_id or "",
            "$" + said_numbers.count(round(float(one.planned)), language),
        )
        for one in rung.budget.all()
    ]


def _measures(rung: Rung, language: Language) -> list[tuple[str, str]]:
    pages = current_pages()
    found = []
    for one in rung.measures.all():
        line = pages.indicator(one.indicator) if pages and one.indicator else None
        title = title_of(measure_content(one), line.info if line else None)
        url = reverse("measure", args=[rung.plan.slug, rung.key, one.key])
        found.append((url, title[language]))
    return found


def _answer(
    rung: Rung, waits: Sequence[Rung], today: dt.date, language: Language
) -> str:
    """A step in one sentence: how far it is, and whether it waits for another."""
    if rung.kind != RungKind.STEP:
        return ""
    told = state_words(rung.state) + "."
    if is_late(rung, today) and rung.ends_on is not None:
        told += " " + _("It was to be done by %(day)s.") % {
            "day": said_numbers.day(rung.ends_on, language)
        }
    open_ones = [one for one in waits if one.state != StepState.DONE]
    if open_ones and rung.state != StepState.DONE:
        told += " " + _("It waits for “%(title)s”, which is not done yet.") % {
            "title": open_ones[0].said("title", language)[0]
        }
    return told
