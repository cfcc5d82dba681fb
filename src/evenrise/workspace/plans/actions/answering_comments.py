"""Verbs of "you said, we did": what became of comments and themes, also when it is no.

An answer stands in both languages, each with its own day; it can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.models import Theme
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.models import Comment, Plan, Rung, WeDid


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was done about comments or a theme, and where it stands in the plan."""

    changed: bool
    text_en: str
    text_es: str
    comments: tuple[int, ...] = ()
    theme: Theme | None = None
    rung: Rung | None = None
    same_meaning: bool = False  # a small correction: both languages keep step


def tell_what_was_done(person: Person, *, plan: Plan, told: Answered) -> WeDid:
    """Answer comments, a theme, or both.

    Raises:
        NotYours: when the person does not write the plan.
        InputProblem: when nothing is answered, or nothing is said.
    """
    if not may_write(person, plan):
        raise NotYours
    with transaction.atomic():
        comments = _checked(plan, told)
        one = WeDid(plan=plan, by=person)
        _put(one, told)
        one.comments.set(comments)
        record(person, "plans.tell_what_was_done", _about(one), comments=len(comments))
    return one


def reword_what_was_done(person: Person, *, we_did: int, told: Answered) -> WeDid:
    """Change an answer; each language keeps its own day."""
    with transaction.atomic():
        one = _own(person, we_did)
        comments = _checked(one.plan, told)
        _put(one, told)
        one.comments.set(comments)
        record(person, "plans.reword_what_was_done", _about(one))
    return one


def take_words_back(person: Person, *, we_did: int, gone: bool = True) -> WeDid:
    """Take an answer back, or bring it back."""
    with transaction.atomic():
        one = _own(person, we_did)
        one.taken_back_at = timezone.now() if gone else None
        one.save(update_fields=["taken_back_at"])
        verb = "take_words_back" if gone else "bring_words_back"
        record(person, f"plans.{verb}", _about(one))
    return one


def _checked(plan: Plan, told: Answered) -> list[Comment]:
    comments = list(
        Comment.objects.filter(
            pk__in=told.comments, edition__plan=plan, accepted_at__isnull=False
        )
    )
    if len(comments) != len(set(told.comments)):
        raise InputProblem(_("One of the comments is not here any more; choose again."))
    if not comments and told.theme is None:
        raise InputProblem(_("Choose the comments or the theme that you answer."))
    if not (told.text_en.strip() or told.text_es.strip()):
        raise InputProblem(_("Say what was done, or why not."))
    if told.rung is not None and told.rung.plan_id != plan.pk:
        raise NotYours
    return comments


def _put(one: WeDid, told: Answered) -> None:
    """Each language keeps its own day; words that were missing follow the other's."""
    now = timezone.now()
    texts = {"en": told.text_en.strip(), "es": told.text_es.strip()}
    changed = {x: texts[x] != getattr(one, f"text_{x}") for x in texts}
    days = {"en": one.en_at, "es": one.es_at}
    one.text_en, one.text_es = texts["en"], texts["es"]
    one.changed, one.theme, one.rung = told.changed, told.theme, told.rung
    if any(changed.values()) and told.same_meaning:
        changed = {"en": True, "es": True}
    for language, other in (("en", "es"), ("es", "en")):
        if changed[language]:
            first = days[language] is None and not changed[other]
            at = (days[other] or now) if first else now
            setattr(one, f"{language}_at", at if texts[language] else None)
    one.save()


def _own(person: Person, we_did: int) -> WeDid:
    one = (
        WeDid.objects.select_for_update(of=("self",))
        .select_related("plan")
        .filter(pk=we_did)
        .first()
    )
    if one is None or not may_write(person, one.plan):
        raise NotYours
    return one


def _about(one: WeDid) -> About:
    return About("we_did", str(one.pk))
