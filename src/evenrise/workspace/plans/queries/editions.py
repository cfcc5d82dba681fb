"""Editions of a plan: which there are, one as it was, what may be done next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing import numbers
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.due import Due
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.access import may_adopt
from evenrise.workspace.plans.content import (
    PlanContent,
    RungContent,
    content_bytes,
    digest_of,
    read_content,
)
from evenrise.workspace.plans.content_said import (
    Reader,
    field_words,
    said_in,
    shown_parts,
)
from evenrise.workspace.plans.models import Edition, EditionState, Plan
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.queries.votes import may_be_taken_back, recorded
from evenrise.workspace.plans.said import Words, years_words


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition in a list."""

    edition: Edition
    state: str
    told: str  # the days and the vote, in one phrase
    why: str
    comments: int


@dataclass(frozen=True, slots=True)
class EditionsPage:
    """All editions of a plan, and where it stands on its way."""

    plan: Plan
    lines: tuple[EditionLine, ...]
    open: Edition | None  # in hearing
    heard: Edition | None
    adopted: Edition | None
    differs: bool  # whether the plan in work says other than the latest edition
    may: bool
    stages: tuple[tuple[str, str], ...]  # (words, done | now | "")

    @property
    def answer(self) -> str:
        """Where the plan stands, in one sentence."""
        if self.open is not None:
            return _("The public is heard: comments are taken.")
        if self.heard is not None:
            return _("The plan was heard; the vote comes on a later day.")
        if self.adopted is None:
            return _("The plan is a draft: nothing was heard or adopted yet.")
        if self.differs:
            return _("The plan is adopted. What is in work says something else by now.")
        return _("The plan is adopted, and what is in work says the same.")

    @property
    def latest(self) -> Edition | None:
        """What the plan in work is compared with."""
        return self.open or self.heard or self.adopted


def editions_page(person: Person, plan: Plan, language: Language) -> EditionsPage:
    """Every edition, the latest first."""
    editions = list(_editions(plan))
    standing = {one.state: one for one in reversed(editions)}
    open_, heard, adopted = (
        standing.get(state)
        for state in (EditionState.HEARING, EditionState.HEARD, EditionState.ADOPTED)
    )
    latest = open_ or heard or adopted
    return EditionsPage(
        plan=plan,
        lines=tuple(edition_line(one, language) for one in editions),
        open=open_,
        heard=heard,
        adopted=adopted,
        differs=latest is None or _digest(plan) != latest.digest,
        may=may_adopt(person, plan),
        stages=_stages(open_, heard, adopted),
    )


def _digest(plan: Plan) -> str:
    return digest_of(content_bytes(content_of(plan).as_promised()))


def _editions(plan: Plan) -> Iterable[Edition]:
    counted = Q(comments__accepted_at__isnull=False)
    # Django forgets a model's own order where rows are counted.
    return (
        plan.editions.defer("content")
        .annotate(said=Count("comments", filter=counted))
        .order_by("-number")
    )


def _stages(
    open_: Edition | None, heard: Edition | None, adopted: Edition | None
) -> tuple[tuple[str, str], ...]:
    words = (_("Draft"), _("In public hearing"), _("Heard"), _("Adopted"))
    at = 1 if open_ else 2 if heard else 4 if adopted else 0
    return tuple(
        (word, "done" if place < at else "now" if place == at else "")
        for place, word in enumerate(words)
    )


def edition_line(one: Edition, language: Language) -> EditionLine:
    """One edition in words."""
    why = one.why_es if language == "es" else one.why_en
    return EditionLine(
        edition=one,
        state=str(EditionState(one.state).label),
        told=days_words(one, language),
        why=why,
        comments=getattr(one, "said", 0),
    )


def days_words(one: Edition, language: Language) -> str:
    """When it was heard, and the vote: "heard May 1, 2026; adopted ... 5 to 1"."""
    told = []
    if one.hearing_on:
        told.append(
            _("public hearing on %(day)s")
            % {"day": numbers.day(one.hearing_on, language)}
        )
    elif one.amends_id:
        told.append(_("amended by vote, without a new public hearing"))
    if one.adopted_on:
        told.append(
            _("adopted on %(day)s: %(vote)s")
            % {
                "day": numbers.day(one.adopted_on, language),
                "vote": vote_words(one),
            }
        )
    return "; ".join(told)


def vote_words(one: Edition) -> str:
    """The vote: "5 yes, 1 no, 1 abstained, none absent"."""
    told = [
        _("%(n)s yes") % {"n": one.votes_yes or 0},
        _("%(n)s no") % {"n": one.votes_no or 0},
    ]
    if one.votes_abstain:
        told.append(
            ngettext("%(n)s abstained", "%(n)s abstained", one.votes_abstain)
            % {"n": one.votes_abstain}
        )
    if one.votes_absent:
        told.append(
            ngettext("%(n)s absent", "%(n)s absent", one.votes_absent)
            % {"n": one.votes_absent}
        )
    return ", ".join(told)


def hearings_due(person: Person) -> list[Due]:
    """Hearings that are over, and votes that were not recorded yet."""
    if not person.may(Right.ADOPT_PLANS):
        return []
    today = timezone.localdate()
    over = Q(state=EditionState.HEARING, hearing_until__lt=today)
    heard = Q(state=EditionState.HEARD, hearing_on__lt=today)
    rows = (
        Edition.objects.filter(over | heard, plan__set_aside_at=None)
        .defer("content")
        .select_related("plan")
        .order_by("hearing_on")
    )
    return [
        Due(
            _("The hearing of a plan is over: close it")
            if one.state == EditionState.HEARING
            else _("A plan was heard: record the vote"),
            reverse("editions", args=[one.plan.slug]),
        )
        for one in rows
        if may_adopt(person, one.plan)
    ]


@dataclass(frozen=True, slots=True)
class RungShown:
    """One rung of an edition as it was."""

    key: str
    kind: str
    counted: str
    depth: int
    title: Words
    texts: tuple[tuple[str, Words], ...]  # (what it is called, the words)
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition, whole, as it was."""

    edition: Edition
    line: EditionLine
    title: Words
    text: Words
    years: str
    rungs: tuple[RungShown, ...]
    whole: bool  # whether the bytes are still those that were frozen
    may: bool
    recently: bool  # whether the vote may still be taken back
    place: str
    until: str


def edition_named(plan: Plan, number: int) -> Edition | None:
    """An edition by its number."""
    return plan.editions.select_related("amends").filter(number=number).first()


def edition_page(person: Person, one: Edition, language: Language) -> EditionPage:
    """An edition, read from its bytes alone."""
    told = bytes(one.content)
    content = read_content(told)
    reader = Reader(content, language)
    until = one.hearing_until
    return EditionPage(
        edition=one,
        line=edition_line(one, language),
        title=said_in(content, "title", language),
        text=said_in(content, "text", language),
        years=years_words(content.begins_year, content.ends_year),
        rungs=rungs_shown(content, reader),
        whole=digest_of(told) == one.digest,
        may=may_adopt(person, one.plan),
        recently=one.state == EditionState.ADOPTED and _recently(one),
        place=one.hearing_place_es if language == "es" else one.hearing_place_en,
        until=numbers.day(until, language) if until else "",
    )


def _recently(one: Edition) -> bool:
    told = recorded(one)
    return told is not None and may_be_taken_back(told)


def rungs_shown(content: PlanContent, reader: Reader) -> tuple[RungShown, ...]:
    """Every rung of a content, in reading order."""
    return tuple(_shown(one, reader) for one in content.rungs)


def _shown(one: RungContent, reader: Reader) -> RungShown:
    language = reader.language
    texts = tuple(
        (field_words(name) if name != "text" else "", words)
        for name in ("text", "theory", "done")
        if (words := said_in(one, name, language))
    )
    facts = [
        (field_words(name), told)
        for name in ("department", "person", "depends", "lcff", "service")
        if (told := reader.value(name, getattr(one, name)))
    ]
    dates = reader.dates(one)
    return RungShown(
        key=one.key,
        kind=one.kind,
        counted=reader.counted(one),
        depth=reader.depth(one),
        title=said_in(one, "title", language),
        texts=texts,
        facts=(
            *([(_("When"), dates)] if dates else ()),
            *facts,
            *shown_parts(reader, one),
        ),
    )
