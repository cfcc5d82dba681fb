"""What everybody reads of a plan: one frozen value, in canonical bytes.

Made when a release of the plan is proposed; the second person approves exactly these
bytes. It names no person: a step's department answers for it. Readings of measures
are not in it: every page makes them from the public figures that stand then.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import Prefetch

from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.models import Answer, Recommendation
from evenrise.workspace.plans.content import (
    MeasureContent,
    PlanContent,
    RungContent,
    content_bytes,
    digest_of,
    instant_told,
    read_content,
)
from evenrise.workspace.plans.models import (
    Comment,
    Edition,
    LinkTo,
    RedLightAnswer,
    Rung,
    WeDid,
)
from evenrise.workspace.plans.queries.readings import year_facts
from evenrise.workspace.reports.plan_tried import Tried, read_tried, tried_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The edition: which one, how it came to be, the digest of its own bytes."""

    number: int
    state: str
    digest: str
    hearing_on: str = ""
    hearing_until: str = ""
    hearing_place_en: str = ""
    hearing_place_es: str = ""
    adopted_on: str = ""
    votes_yes: int | None = None
    votes_no: int | None = None
    votes_abstain: int | None = None
    votes_absent: int | None = None
    why_en: str = ""
    why_es: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStands:
    """How far a step was, and since which day (an ISO text, blank: since ever)."""

    state: str
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said of the plan, in their own language; never who."""

    key: int
    text: str
    language: str
    heard_by: str
    said_on: str
    rung: str = ""
    theme_en: str = ""
    theme_es: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """What was done about it, also when nothing was changed."""

    comments: tuple[int, ...]
    changed: bool
    on: str
    rung: str = ""
    theme_en: str = ""
    theme_es: str = ""
    text_en: str = ""
    text_es: str = ""
    en_at: str = ""
    es_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LightAnswer:
    """A written response about a measure that is not as promised."""

    rung: str
    measure: str
    school_year: int
    on: str
    text_en: str = ""
    text_es: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A recommendation on which the plan stands, and how it was answered.

    `verdict`: accepted, changed or declined; blank while nobody answered.
    """

    key: str
    verdict: str = ""
    reason: str = ""
    text_en: str = ""
    text_es: str = ""
    en_at: str = ""
    es_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPlan:
    """All that everybody reads of one edition of a plan, as of a day."""

    as_of: str
    edition: Frozen
    content: PlanContent
    steps: Mapping[str, StepStands]
    asked: tuple[Asked, ...] = ()
    said: tuple[Said, ...] = ()
    did: tuple[Did, ...] = ()
    answers: tuple[LightAnswer, ...] = ()
    tried: tuple[Tried, ...] = ()

    @property
    def recommended(self) -> frozenset[str]:
        """The rungs with a `*`: they stand on a recommendation that was taken up."""
        taken = {
            one.key for one in self.asked if one.verdict in {"accepted", "changed"}
        }
        return frozenset(
            one.key
            for one in self.content.rungs
            if any(
                x.kind == LinkTo.RECOMMENDATION and x.key in taken for x in one.links
            )
        )

    @property
    def done(self) -> int:
        """How many steps are done; never a percentage that somebody typed."""
        return sum(one.state == "done" for one in self.steps.values())


def public_plan(
    edition: Edition, as_of: dt.date, pages: PageStore | None
) -> PublicPlan:
    """What would be public of an edition today.

    Args:
        edition: in hearing, heard, or adopted.
        as_of: the day of the progress that is told.
        pages: the public figures; a baseline that they hide is left out.
    """
    content = read_content(bytes(edition.content))
    keys = {one.key for one in content.rungs}
    return PublicPlan(
        as_of=as_of.isoformat(),
        edition=_frozen(edition),
        content=replace(
            content,
            rungs=tuple(_for_all(one, content, pages) for one in content.rungs),
        ),
        steps=_steps(edition, keys),
        asked=_asked(content),
        said=tuple(_said(one) for one in _comments(edition)),
        did=tuple(_did(one) for one in _deeds(edition)),
        answers=tuple(_answer(one) for one in _answers(edition, keys)),
        tried=tried_of(edition.plan_id, keys, pages, as_of),
    )


def told_of(plan: PublicPlan) -> bytes:
    """The canonical bytes of what everybody would read."""
    told = asdict(plan)
    told["content"] = json.loads(content_bytes(plan.content))
    told["format"] = 1
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def read_told(told: bytes) -> PublicPlan:
    """What `told_of` wrote."""
    found: dict[str, Any] = json.loads(told)
    content = json.dumps(found["content"]).encode()
    return PublicPlan(
        as_of=found["as_of"],
        edition=Frozen(**found["edition"]),
        content=read_content(content),
        steps={key: StepStands(**one) for key, one in found["steps"].items()},
        asked=tuple(Asked(**one) for one in found["asked"]),
        said=tuple(Said(**one) for one in found["said"]),
        did=tuple(
            Did(**{**one, "comments": tuple(one["comments"])}) for one in found["did"]
        ),
        answers=tuple(LightAnswer(**one) for one in found["answers"]),
        # Releases of before there were cycles hold none.
        tried=tuple(read_tried(one) for one in found.get("tried", ())),
    )


def words_of(one: Any, what: str, language: Language) -> tuple[str, Language]:
    """The words of a value for a reader, and the language in which they are.

    Args:
        one: with fields `<what>_en` and `<what>_es`.
        what: `title`, `text`, `theory`, `done`, ...
        language: the reader's; the other is taken where it has no words.
    """
    other: Language = "es" if language == "en" else "en"
    own: str = getattr(one, f"{what}_{language}")
    return (own, language) if own else (getattr(one, f"{what}_{other}"), other)


def is_stale(one: Any, language: Language) -> bool:
    """Whether the words in a language are older than the other's, or missing."""
    own, other = (one.en_at, one.es_at) if language == "en" else (one.es_at, one.en_at)
    return bool(other) and own < other


def _for_all(
    one: RungContent, content: PlanContent, pages: PageStore | None
) -> RungContent:
    """A rung without person, state, comments, and baselines that figures hide."""
    measures = tuple(
        measure
        if pages is None or not measure.indicator
        else without_hidden(measure, pages, content.school_id)
        for measure in one.measures
    )
    # What somebody said stands in `said`, in the words that may be shown.
    links = tuple(link for link in one.links if link.kind != LinkTo.COMMENT)
    return replace(one, person="", state="", measures=measures, links=links)


def without_hidden(
    measure: MeasureContent, pages: PageStore, school_id: str
) -> MeasureContent:
    """A measure without baselines that public figures do not show.

    People at work choose a baseline from all that is protected; what is public hides
    more, so that no two releases give a number away.
    """
    place = measure.organization_id or school_id or pages.district.organization_id
    hidden = {
        name
        for facts in year_facts(pages, measure, place)
        if facts.year == measure.baseline_year
        for name in facts.hidden
    }
    groups = tuple(
        replace(one, baseline_gap=None) if (one.family, one.group) in hidden else one
        for one in measure.groups
    )
    own = (ALL_FAMILY, ALL_STUDENTS) in hidden
    return replace(measure, groups=groups, baseline=None if own else measure.baseline)


def _frozen(edition: Edition) -> Frozen:
    return Frozen(
        number=edition.number,
        state=edition.state,
        digest=digest_of(bytes(edition.content)),
        hearing_on=_day(edition.hearing_on),
        hearing_until=_day(edition.hearing_until),
        hearing_place_en=edition.hearing_place_en,
        hearing_place_es=edition.hearing_place_es,
        adopted_on=_day(edition.adopted_on),
        votes_yes=edition.votes_yes,
        votes_no=edition.votes_no,
        votes_abstain=edition.votes_abstain,
        votes_absent=edition.votes_absent,
        why_en=edition.why_en,
        why_es=edition.why_es,
    )


def _steps(edition: Edition, keys: set[str]) -> dict[str, StepStands]:
    """How far the edition's steps are; one that was removed since is stopped."""
    rows = Rung.objects.filter(plan=edition.plan_id, kind="step", key__in=keys)
    return {
        one.key: StepStands(
            state="stopped" if one.removed_at else one.state,
            since=_day(one.removed_at or one.state_at),
        )
        for one in rows.order_by("key")
    }


def _asked(content: PlanContent) -> tuple[Asked, ...]:
    """The recommendations that the edition's rungs name, with their latest answers."""
    keys = {
        link.key
        for one in content.rungs
        for link in one.links
        if link.kind == LinkTo.RECOMMENDATION and link.key.isdecimal()
    }
    found = Recommendation.objects.filter(pk__in=keys, withdrawn_at=None)
    latest = Answer.objects.filter(latest=True, withdrawn_at=None)
    rows = found.prefetch_related(Prefetch("answers", latest, to_attr="standing"))
    return tuple(_asks(one) for one in rows.order_by("id"))


def _asks(one: Any) -> Asked:
    answer = next(iter(one.standing), None)
    return Asked(
        key=str(one.pk),
        verdict=answer.verdict if answer else "",
        reason=answer.reason if answer else "",
        text_en=one.text_en,
        text_es=one.text_es,
        en_at=instant_told(one.en_at),
        es_at=instant_told(one.es_at),
    )


def _comments(edition: Edition) -> list[Comment]:
    found = Comment.objects.filter(
        edition__plan=edition.plan_id,
        edition__number__lte=edition.number,
        accepted_at__isnull=False,
        refused_at=None,
    )
    return list(found.select_related("theme").order_by("said_on", "id"))


def _deeds(edition: Edition) -> list[WeDid]:
    found = WeDid.objects.filter(plan=edition.plan_id, taken_back_at=None)
    return list(
        found.select_related("theme", "rung")
        .prefetch_related("comments")
        .order_by("id")
    )


def _answers(edition: Edition, keys: set[str]) -> list[RedLightAnswer]:
    """The latest response a measure and year."""
    found = RedLightAnswer.objects.filter(
        measure__rung__plan=edition.plan_id,
        measure__rung__key__in=keys,
        taken_back_at=None,
    ).select_related("measure__rung")
    latest = {(one.measure_id, one.school_year): one for one in found.order_by("id")}
    return list(latest.values())


def _said(one: Comment) -> Said:
    return Said(
        key=one.pk,
        text=one.public_text or one.text,
        language=one.language,
        heard_by=one.heard_by,
        said_on=one.said_on.isoformat(),
        rung=one.rung_key,
        theme_en=one.theme.name_en if one.theme else "",
        theme_es=one.theme.name_es if one.theme else "",
    )


def _did(one: WeDid) -> Did:
    return Did(
        comments=tuple(sorted(comment.pk for comment in one.comments.all())),
        changed=one.changed,
        on=_day(one.at),
        rung=one.rung.key if one.rung else "",
        theme_en=one.theme.name_en if one.theme else "",
        theme_es=one.theme.name_es if one.theme else "",
        text_en=one.text_en,
        text_es=one.text_es,
        en_at=instant_told(one.en_at),
        es_at=instant_told(one.es_at),
    )


def _answer(one: RedLightAnswer) -> LightAnswer:
    return LightAnswer(
        rung=one.measure.rung.key,
        measure=one.measure.key,
        school_year=one.school_year,
        on=_day(one.at),
        text_en=one.text_en,
        text_es=one.text_es,
    )


def _day(on: dt.date | dt.datetime | None) -> str:
    if on is None:
        return ""
    return (on.date() if isinstance(on, dt.datetime) else on).isoformat()
