"""Verbs about recommendations: ask, reword, withdraw; answer, take the answer back."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.access import (
    evidence_read_by,
    may_answer,
    may_recommend,
)
from evenrise.workspace.insights.models import (
    Answer,
    Recommendation,
    RecommendationVersion,
    StandsOn,
)
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A recommendation as its author wrote it.

    `same_meaning`: a small correction; the other language need not be looked at again.
    """

    text_en: str
    text_es: str
    school_id: str | None
    findings: tuple[str, ...] = ()
    evidence: tuple[int, ...] = ()
    same_meaning: bool = False


def recommend(person: Person, *, asked: Asked) -> Recommendation:
    """Ask something of the district or of a school."""
    if not may_recommend(person, asked.school_id):
        raise NotYours
    now = timezone.now()
    with transaction.atomic():
        one = Recommendation.objects.create(
            school_id=asked.school_id,
            text_en=asked.text_en.strip(),
            text_es=asked.text_es.strip(),
            en_at=now if asked.text_en.strip() else None,
            es_at=now if asked.text_es.strip() else None,
            by=person,
            at=now,
        )
        _stand(person, one, asked)
        record(person, "insights.recommend", _about(one))
    return one


def reword_recommendation(
    person: Person, *, recommendation: int, asked: Asked, seen: int
) -> Recommendation:
    """Change one's own recommendation; an answer given before says so afterwards.

    Raises:
        Overtaken: when it was changed since, in another window.
    """
    now = timezone.now()
    with transaction.atomic():
        one = _own(person, recommendation)
        if one.version != seen or one.withdrawn_at is not None:
            raise Overtaken
        if not may_recommend(person, asked.school_id):
            raise NotYours
        RecommendationVersion.objects.create(
            recommendation=one,
            number=one.version,
            text_en=one.text_en,
            text_es=one.text_es,
            at=one.changed_at or one.at,
        )
        _put_texts(one, asked)
        one.school_id = asked.school_id
        one.version += 1
        one.changed_at = now
        one.save()
        _stand(person, one, asked)
        record(person, "insights.reword_recommendation", _about(one))
    return one


def _put_texts(one: Recommendation, asked: Asked) -> None:
    """Each language keeps its own day; a small correction moves both."""
    now = timezone.now()
    changed = {
        "en": asked.text_en.strip() != one.text_en,
        "es": asked.text_es.strip() != one.text_es,
    }
    one.text_en, one.text_es = asked.text_en.strip(), asked.text_es.strip()
    if any(changed.values()) and asked.same_meaning:
        changed = {"en": True, "es": True}
    if changed["en"]:
        one.en_at = now if one.text_en else None
    if changed["es"]:
        one.es_at = now if one.text_es else None


def withdraw_recommendation(
    person: Person, *, recommendation: int, gone: bool = True
) -> Recommendation:
    """Take one's own recommendation back, or bring it back."""
    with transaction.atomic():
        one = _own(person, recommendation)
        one.withdrawn_at = timezone.now() if gone else None
        one.save(update_fields=["withdrawn_at"])
        verb = "withdraw_recommendation" if gone else "restore_recommendation"
        record(person, f"insights.{verb}", _about(one))
    return one


def answer(
    person: Person,
    *,
    recommendation: int,
    verdict: str,
    reason: str,
    seen: int,
    version: int,
) -> Answer:
    """Answer a recommendation, with the reason.

    Args:
        person: who answers.
        recommendation: its key.
        verdict: accepted, changed or declined.
        reason: why; for `changed` also what will be done instead.
        seen: the key of the latest answer on the page, 0 where there was none.
        version: of the recommendation, as the page showed it.

    Raises:
        Overtaken: when the text or its answer changed since.
    """
    with transaction.atomic():
        one = _answerable(person, recommendation)
        if one.version != version:
            raise Overtaken(one.by.name)
        _retire_answer(one, seen)
        try:
            with transaction.atomic():
                made = Answer.objects.create(
                    recommendation=one,
                    verdict=verdict,
                    reason=reason.strip(),
                    on_version=one.version,
                    by=person,
                )
        except IntegrityError as problem:  # two persons in the same moment
            raise Overtaken from problem
        record(person, "insights.answer", _about(one), verdict=verdict)
    return made


def take_answer_back(person: Person, *, recommendation: int, seen: int) -> None:
    """Undo the latest answer: the one before it counts again, if there was one."""
    with transaction.atomic():
        one = _answerable(person, recommendation)
        latest = _retire_answer(one, seen)
        if latest is None:
            raise Overtaken
        latest.withdrawn_at = timezone.now()
        latest.save(update_fields=["withdrawn_at"])
        before = (
            one.answers.filter(pk__lt=latest.pk, withdrawn_at=None)
            .order_by("-id")
            .first()
        )
        if before is not None:
            before.latest = True
            before.save(update_fields=["latest"])
        record(person, "insights.take_answer_back", _about(one))


def _retire_answer(one: Recommendation, seen: int) -> Answer | None:
    latest = one.answers.select_related("by").filter(latest=True).first()
    if (latest.pk if latest else 0) != seen:
        raise Overtaken(latest.by.name if latest else "")
    if latest is not None:
        latest.latest = False
        latest.save(update_fields=["latest"])
    return latest


def _answerable(person: Person, recommendation: int) -> Recommendation:
    one = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("by")
        .filter(pk=recommendation, withdrawn_at=None)
        .first()
    )
    if one is None or not may_answer(person, one):
        raise NotYours
    return one


def _own(person: Person, recommendation: int) -> Recommendation:
    one = (
        Recommendation.objects.select_for_update()
        .filter(pk=recommendation, by=person)
        .first()
    )
    if one is None or not may_recommend(person, one.school_id):
        raise NotYours
    return one


def _stand(person: Person, one: Recommendation, asked: Asked) -> None:
    one.findings.all().delete()
    StandsOn.objects.bulk_create(
        StandsOn(recommendation=one, finding_key=key)
        for key in dict.fromkeys(asked.findings)
    )
    readable = evidence_read_by(person).filter(pk__in=asked.evidence)
    one.evidence.set(readable)


def _about(one: Recommendation) -> About:
    return About("recommendation", str(one.pk))
