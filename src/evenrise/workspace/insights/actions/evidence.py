"""Verbs about written evidence: write, change, withdraw, bring back; and themes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.access import (
    evidence_read_by,
    may_change_evidence,
    writes_evidence_at,
)
from evenrise.workspace.insights.models import (
    Evidence,
    EvidenceLink,
    EvidenceVersion,
    LinkKind,
    Quote,
    Theme,
)
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@dataclass(frozen=True, slots=True)
class QuoteWritten:
    """A quote as it was written down."""

    text: str
    said_by: str
    theme: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWritten:
    """All that an author writes about one visit, conversation or document."""

    kind: str
    title: str
    held_on: dt.date
    school_id: str | None
    took_part: str
    language: str
    text: str
    readers: str
    themes: tuple[int, ...] = ()
    quotes: tuple[QuoteWritten, ...] = ()
    findings: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()

    def fields(self) -> dict[str, Any]:
        """The columns of the table."""
        return {
            "kind": self.kind,
            "title": self.title.strip(),
            "held_on": self.held_on,
            "school_id": self.school_id,
            "took_part": self.took_part.strip(),
            "language": self.language,
            "text": self.text.strip(),
            "readers": self.readers,
        }

    def links(self) -> list[tuple[str, str]]:
        """What it stands beside."""
        places = {*self.schools, *([self.school_id] if self.school_id else [])}
        return [
            *((LinkKind.FINDING.value, key) for key in dict.fromkeys(self.findings)),
            *(
                (LinkKind.INDICATOR.value, key)
                for key in dict.fromkeys(self.indicators)
            ),
            *((LinkKind.SCHOOL.value, key) for key in sorted(places)),
        ]


def write_evidence(person: Person, *, written: EvidenceWritten) -> Evidence:
    """Add a piece of evidence."""
    if not writes_evidence_at(person, written.school_id):
        raise NotYours
    with transaction.atomic():
        one = Evidence.objects.create(**written.fields(), by=person)
        _fill(one, written)
        record(person, "insights.write_evidence", _about(one), kind=one.kind)
    return one


def change_evidence(
    person: Person, *, evidence: int, written: EvidenceWritten, seen: int
) -> Evidence:
    """Change one's own evidence; what stood before is kept whole.

    Raises:
        Overtaken: when it was changed since, in another window.
    """
    with transaction.atomic():
        one = _own(person, evidence)
        if not writes_evidence_at(person, written.school_id):
            raise NotYours
        if one.version != seen or one.withdrawn_at is not None:
            raise Overtaken(one.changed_by.name if one.changed_by else "")
        EvidenceVersion.objects.create(
            evidence=one,
            number=one.version,
            content=content_of(one),
            by=one.changed_by or one.by,
            at=one.changed_at or one.at,
        )
        for name, value in written.fields().items():
            setattr(one, name, value)
        one.version += 1
        one.changed_by, one.changed_at = person, timezone.now()
        one.save()
        one.quotes.all().delete()
        one.links.all().delete()
        _fill(one, written)
        record(person, "insights.change_evidence", _about(one), version=one.version)
    return one


def withdraw_evidence(person: Person, *, evidence: int, gone: bool = True) -> Evidence:
    """Take one's own evidence back, or bring it back; nothing is lost."""
    with transaction.atomic():
        one = _own(person, evidence)
        one.withdrawn_at = timezone.now() if gone else None
        one.save(update_fields=["withdrawn_at"])
        verb = "insights.withdraw_evidence" if gone else "insights.restore_evidence"
        record(person, verb, _about(one))
    return one


def content_of(one: Evidence) -> dict[str, Any]:
    """A piece of evidence whole, as plain values, for its history."""
    names = ("kind", "title", "school_id", "took_part", "language", "text", "readers")
    return {
        **{name: getattr(one, name) for name in names},
        "held_on": one.held_on.isoformat(),
        "themes": sorted(one.themes.values_list("code", flat=True)),
        "quotes": [
            {"text": q.text, "said_by": q.said_by, "theme": q.theme_id}
            for q in one.quotes.all()
        ],
        "links": [[link.kind, link.key] for link in one.links.order_by("kind", "key")],
    }


def _fill(one: Evidence, written: EvidenceWritten) -> None:
    themes = {*written.themes, *(q.theme for q in written.quotes if q.theme)}
    one.themes.set(themes)
    Quote.objects.bulk_create(
        Quote(
            evidence=one,
            place=place,
            text=quote.text.strip(),
            said_by=quote.said_by,
            theme_id=quote.theme,
        )
        for place, quote in enumerate(written.quotes)
    )
    EvidenceLink.objects.bulk_create(
        EvidenceLink(evidence=one, kind=kind, key=key) for kind, key in written.links()
    )


def _own(person: Person, evidence: int) -> Evidence:
    one = (
        evidence_read_by(person)
        .select_for_update(of=("self",))
        .select_related("changed_by")
        .filter(pk=evidence)
        .first()
    )
    if one is None or not may_change_evidence(person, one):
        raise NotYours
    return one


def _about(one: Evidence) -> About:
    return About("evidence", str(one.pk))


def add_theme(
    person: Person, *, names: tuple[str, str], about: tuple[str, str] = ("", "")
) -> Theme:
    """Add a theme to the district's own list, in both languages."""
    if not person.may(Right.WRITE_EVIDENCE):
        raise NotYours
    with transaction.atomic():
        last = Theme.objects.aggregate(last=Max("place"))["last"] or 0
        one = Theme.objects.create(
            code=_free_code(names[0], Theme.objects.values_list("code", flat=True)),
            name_en=names[0].strip(),
            name_es=names[1].strip(),
            about_en=about[0].strip(),
            about_es=about[1].strip(),
            place=last + 10,
        )
        record(person, "insights.add_theme", About("theme", one.code))
    return one


def _free_code(name: str, taken: Iterable[str]) -> str:
    code = slugify(name)[:40] or "theme"
    used, number = set(taken), 2
    found = code
    while found in used:
        found, number = f"{code}-{number}", number + 1
    return found
