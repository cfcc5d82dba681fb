"""Verbs of comments: heard from the public, entered by hand, read, answered.

Who said it and how to reach them (`name`, `reach`) is never public. A comment from the
public site is shown and counted after a person of the district read it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.models import Theme, WrittenIn
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.actions.touching import touch
from evenrise.workspace.plans.content import read_content
from evenrise.workspace.plans.models import (
    Comment,
    Edition,
    EditionState,
    HeardBy,
    Link,
    LinkTo,
    Plan,
)


LONGEST = 4_000  # characters; more is a letter, and is entered by hand in parts
MOST_WAITING = 2_000  # of one edition from the public site: beyond it is a flood


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentWritten:
    """A comment as it was said; the name and how to reach them stay private."""

    text: str
    language: str
    heard_by: str
    said_on: dt.date
    name: str = ""
    reach: str = ""
    rung_key: str = ""
    public_text: str = ""
    theme: Theme | None = None


def takes_comments(edition: Edition, today: dt.date) -> bool:
    """Whether the public may say something of the edition on this day."""
    return (
        edition.state == EditionState.HEARING
        and edition.hearing_until is not None
        and today <= edition.hearing_until
    )


def hear_comment(
    *,
    edition: Edition,
    text: str,
    language: str,
    name: str = "",
    reach: str = "",
    rung_key: str = "",
) -> Comment:
    """Keep what somebody said on the public site, until a person reads it.

    Args:
        edition: in public hearing.
        text: what was said, at most `LONGEST` characters.
        language: a code of `WrittenIn`.
        name: who said it, where they tell; never public.
        reach: mail or telephone, where they tell; never public.
        rung_key: of the edition's content; blank: the whole plan.

    Raises:
        InputProblem: when comments are not taken any more, or nothing was said.
    """
    today = timezone.localdate()
    if not takes_comments(edition, today):
        raise InputProblem(_("Comments on this edition are not taken any more."))
    said = CommentWritten(
        text=text,
        language=language,
        heard_by=HeardBy.SITE,
        said_on=today,
        name=name,
        reach=reach,
        rung_key=rung_key,
    )
    _check(edition, said)
    waiting = edition.comments.filter(
        heard_by=HeardBy.SITE, accepted_at=None, refused_at=None
    )
    if waiting.count() >= MOST_WAITING:
        raise InputProblem(
            _(
                "Many comments wait to be read; please write to the district, or come "
                "to the hearing."
            )
        )
    with transaction.atomic():
        made = _make(edition, said)
        record(None, "plans.hear_comment", _about(made))
    return made


def enter_comment(
    person: Person, *, edition: Edition, written: CommentWritten
) -> Comment:
    """Enter what was said at a meeting or in a letter; it counts at once.

    Raises:
        NotYours: when the person does not write the plan.
        InputProblem: when nothing was said, or of what is not in the edition.
    """
    if not may_write(person, edition.plan):
        raise NotYours
    _check(edition, written)
    with transaction.atomic():
        made = _make(edition, written, by=person)
        record(person, "plans.enter_comment", _about(made))
    return made


def _make(edition: Edition, said: CommentWritten, by: Person | None = None) -> Comment:
    return Comment.objects.create(
        edition=edition,
        rung_key=said.rung_key,
        language=said.language,
        text=said.text.strip(),
        public_text=said.public_text.strip(),
        heard_by=said.heard_by,
        said_on=said.said_on,
        name=said.name.strip()[:120],
        reach=said.reach.strip()[:200],
        theme=said.theme,
        entered_by=by,
        accepted_at=timezone.now() if by else None,
    )


def _check(edition: Edition, said: CommentWritten) -> None:
    if not said.text.strip():
        raise InputProblem(_("Write what you have to say."))
    if len(said.text) > LONGEST:
        raise InputProblem(
            _("This is longer than %(most)s characters; say it in two comments.")
            % {"most": LONGEST}
        )
    if said.language not in WrittenIn.values:
        raise InputProblem(_("Choose the language in which it is written."))
    if not said.rung_key:
        return
    if read_content(bytes(edition.content)).rung(said.rung_key) is None:
        raise InputProblem(_("This part is not in the edition; choose another."))


def accept_comment(
    person: Person,
    *,
    comment: int,
    public_text: str = "",
    theme: Theme | None = None,
) -> Comment:
    """Let a comment count and be shown; or change how it is shown.

    Args:
        person: who read it, and writes the plan.
        comment: from the public site or entered by hand.
        public_text: what is shown in its place, where it named somebody.
        theme: what it is about.
    """
    with transaction.atomic():
        one = _own(person, comment)
        one.accepted_at = one.accepted_at or timezone.now()
        one.refused_at, one.refused_why = None, ""
        one.public_text, one.theme = public_text.strip(), theme
        one.save()
        _put_into_links(one)
        record(person, "plans.accept_comment", _about(one))
    return one


def refuse_comment(person: Person, *, comment: int, why: str) -> Comment:
    """Leave a comment out, with the reason; it is kept.

    Raises:
        InputProblem: without a reason.
        Overtaken: when an answer to the public names it already.
    """
    if not why.strip():
        raise InputProblem(_("Say why this comment is left out."))
    with transaction.atomic():
        one = _own(person, comment)
        if one.we_did.filter(taken_back_at=None).exists():
            raise Overtaken
        one.refused_at, one.refused_why = timezone.now(), why.strip()[:300]
        one.accepted_at = None
        one.save()
        _put_into_links(one)
        record(person, "plans.refuse_comment", _about(one))
    return one


def read_again(person: Person, *, comment: int) -> Comment:
    """Undo: the comment waits to be read again."""
    with transaction.atomic():
        one = _own(person, comment)
        if one.we_did.filter(taken_back_at=None).exists():
            raise Overtaken
        one.accepted_at = one.refused_at = None
        one.refused_why = ""
        one.save()
        _put_into_links(one)
        record(person, "plans.read_comment_again", _about(one))
    return one


def _put_into_links(one: Comment) -> None:
    """Rungs of the work that stand on a comment hold the words that may be shown.

    What is frozen in an edition stays as it is.
    """
    words = (one.public_text or one.text) if one.accepted_at else ""
    spanish = one.language == WrittenIn.SPANISH
    links = Link.objects.filter(kind=LinkTo.COMMENT, key=str(one.pk))
    plans = Plan.objects.filter(rungs__links__in=links).distinct()
    for plan in list(plans):
        touch(plan, timezone.now())
    links.update(
        headline_en="" if spanish else words, headline_es=words if spanish else ""
    )


def _own(person: Person, comment: int) -> Comment:
    one = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("edition__plan")
        .filter(pk=comment)
        .first()
    )
    if one is None or not may_write(person, one.edition.plan):
        raise NotYours
    return one


def _about(one: Comment) -> About:
    return About("comment", str(one.pk))
