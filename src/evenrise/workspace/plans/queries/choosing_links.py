"""What a rung may be made to stand on: found by words, or named by its key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q

from evenrise.vocabulary.text import Language
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.insights.models import (
    Answer,
    AnswerVerdict,
    Decision,
    Recommendation,
    Theme,
    Verdict,
    WrittenIn,
)
from evenrise.workspace.people.placing import fold
from evenrise.workspace.plans.content import LinkContent
from evenrise.workspace.plans.models import Comment, LinkTo, Plan
from evenrise.workspace.plans.queries.grounds import headlines, said_in


MOST = 25  # lines of one search


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing a rung may stand on: `value` names it in a form."""

    link: LinkContent
    words: str
    written_in: Language
    label: str
    state: str
    ticked: bool = False

    @property
    def value(self) -> str:
        """Kind and key, as a form sends them."""
        return f"{self.link.kind}|{self.link.key}"


def offered(
    plan: Plan, *, words: str, kind: str, named: str, language: Language
) -> tuple[list[Offered], bool]:
    """What matches a search, at most `MOST`, and whether there is more.

    What the district decided about comes first: findings that were kept, then
    recommendations that were accepted; what was set aside or declined comes last.

    Args:
        plan: whose rung is to stand on it; a school's plan is not offered what was
            recommended to another school.
        words: blank for the first ones.
        kind: one kind only; blank for all.
        named: `kind|key` of what is offered first, ticked already.
        language: the reader's.
    """
    looked_for = fold(words.strip())
    first = [_offer(one, "", language, ticked=True) for one in links_to(plan, [named])]
    rest = (
        one
        for which, make in _KINDS.items()
        if kind in ("", which)
        for one in make(plan, language)
        if one.value != named and (not looked_for or looked_for in fold(one.words))
    )
    found = list(islice(rest, MOST + 1))
    return [*first, *found[:MOST]], len(found) > MOST


def offered_one(plan: Plan, value: str, language: Language) -> Offered | None:
    """What `kind|key` names, in the words of today; None where it is not there."""
    return next(
        (_offer(one, "", language) for one in links_to(plan, [value])),
        None,
    )


def _offer(
    link: LinkContent, state: str, language: Language, *, ticked: bool = False
) -> Offered:
    said = said_in(link.headline_en, link.headline_es, language)
    label = str(LinkTo(link.kind).label)
    return Offered(link, said.words, said.written_in, label, state, ticked)


def _findings(plan: Plan, language: Language) -> Iterator[Offered]:
    pages = current_pages()
    if pages is None:
        return
    verdicts = dict(
        Decision.objects.filter(latest=True)
        .exclude(verdict=Verdict.OPEN)
        .values_list("finding_key", "verdict")
    )
    order = {Verdict.KEPT: 0, "": 1, Verdict.SET_ASIDE: 2}
    # Where findings are kept alike, those of the plan's own school come first.
    lines = sorted(
        headlines().values(),
        key=lambda one: (
            order[verdicts.get(one.key, "")],
            one.organization_id != (plan.school_id or pages.district.organization_id),
        ),
    )
    for one in lines:
        verdict = verdicts.get(one.key, "")
        link = LinkContent(
            kind=LinkTo.FINDING,
            key=one.key,
            headline_en=one.headline.en,
            headline_es=one.headline.es,
            snapshot=pages.snapshot,
        )
        yield _offer(link, str(Verdict(verdict).label) if verdict else "", language)


def _recommendations(plan: Plan, language: Language) -> Iterator[Offered]:
    """Those for the plan's place; a district's plan may take up any school's."""
    asked = Recommendation.objects.filter(withdrawn_at=None)
    if plan.school_id:
        asked = asked.filter(Q(school=plan.school_id) | Q(school=None))
    verdicts = dict(
        Answer.objects.filter(latest=True).values_list("recommendation_id", "verdict")
    )
    order = (AnswerVerdict.ACCEPTED, AnswerVerdict.CHANGED, "", AnswerVerdict.DECLINED)
    for one in sorted(asked, key=lambda one: order.index(verdicts.get(one.pk, ""))):
        link = LinkContent(
            kind=LinkTo.RECOMMENDATION,
            key=str(one.pk),
            headline_en=one.text_en,
            headline_es=one.text_es,
        )
        verdict = verdicts.get(one.pk, "")
        yield _offer(
            link, str(AnswerVerdict(verdict).label) if verdict else "", language
        )


def _themes(plan: Plan, language: Language) -> Iterator[Offered]:
    del plan
    for one in Theme.objects.all():
        link = LinkContent(
            kind=LinkTo.THEME,
            key=one.code,
            headline_en=one.name_en,
            headline_es=one.name_es,
        )
        yield _offer(link, "", language)


def _comments(plan: Plan, language: Language) -> Iterator[Offered]:
    """What was said of this plan's editions and may be shown; never who said it."""
    said = Comment.objects.filter(
        edition__plan=plan, accepted_at__isnull=False, refused_at=None
    )
    for one in said:
        words = one.public_text or one.text
        spanish = one.language == WrittenIn.SPANISH
        link = LinkContent(
            kind=LinkTo.COMMENT,
            key=str(one.pk),
            headline_en="" if spanish else words,
            headline_es=words if spanish else "",
        )
        yield _offer(link, "", language)


_KINDS = {
    str(LinkTo.FINDING): _findings,
    str(LinkTo.RECOMMENDATION): _recommendations,
    str(LinkTo.THEME): _themes,
    str(LinkTo.COMMENT): _comments,
}


def links_to(plan: Plan, values: Iterable[str]) -> list[LinkContent]:
    """What several `kind|key` name; what is not there is left out."""
    wanted = dict.fromkeys(values)
    kinds = {value.partition("|")[0] for value in wanted}
    there = {
        one.value: one.link
        for kind in kinds & set(_KINDS)
        for one in _KINDS[kind](plan, "en")
    }
    return [there[value] for value in wanted if value in there]
