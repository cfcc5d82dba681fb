"""Verbs about findings: keep, set aside, bring back, undo, say, start from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from evenrise.publishing.page_store.model import FindingLine
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.access import may_decide
from evenrise.workspace.insights.models import (
    Decision,
    Remark,
    RemarkVersion,
    Start,
    Verdict,
)
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person had before them when they decided.

    `decision` is the key of the latest decision then, 0 where there was none.
    """

    finding: FindingLine
    snapshot: str
    district_id: str
    decision: int = 0

    @property
    def about(self) -> About:
        """For the audit."""
        return About("finding", self.finding.key)

    def as_it_stood(self) -> dict[str, Any]:
        """The finding's words of this moment, to be stored beside a deed."""
        one = self.finding
        return {
            "finding_key": one.key,
            "finding_kind": str(one.kind),
            "indicator": one.indicator or "",
            "organization_id": one.organization_id,
            "headline_en": one.headline.en,
            "headline_es": one.headline.es,
            "sentence_en": one.sentence.en,
            "sentence_es": one.sentence.es,
            "snapshot": self.snapshot,
        }


def keep_finding(person: Person, *, seen: Seen, reason: str = "") -> Decision:
    """Keep a finding: the district stands by it and works on it."""
    return _decide(person, seen, Verdict.KEPT, reason)


def set_finding_aside(person: Person, *, seen: Seen, reason: str) -> Decision:
    """Set a finding aside, with the reason."""
    return _decide(person, seen, Verdict.SET_ASIDE, reason)


def bring_finding_back(person: Person, *, seen: Seen, reason: str = "") -> Decision:
    """Take the decision back: the finding is open again."""
    return _decide(person, seen, Verdict.OPEN, reason)


def _decide(
    person: Person, seen: Seen, verdict: Verdict, reason: str, **more: Any
) -> Decision:
    if not may_decide(person, seen.finding.organization_id, seen.district_id):
        raise NotYours
    with transaction.atomic():
        _make_way(seen)
        made = _write(
            Decision(
                **seen.as_it_stood(),
                verdict=verdict,
                reason=reason.strip(),
                by=person,
                **more,
            )
        )
        record(person, f"insights.{verdict}_finding", seen.about)
    return made


def _make_way(seen: Seen) -> Decision | None:
    """The decision that stood, no longer the latest.

    Raises:
        Overtaken: when it is not the one that the person saw.
    """
    latest = (
        Decision.objects.select_related("by")
        .select_for_update(of=("self",))
        .filter(finding_key=seen.finding.key, latest=True)
        .first()
    )
    if (latest.pk if latest else 0) != seen.decision:
        raise Overtaken(latest.by.name if latest else "")
    if latest is not None:
        latest.latest = False
        latest.save(update_fields=["latest"])
    return latest


def _write(made: Decision) -> Decision:
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as problem:  # two persons in the same moment
        raise Overtaken from problem
    return made


def undo_decision(person: Person, *, seen: Seen) -> Decision:
    """Return to what stood before the latest decision."""
    if not may_decide(person, seen.finding.organization_id, seen.district_id):
        raise NotYours
    with transaction.atomic():
        latest = _make_way(seen)
        if latest is None:
            raise Overtaken
        before = (
            Decision.objects.filter(finding_key=seen.finding.key, pk__lt=latest.pk)
            .order_by("-id")
            .first()
        )
        words = (
            {name: getattr(before, name) for name in seen.as_it_stood()}
            if before
            else seen.as_it_stood()
        )
        made = _write(
            Decision(
                **words,
                verdict=before.verdict if before else Verdict.OPEN,
                reason=before.reason if before else "",
                by=person,
                undoes=latest,
            )
        )
        record(person, "insights.undo_decision", seen.about, undone=latest.verdict)
    return made


def say(person: Person, *, finding: str, text: str) -> Remark:
    """Say something about a finding."""
    if not may_say(person):
        raise NotYours
    with transaction.atomic():
        made = Remark.objects.create(finding_key=finding, by=person, text=text.strip())
        record(person, "insights.say", About("finding", finding), remark=made.pk)
    return made


def may_say(person: Person) -> bool:
    """Whether the person takes part in discussions: staff, leads and reviewers."""
    return person.may(Right.WRITE_EVIDENCE) or person.may(Right.KEEP_FINDINGS)


def reword(person: Person, *, remark: int, text: str, seen: int) -> Remark:
    """Change one's own words; what stood before is kept.

    Raises:
        Overtaken: when they were changed since, in another window.
        NotYours: when they are somebody else's.
    """
    with transaction.atomic():
        one = _own_remark(person, remark)
        if one.version != seen or one.withdrawn_at is not None:
            raise Overtaken
        if one.text == text.strip():
            return one
        RemarkVersion.objects.create(
            remark=one, number=one.version, text=one.text, at=one.edited_at or one.at
        )
        one.text, one.version, one.edited_at = (
            text.strip(),
            one.version + 1,
            timezone.now(),
        )
        one.save(update_fields=["text", "version", "edited_at"])
        record(
            person, "insights.reword", About("finding", one.finding_key), remark=one.pk
        )
    return one


def withdraw_remark(person: Person, *, remark: int) -> Remark:
    """Take one's own words back; the place stays, the words are no longer shown."""
    return _mark_remark(person, remark, "insights.withdraw_remark", gone=True)


def restore_remark(person: Person, *, remark: int) -> Remark:
    """Show one's own words again."""
    return _mark_remark(person, remark, "insights.restore_remark", gone=False)


def _mark_remark(person: Person, remark: int, verb: str, *, gone: bool) -> Remark:
    with transaction.atomic():
        one = _own_remark(person, remark)
        one.withdrawn_at = timezone.now() if gone else None
        one.save(update_fields=["withdrawn_at"])
        record(person, verb, About("finding", one.finding_key), remark=one.pk)
    return one


def _own_remark(person: Person, remark: int) -> Remark:
    one = Remark.objects.select_for_update().filter(pk=remark, by=person).first()
    if one is None:
        raise NotYours
    return one


def start_from(person: Person, *, seen: Seen, kind: str, note: str) -> Start:
    """Note a finding as the start of a plan or a cycle."""
    if not person.may(Right.KEEP_FINDINGS):
        raise NotYours
    with transaction.atomic():
        made = Start.objects.create(
            **seen.as_it_stood(), kind=kind, note=note.strip(), by=person
        )
        record(person, "insights.start_from", seen.about, kind=kind, start=made.pk)
    return made


def withdraw_start(person: Person, *, start: int, gone: bool = True) -> Start:
    """Take a start back, or bring it back."""
    with transaction.atomic():
        one = Start.objects.select_for_update().filter(pk=start, by=person).first()
        if one is None:
            raise NotYours
        one.withdrawn_at = timezone.now() if gone else None
        one.save(update_fields=["withdrawn_at"])
        verb = "insights.withdraw_start" if gone else "insights.restore_start"
        record(person, verb, About("finding", one.finding_key), start=one.pk)
    return one
