"""Comments that wait, that count, that were left out; and what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing import numbers
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.due import Due
from evenrise.workspace.insights.models import Theme, WrittenIn
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.content import PlanContent, read_content
from evenrise.workspace.plans.content_said import Reader
from evenrise.workspace.plans.models import (
    Comment,
    Edition,
    EditionState,
    HeardBy,
    Link,
    LinkTo,
    Plan,
    Rung,
    WeDid,
)
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.said import Words


Choices = list[tuple[str, str]]
PER_PAGE = 100
WAITING = Q(accepted_at=None, refused_at=None)
COUNTS = Q(accepted_at__isnull=False, refused_at=None)
REFUSED = Q(refused_at__isnull=False)
_LISTS = {"waiting": WAITING, "counted": COUNTS, "left-out": REFUSED}


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One comment as those who answer for the plan read it."""

    comment: Comment
    said: str  # how and when
    about: str  # the part of the plan
    theme: str
    language: str
    lang: str  # of the text, where it is not the page's
    answered: bool


@dataclass(frozen=True, slots=True)
class CommentsPage:
    """A list of comments, and how many there are of each kind."""

    shown: str
    lines: tuple[CommentLine, ...]
    tabs: tuple[tuple[str, str, int], ...]  # (code, words, how many)
    more: int  # that are not shown

    @property
    def waiting(self) -> int:
        """How many wait to be read."""
        return self.tabs[0][2]


def comments_page(plan: Plan, shown: str, language: Language) -> CommentsPage:
    """The comments of all editions of a plan; at most `PER_PAGE`, the latest first."""
    shown = shown if shown in _LISTS else "waiting"
    mine = Comment.objects.filter(edition__plan=plan)
    counts = mine.aggregate(
        **{code.replace("-", "_"): Count("pk", filter=q) for code, q in _LISTS.items()}
    )
    rows = list(
        mine.filter(_LISTS[shown])
        .select_related("edition", "theme")
        .defer("edition__content")
        .annotate(answers=Count("we_did", filter=Q(we_did__taken_back_at=None)))
        .order_by("-said_on", "-id")[:PER_PAGE]
    )
    readers = readers_of(plan, rows, language)
    words = {
        "waiting": _("To be read"),
        "counted": _("Shown and counted"),
        "left-out": _("Left out"),
    }
    tabs = tuple((code, words[code], counts[code.replace("-", "_")]) for code in _LISTS)
    total = counts[shown.replace("-", "_")]
    return CommentsPage(
        shown=shown,
        lines=tuple(comment_line(one, readers, language) for one in rows),
        tabs=tabs,
        more=total - len(rows),
    )


def readers_of(
    plan: Plan, rows: Iterable[Comment], language: Language
) -> dict[int, Reader]:
    """The contents of the editions that comments speak of, each read once."""
    used = {one.edition_id for one in rows if one.rung_key}
    found = Edition.objects.filter(plan=plan, pk__in=used)
    return {one.pk: Reader(read_content(bytes(one.content)), language) for one in found}


def comment_line(
    one: Comment, readers: dict[int, Reader], language: Language
) -> CommentLine:
    """One comment in words."""
    reader = readers.get(one.edition_id)
    return CommentLine(
        comment=one,
        said=f"{HeardBy(one.heard_by).label}, {numbers.day(one.said_on, language)}",
        about=reader.named(one.rung_key) if reader else _("The whole plan"),
        theme=one.theme.name[language] if one.theme else "",
        language=str(WrittenIn(one.language).label),
        lang="" if one.language == language else one.language,
        answered=bool(getattr(one, "answers", 0)),
    )


def comment_named(plan: Plan, key: int) -> Comment | None:
    """A comment of a plan."""
    return (
        Comment.objects.filter(edition__plan=plan, pk=key)
        .select_related("edition", "theme", "entered_by")
        .annotate(answers=Count("we_did", filter=Q(we_did__taken_back_at=None)))
        .first()
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, as the public may read it."""

    key: int
    text: str
    lang: str
    said: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer: what was said, what was done."""

    we_did: WeDid
    said: tuple[Said, ...]
    theme: str
    changed: str
    text: Words
    where: str
    where_key: str
    stale: str  # what a translator has to do; blank for nothing


@dataclass(frozen=True, slots=True)
class WeDidPage:
    """What was said and done, and what waits for an answer."""

    answers: tuple[AnswerLine, ...]
    gone: tuple[AnswerLine, ...]  # taken back
    waiting: tuple[Said, ...]
    themes: tuple[str, ...]  # that wait
    may: bool

    @property
    def answer(self) -> str:
        """How much was answered, in one sentence."""
        if not (self.answers or self.waiting or self.themes):
            return _("Nobody has said anything about this plan yet.")
        done = ngettext(
            "%(n)s answer is given", "%(n)s answers are given", len(self.answers)
        ) % {"n": len(self.answers)}
        waits = len(self.waiting) + len(self.themes)
        left = ngettext(
            "%(n)s comment or theme waits for one.",
            "%(n)s comments or themes wait for one.",
            waits,
        ) % {"n": waits}
        return (
            f"{done}; {left}"
            if waits
            else _("%(done)s; nothing waits.") % {"done": done}
        )


def we_did_page(person: Person, plan: Plan, language: Language) -> WeDidPage:
    """What was said and done about a plan; a dozen queries whatever its length."""
    rows = list(
        WeDid.objects.filter(plan=plan)
        .select_related("theme", "rung")
        .prefetch_related("comments")
    )
    reader = Reader(content_of(plan), language) if rows else None
    lines = [(_answer_line(one, reader, language), one.taken_back_at) for one in rows]
    waiting, themes = waiting_for(plan)
    return WeDidPage(
        answers=tuple(line for line, gone in lines if gone is None),
        gone=tuple(line for line, gone in lines if gone is not None),
        waiting=tuple(_said(one, language) for one in waiting),
        themes=tuple(one.name[language] for one in themes),
        may=may_write(person, plan),
    )


def waiting_for(plan: Plan) -> tuple[list[Comment], list[Theme]]:
    """Comments and themes of a plan that nobody has answered.

    A comment is answered where an answer names it, or the theme it was given. Themes
    are those that a rung of the plan stands on.
    """
    live = WeDid.objects.filter(plan=plan, taken_back_at=None)
    themes = set(live.exclude(theme=None).values_list("theme", flat=True))
    comments = (
        Comment.objects.filter(COUNTS, edition__plan=plan)
        .exclude(we_did__in=live)
        .exclude(theme__in=themes)
    )
    linked = Link.objects.filter(
        rung__plan=plan, rung__removed_at=None, kind=LinkTo.THEME
    ).values_list("key", flat=True)
    waiting = Theme.objects.filter(code__in=list(linked))
    return list(comments), list(waiting.exclude(pk__in=themes))


def _said(one: Comment, language: Language) -> Said:
    """The comment as the public may read it; never who said it."""
    shown = one.public_text or one.text
    return Said(
        key=one.pk,
        text=shown,
        lang="" if one.language == language else one.language,
        said=f"{HeardBy(one.heard_by).label}, {numbers.day(one.said_on, language)}",
    )


def _answer_line(one: WeDid, reader: Reader | None, language: Language) -> AnswerLine:
    other = "es" if language == "en" else "en"
    own = getattr(one, f"text_{language}")
    text = Words(own or getattr(one, f"text_{other}"), "" if own else other)
    rung = one.rung
    here = rung is not None and rung.removed_at is None
    return AnswerLine(
        we_did=one,
        said=tuple(_said(each, language) for each in one.comments.all()),
        theme=one.theme.name[language] if one.theme else "",
        changed=_("The plan changed") if one.changed else _("The plan did not change"),
        text=text,
        where=reader.named(rung.key) if here and rung and reader else "",
        where_key=rung.key if here and rung else "",
        stale=_stale(one),
    )


def _stale(one: WeDid) -> str:
    if not one.text_es:
        return _("not in Spanish yet")
    if not one.text_en:
        return _("not in English yet")
    if one.en_at and one.es_at and one.en_at != one.es_at:
        older = one.es_at < one.en_at
        return (
            _("the Spanish is older than the English")
            if older
            else _("the English is older than the Spanish")
        )
    return ""


def comment_choices(plan: Plan, language: Language) -> Choices:
    """Comments that may be answered: those that count, the unanswered first."""
    rows = (
        Comment.objects.filter(COUNTS, edition__plan=plan)
        .annotate(answers=Count("we_did", filter=Q(we_did__taken_back_at=None)))
        .order_by("answers", "-said_on", "-id")
    )
    return [
        (str(one.pk), f"{_short(one.public_text or one.text)} ({_when(one, language)})")
        for one in rows
    ]


def rung_choices(content: PlanContent, language: Language) -> Choices:
    """The parts of a content, in reading order."""
    reader = Reader(content, language)
    return [(one.key, reader.named(one.key)) for one in content.rungs]


def rung_of(plan: Plan, key: str) -> Rung | None:
    """The rung that was chosen."""
    if not key:
        return None
    return Rung.objects.filter(plan=plan, key=key, removed_at=None).first()


def _when(one: Comment, language: Language) -> str:
    return numbers.day(one.said_on, language)


def _short(text: str, letters: int = 140) -> str:
    told = " ".join(text.split())
    return told if len(told) <= letters else f"{told[:letters].rsplit(' ', 1)[0]}…"


def comments_due(person: Person) -> list[Due]:
    """Comments that wait to be read, for whoever answers for a plan."""
    if not person.may(Right.WRITE_PLANS):
        return []
    waiting = (
        Plan.objects.filter(set_aside_at=None)
        .annotate(n=Count("editions__comments", filter=_unread()))
        .filter(n__gt=0)
    )
    return [
        Due(
            ngettext(
                "Read %(n)s comment on the plan",
                "Read %(n)s comments on the plan",
                plan.n,
            )
            % {"n": plan.n},
            reverse("comments", args=[plan.slug]),
        )
        for plan in waiting
        if may_write(person, plan)
    ]


def _unread() -> Q:
    return Q(
        editions__comments__pk__isnull=False,
        editions__comments__accepted_at=None,
        editions__comments__refused_at=None,
    )


def latest_edition(plan: Plan) -> Edition | None:
    """The edition that comments are entered for: in hearing, heard, or the last."""
    live = (EditionState.HEARING, EditionState.HEARD, EditionState.ADOPTED)
    return plan.editions.filter(state__in=live).order_by("-number").first()
