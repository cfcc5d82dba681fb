"""What people do with briefings and releases; one verb, one function, one transaction.

propose_figures > (prepared by a task) > approve by somebody else > publish
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import LANGUAGES, Language
from evenrise.workspace.data.standing import standing
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person
from evenrise.workspace.reports.models import Approval, Briefing, Edition, Release
from evenrise.workspace.reports.queries import is_author
from evenrise.workspace.reports.states import State, Verb, move


UNDER_WAY = (State.PREPARING, State.PROPOSED, State.RETURNED, State.APPROVED)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one edition, as its form hands them over."""

    title: str
    opening: str = ""
    closing: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def begin_briefing(*, person: Person, language: Language, words: Words) -> Briefing:
    """Begin a briefing of what is current, in one language.

    Raises:
        InputProblem: when no records were brought in yet.
    """
    now = standing()
    if now is None:
        raise InputProblem(
            _("There is nothing to report on yet: bring records in first.")
        )
    briefing = Briefing.objects.create(
        slug=_free_slug(words.title), snapshot=now.snapshot, written_by=person
    )
    Edition.objects.create(
        briefing=briefing,
        language=language,
        title=words.title,
        opening=words.opening,
        closing=words.closing,
        changed_by=person,
    )
    record(person, "reports.begin_briefing", About("briefing", briefing.slug))
    return briefing


def _free_slug(title: str) -> str:
    base = slugify(title)[:70] or "briefing"
    slug, number = base, 2
    while Briefing.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def edit_edition(
    *,
    person: Person,
    briefing: Briefing,
    language: Language,
    words: Words,
    seen_version: int,
    follows_other: bool,
) -> Edition:
    """Change an edition's words, or begin it; approvals of the briefing fall.

    Args:
        person: who edits.
        briefing: what is edited.
        language: of the edition.
        words: all of its words.
        seen_version: the edition's version that the person was shown (0: none yet).
        follows_other: the person says that it now says what the other edition says.

    Raises:
        InputProblem: when somebody else changed it meanwhile; nothing is lost, the
            form shows both.
    """
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    edition = briefing.editions.filter(language=language).first()
    if (edition.version if edition else 0) != seen_version:
        raise InputProblem(
            _(
                "Somebody else changed this edition while you were writing; look at "
                "their words and save again."
            )
        )
    other = briefing.editions.exclude(language=language).first()
    if edition is None:
        edition = Edition(briefing=briefing, language=language, version=0, follows=0)
    edition.title, edition.opening = words.title, words.opening
    edition.closing, edition.notes = words.closing, dict(words.notes)
    edition.version += 1
    if other is None:
        edition.follows = 1
    elif follows_other:
        edition.follows = other.version
        # What was just brought in line is in line both ways.
        other.follows = edition.version
        other.save(update_fields=["follows"])
    edition.changed_at, edition.changed_by = timezone.now(), person
    edition.save()
    _changed(briefing, person)
    record(
        person,
        "reports.edit_edition",
        About("briefing", briefing.slug),
        language=language,
        version=edition.version,
    )
    return edition


@transaction.atomic
def choose_findings(
    *, person: Person, briefing: Briefing, findings: Sequence[str]
) -> None:
    """Choose the findings of a briefing, in order; approvals fall."""
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    briefing.findings = list(dict.fromkeys(findings))
    _changed(briefing, person)
    record(
        person,
        "reports.choose_findings",
        About("briefing", briefing.slug),
        findings=len(briefing.findings),
    )


def _changed(briefing: Briefing, person: Person) -> None:
    """Count the edit, and take away every approval that was given before it."""
    briefing.version += 1
    briefing.changed_at = timezone.now()
    briefing.save()
    waiting = briefing.releases.filter(state__in=UNDER_WAY)
    for release in waiting.select_for_update():
        reset(release=release, person=person)


def content_of(briefing: Briefing) -> str:
    """The SHA-256 of everything in a briefing that a reader would read."""
    told: dict[str, Any] = {
        "snapshot": briefing.snapshot,
        "findings": briefing.findings,
        "editions": {
            one.language: [one.title, one.opening, one.closing, one.notes]
            for one in briefing.editions.all()
        },
    }
    whole = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()


@transaction.atomic
def propose_figures(*, person: Person) -> Release:
    """Propose to make the current snapshot's figures public; a task prepares them.

    Raises:
        InputProblem: when nothing is current, or figures are on their way already.
    """
    now = standing()
    if now is None:
        raise InputProblem(_("There are no figures yet: bring records in first."))
    if Release.objects.filter(kind="figures", state__in=UNDER_WAY).exists():
        raise InputProblem(
            _(
                "A release of figures is on its way already; finish or withdraw "
                "that one."
            )
        )
    release = Release.objects.create(
        kind="figures", snapshot=now.snapshot, proposed_by=person
    )
    record(person, "reports.propose_figures", About("release", str(release.pk)))
    return release


@transaction.atomic
def propose_briefing(*, person: Person, briefing: Briefing) -> Release:
    """Propose a briefing for the public.

    Raises:
        InputProblem: when it lacks an edition, an edition is stale, or its figures are
            not public.
    """
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    editions = {one.language: one for one in briefing.editions.all()}
    missing = [language for language in LANGUAGES if language not in editions]
    if missing:
        raise InputProblem(
            _(
                "A public briefing needs an English and a Spanish edition; one is "
                "missing."
            )
        )
    public = public_figures()
    if public is None or public.snapshot != briefing.snapshot:
        raise InputProblem(
            _(
                "The figures that this briefing speaks of are not public; release the "
                "figures first."
            )
        )
    if briefing.releases.filter(state__in=UNDER_WAY).exists():
        raise InputProblem(_("This briefing is on its way already."))
    release = Release.objects.create(
        kind="briefing",
        briefing=briefing,
        snapshot=briefing.snapshot,
        proposed_by=person,
        state=State.PROPOSED,
        content=content_of(briefing),
        done=1,
    )
    record(person, "reports.propose_briefing", About("release", str(release.pk)))
    return release


def public_figures() -> Release | None:
    """The figures that everybody reads now."""
    return Release.objects.filter(kind="figures", state=State.PUBLIC).first()


def _moved(release: Release, verb: Verb, person: Person | None) -> Release:
    """Lock the release and check the move.

    Raises:
        InputProblem: when the release is elsewhere by now, or the person may not.
    """
    release = Release.objects.select_for_update().get(pk=release.pk)
    found = move(State(release.state), verb)
    if found is None:
        raise InputProblem(_("The release has moved on meanwhile; look at it again."))
    if found.right is not None and (person is None or not person.may(found.right)):
        raise InputProblem(_("This step is somebody else's to take."))
    if found.not_the_author and person is not None and is_author(release, person):
        raise InputProblem(
            _(
                "Whoever wrote or proposed a release cannot approve it; ask somebody "
                "else."
            )
        )
    release.state = found.target
    return release


@transaction.atomic
def approve(
    *, person: Person, release: Release, content: str, note: str = ""
) -> Approval:
    """Stand behind a release as the second person.

    Args:
        person: not the author.
        release: what was read.
        content: the hash that the page carried: exactly this was read.
        note: what the person wishes to add.

    Raises:
        InputProblem: when it changed since it was read, or the person is the author.
    """
    release = _moved(release, Verb.APPROVE, person)
    if release.content != content:
        raise InputProblem(_("The release changed since you read it; read it again."))
    approval = Approval.objects.create(
        release=release, person=person, content=content, note=note
    )
    release.save(update_fields=["state"])
    record(person, "reports.approve", About("release", str(release.pk)))
    return approval


@transaction.atomic
def send_back(*, person: Person, release: Release, reason: str) -> None:
    """Return a release to its author, with what is asked for."""
    release = _moved(release, Verb.RETURN, person)
    release.reason = reason
    release.save(update_fields=["state", "reason"])
    record(person, "reports.send_back", About("release", str(release.pk)))


def reset(*, release: Release, person: Person | None) -> None:
    """Take approvals away: what was approved is not what would be read now."""
    if State(release.state) is State.PREPARING:
        return
    release = _moved(release, Verb.RESET, person)
    if release.briefing is not None:
        release.content = content_of(release.briefing)
    release.save(update_fields=["state", "content"])
    gone = release.approvals.filter(taken_away_at__isnull=True).update(
        taken_away_at=timezone.now()
    )
    record(
        person,
        "reports.take_approvals_away",
        About("release", str(release.pk)),
        approvals=gone,
    )


@transaction.atomic
def make_public(*, person: Person, release: Release) -> Release:
    """Let everybody read an approved release; the one before it is replaced.

    Raises:
        InputProblem: when no approval of exactly this content by somebody other than
            its author stands. For figures see also `releasing.publish_figures`, which
            calls this.
    """
    release = _moved(release, Verb.PUBLISH, person)
    standing_by = release.approvals.filter(
        content=release.content, taken_away_at__isnull=True
    )
    if not any(not is_author(release, one.person) for one in standing_by):
        raise InputProblem(_("Nobody has approved exactly this content."))
    if release.briefing is not None and content_of(release.briefing) != release.content:
        raise InputProblem(_("The briefing changed since it was approved."))
    before = Release.objects.select_for_update().filter(
        kind=release.kind,
        state=State.PUBLIC,
        briefing=release.briefing,
        plan_edition=release.plan_edition,
    )
    for old in before:
        replaced = _moved(old, Verb.REPLACE, None)
        replaced.ended_at = timezone.now()
        replaced.save(update_fields=["state", "ended_at"])
    latest = Release.objects.aggregate(latest=Max("number"))["latest"] or 0
    release.number = latest + 1
    release.public_at, release.public_by = timezone.now(), person
    release.save()
    record(
        person,
        "reports.make_public",
        About("release", str(release.pk)),
        kind=release.kind,
    )
    return release


@transaction.atomic
def withdraw(*, person: Person, release: Release, reason: str) -> None:
    """Take a release back, with a reason; what was read cannot be unread."""
    release = _moved(release, Verb.WITHDRAW, person)
    release.reason, release.ended_at = reason, timezone.now()
    release.save(update_fields=["state", "reason", "ended_at"])
    record(person, "reports.withdraw", About("release", str(release.pk)))
