"""What the reports' pages show; everything comes made up for a template."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from evenrise.publishing.numbers import count, estimate, interval
from evenrise.publishing.page_store.model import FactLine, FindingPage
from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.facts import Status
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.models import Edition as PlanEdition
from evenrise.workspace.reports.models import Approval, Briefing, Edition, Release
from evenrise.workspace.reports.states import NAMES, State, Verb, move


_STATUS: dict[str, Text] = {
    Status.SUPPRESSED: Text("too few to show", "muy pocos para mostrar"),
    Status.NO_STUDENTS: Text("no students", "sin estudiantes"),
    Status.NOT_APPLICABLE: Text("does not apply", "no corresponde"),
    Status.NOT_COLLECTED: Text("not collected", "no se recopila"),
    Status.NOT_LOADED: Text("not loaded", "no se cargó"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a page prints it: never without its interval and its n."""

    label: str
    value: str
    interval: str
    students: str
    hidden: bool
    fact_id: int | None = None


def figure(line: FactLine, unit: str, language: Language, label: str = "") -> Figure:
    """One fact, in words."""
    named = label or line.label[language]
    if line.estimate.value is None:
        words = line.bound or _STATUS.get(line.status, Text("no figure", "sin cifra"))
        return Figure(named, words[language], "", "", hidden=True)
    return Figure(
        named,
        estimate(line.estimate, unit, language),
        interval(line.estimate, unit, language),
        count(line.estimate.n, language),
        hidden=False,
        fact_id=line.fact_id,
    )


@dataclass(frozen=True, slots=True)
class Stale:
    """Whether an edition lags behind the other one."""

    edition: Edition
    other: Edition | None

    @property
    def is_stale(self) -> bool:
        """The other edition was changed after this one was brought in line with it."""
        return self.other is not None and self.edition.follows < self.other.version


def editions(briefing: Briefing) -> dict[str, Stale]:
    """A briefing's editions by language, each knowing whether it is stale."""
    found = {one.language: one for one in briefing.editions.all()}
    return {
        language: Stale(
            one,
            next((other for name, other in found.items() if name != language), None),
        )
        for language, one in found.items()
    }


def waiting_for(person: Person) -> QuerySet[Release]:
    """The releases that wait for somebody like this person, and not for its author."""
    return listed(
        Release.objects.filter(state__in=[State.PROPOSED, State.APPROVED]).exclude(
            state=State.PROPOSED, proposed_by=person
        )
    )


def listed(found: QuerySet[Release]) -> QuerySet[Release]:
    """Releases with what a list tells, and without the bytes of plans."""
    return found.select_related("proposed_by", "briefing", "plan_edition__plan").defer(
        "told", "plan_edition__content"
    )


def chosen_findings(briefing: Briefing, pages: PageStore) -> list[FindingPage]:
    """The findings of a briefing, in its order; one that is gone is left out."""
    found = (pages.finding(key) for key in briefing.findings)
    return [one for one in found if one is not None]


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release in a list."""

    release: Release
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """A release on its own page, and what this person may do with it."""

    line: ReleaseLine
    approvals: tuple[Approval, ...]
    may_approve: bool
    may_publish: bool
    may_withdraw: bool
    is_own: bool
    has_preview: bool
    reason: str

    @property
    def is_working(self) -> bool:
        """Whether it is being prepared at this moment."""
        return self.line.release.state == State.PREPARING


def release_lines(
    releases: Iterable[Release], language: Language
) -> tuple[ReleaseLine, ...]:
    """Releases for a list."""
    return tuple(_line(one, language) for one in releases)


def _line(release: Release, language: Language) -> ReleaseLine:
    title = Text("Figures of the records", "Cifras de los registros")[language]
    if release.briefing is not None:
        told = {one.language: one.title for one in release.briefing.editions.all()}
        title = told.get(language) or next(iter(told.values()), release.briefing.slug)
    if release.plan_edition is not None:
        title = _plan_title(release.plan_edition, language)
    return ReleaseLine(release, title, NAMES[State(release.state)][language])


def _plan_title(edition: PlanEdition, language: Language) -> str:
    words = Text("%(plan)s, edition %(number)d", "%(plan)s, edición %(number)d")
    title, _language = edition.plan.said("title", language)
    return words[language] % {"plan": title, "number": edition.number}


def release_view(release: Release, person: Person, language: Language) -> ReleaseView:
    """A release for its page."""
    state, is_own = State(release.state), is_author(release, person)
    second = person.may(Right.APPROVE_RELEASES)
    way_out = move(state, Verb.WITHDRAW)
    return ReleaseView(
        line=_line(release, language),
        approvals=tuple(release.approvals.select_related("person")),
        may_approve=state is State.PROPOSED and second and not is_own,
        may_publish=state is State.APPROVED and second,
        may_withdraw=way_out is not None
        and way_out.right is not None
        and person.may(way_out.right),
        is_own=is_own,
        has_preview=bool(release.file) or release.kind != "figures",
        reason=(release.reason_es if language == "es" else "") or release.reason,
    )


def is_author(release: Release, person: Person) -> bool:
    """Whether the person proposed it, or wrote any of its words.

    Of a plan: whoever froze the edition or recorded its vote.
    """
    if release.proposed_by_id == person.pk:
        return True
    if release.plan_edition is not None:
        edition = release.plan_edition
        return person.pk in {edition.made_by_id, edition.adopted_by_id}
    if release.briefing is None:
        return False
    wrote = release.briefing.editions.filter(changed_by=person).exists()
    return wrote or release.briefing.written_by_id == person.pk


# Feeds: the public figures for machines -------------------------------------------

FEED_COLUMNS: tuple[tuple[str, Text], ...] = (
    ("indicator", Text("the indicator's key", "clave del indicador")),
    (
        "definition_version",
        Text("its definition's version", "versión de la definición"),
    ),
    ("authority", Text("whose rule it follows", "autoridad cuya regla sigue")),
    (
        "school_year",
        Text(
            "named by its spring: 2026 is 2025-26",
            "se nombra por su primavera: 2026 es 2025-26",
        ),
    ),
    ("level", Text("school, district or state", "escuela, distrito o estado")),
    ("organization_id", Text("the agency's code", "código de la agencia")),
    ("organization_name", Text("its name", "nombre")),
    ("group_family", Text("groups read beside each other", "familia de grupos")),
    ("group", Text("the student group", "grupo de estudiantes")),
    (
        "numerator",
        Text(
            "students with the outcome; empty where hidden",
            "estudiantes con el resultado; vacío si está oculto",
        ),
    ),
    (
        "denominator",
        Text(
            "students who count; empty where hidden",
            "estudiantes que cuentan; vacío si está oculto",
        ),
    ),
    ("value", Text("a share from 0 to 1, or days", "proporción de 0 a 1, o días")),
    ("lower", Text("95 % interval, lower end", "intervalo del 95 %, límite inferior")),
    ("upper", Text("95 % interval, upper end", "intervalo del 95 %, límite superior")),
    (
        "status",
        Text(
            "reported, suppressed, no_students, not_applicable, not_collected or "
            "not_loaded; never a zero for what is not known",
            "reported, suppressed, no_students, not_applicable, not_collected o "
            "not_loaded; nunca un cero por lo que no se sabe",
        ),
    ),
    ("source_file", Text("the published file it was read from", "archivo publicado")),
    ("snapshot", Text("the records it stands on", "registros en que se basa")),
)


def feed_rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of `facts.csv`, with numbers as numbers and blanks as null."""
    whole = {"definition_version", "school_year"}
    numbers = {"numerator", "denominator", "value", "lower", "upper"}
    for row in csv.DictReader(lines):
        yield {
            name: None
            if told == ""
            else int(told)
            if name in whole
            else float(told)
            if name in numbers
            else told
            for name, told in row.items()
        }
