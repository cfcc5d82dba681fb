"""What rungs stand on, as it is today: findings, recommendations, themes, comments.

A link keeps the words of the day on which it was made. Beside them a page shows what
became of the thing since: a finding set aside, a recommendation answered or withdrawn.
All links of a page are resolved together, in a handful of queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from evenrise.publishing.page_store.model import FindingLine
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.models import (
    Answer,
    AnswerVerdict,
    Decision,
    Recommendation,
    StandsOn,
    Theme,
    Verdict,
)
from evenrise.workspace.insights.queries.stand import findings_by_key
from evenrise.workspace.plans.models import Comment, Link, LinkTo


# Answers after which the district said that it will do it.
TAKEN_UP = (AnswerVerdict.ACCEPTED, AnswerVerdict.CHANGED)


@dataclass(frozen=True, slots=True)
class Said:
    """Words, the language in which they are written, and where they lead."""

    words: str
    written_in: Language
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One thing on which a rung stands, as a page shows it.

    `state` is what the district decided about it ("Kept", "Accepted"), `reason` why;
    `gone` says in a sentence that it is not there any more, and then nothing leads
    there. `findings` are those on which a recommendation stands.
    """

    link: int
    kind: str
    key: str
    label: str
    said: Said
    state: str = ""
    reason: str = ""
    answered: str = ""  # by whom, and when
    gone: str = ""
    taken_up: bool = False  # a recommendation that was accepted, as it is or changed
    findings: tuple[Said, ...] = field(default=())


def grounds_of(links: Iterable[Link], language: Language) -> dict[int, Ground]:
    """What each link leads to today, by the link's key in the database.

    Args:
        links: of a rung, or of a whole plan.
        language: the reader's.
    """
    found = list(links)
    by_kind: dict[str, set[str]] = defaultdict(set)
    for one in found:
        by_kind[one.kind].add(one.key)
    lookups: dict[LinkTo, _Told] = {
        LinkTo.FINDING: _Findings.of(by_kind[LinkTo.FINDING]),
        LinkTo.RECOMMENDATION: _Recommendations.of(by_kind[LinkTo.RECOMMENDATION]),
        LinkTo.THEME: _Themes.of(by_kind[LinkTo.THEME]),
        LinkTo.COMMENT: _Comments.of(by_kind[LinkTo.COMMENT]),
    }
    return {
        one.pk: lookups[LinkTo(one.kind)].tell(_as_it_stood(one, language), language)
        for one in found
    }


def _as_it_stood(one: Link, language: Language) -> Ground:
    return Ground(
        link=one.pk,
        kind=one.kind,
        key=one.key,
        label=str(LinkTo(one.kind).label),
        said=said_in(one.headline_en, one.headline_es, language),
    )


def said_in(en: str, es: str, language: Language, url: str = "") -> Said:
    """The reader's language, or the other one where there is none."""
    own, other = (en, es) if language == "en" else (es, en)
    if own or not other:
        return Said(own, language, url)
    return Said(other, "es" if language == "en" else "en", url)


def headlines() -> Mapping[str, FindingLine]:
    """The findings of what is current, by key; none before the first import."""
    pages = current_pages()
    return findings_by_key(pages) if pages else {}


class _Told(Protocol):
    """What is known today of all links of one kind."""

    def tell(self, ground: Ground, language: Language) -> Ground:
        """The ground with what became of it."""


@dataclass(frozen=True, slots=True)
class _Findings:
    now: Mapping[str, FindingLine]
    decisions: Mapping[str, Decision]

    @classmethod
    def of(cls, keys: set[str]) -> _Findings:
        if not keys:
            return cls({}, {})
        latest = Decision.objects.filter(latest=True, finding_key__in=keys)
        return cls(headlines(), {one.finding_key: one for one in latest})

    def tell(self, ground: Ground, language: Language) -> Ground:
        decided = self.decisions.get(ground.key)
        line = self.now.get(ground.key)
        state = reason = ""
        if decided is not None and decided.verdict != Verdict.OPEN:
            state, reason = str(Verdict(decided.verdict).label), decided.reason
        if line is None and decided is None:
            gone = _("The records shown now no longer give this finding.")
            return replace(ground, gone=gone)
        said = ground.said
        if line is not None and not said.words:
            said = Said(line.headline[language], language)
        return replace(
            ground,
            said=replace(said, url=shown.finding_url(ground.key)),
            state=state,
            reason=reason,
        )


@dataclass(frozen=True, slots=True)
class _Recommendations:
    now: Mapping[str, Recommendation]
    answers: Mapping[int, Answer]
    findings: Mapping[int, tuple[str, ...]]
    lines: Mapping[str, FindingLine]

    @classmethod
    def of(cls, keys: set[str]) -> _Recommendations:
        if not keys:
            return cls({}, {}, {}, {})
        asked = Recommendation.objects.filter(pk__in=_numbers(keys), withdrawn_at=None)
        answers = Answer.objects.filter(recommendation__in=asked, latest=True)
        stands: dict[int, list[str]] = defaultdict(list)
        rows = StandsOn.objects.filter(recommendation__in=asked).order_by("id")
        for pk, key in rows.values_list("recommendation_id", "finding_key"):
            stands[pk].append(key)
        return cls(
            {str(one.pk): one for one in asked},
            {one.recommendation_id: one for one in answers.select_related("by")},
            {pk: tuple(found) for pk, found in stands.items()},
            headlines(),
        )

    def tell(self, ground: Ground, language: Language) -> Ground:
        one = self.now.get(ground.key)
        if one is None:
            return replace(ground, gone=_("This recommendation was withdrawn."))
        url = reverse("recommendation", args=[one.pk])
        ground = replace(
            ground,
            said=replace(ground.said, url=url),
            state=_("Not answered yet"),
            findings=tuple(
                Said(self.lines[key].headline[language], language, url_of)
                for key in self.findings.get(one.pk, ())
                if key in self.lines and (url_of := shown.finding_url(key))
            ),
        )
        answer = self.answers.get(one.pk)
        if answer is None:
            return ground
        told = {
            "name": answer.by.name,
            "day": shown.day_words(answer.at, language),
        }
        return replace(
            ground,
            state=str(AnswerVerdict(answer.verdict).label),
            reason=answer.reason,
            answered=_("%(name)s, %(day)s") % told,
            taken_up=answer.verdict in TAKEN_UP,
        )


@dataclass(frozen=True, slots=True)
class _Themes:
    now: Mapping[str, Text]

    @classmethod
    def of(cls, keys: set[str]) -> _Themes:
        found = Theme.objects.filter(code__in=keys) if keys else ()
        return cls({one.code: one.name for one in found})

    def tell(self, ground: Ground, language: Language) -> Ground:
        name = self.now.get(ground.key)
        if name is None:
            return replace(ground, gone=_("This theme is not kept any more."))
        url = reverse("theme", args=[ground.key])
        return replace(ground, said=Said(name[language], language, url))


@dataclass(frozen=True, slots=True)
class _Comments:
    """Comments have no page of their own here: their words are what is shown."""

    now: frozenset[str]

    @classmethod
    def of(cls, keys: set[str]) -> _Comments:
        if not keys:
            return cls(frozenset())
        found = Comment.objects.filter(
            pk__in=_numbers(keys), accepted_at__isnull=False, refused_at=None
        )
        return cls(frozenset(str(pk) for pk in found.values_list("pk", flat=True)))

    def tell(self, ground: Ground, language: Language) -> Ground:
        if ground.key in self.now:
            return ground
        gone = _("This comment is not shown any more.")
        return replace(ground, said=Said("", language), gone=gone)


def _numbers(keys: Iterable[str]) -> list[int]:
    """Keys of rows; an edited file may bring anything."""
    return [
        int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 10
    ]
