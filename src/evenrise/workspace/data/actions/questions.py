"""What people do with questions about the data."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from evenrise.vocabulary.text import Text
from evenrise.workspace.data.models import DataQuestion
from evenrise.workspace.data.saying import Said
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person


NO_NOTE = Text(
    "Write what you found out, in a sentence.", "Escriba en una frase qué averiguó."
)


def assign(person: Person, *, question: DataQuestion, owner: Person | None) -> None:
    """Give a question to somebody, or to nobody."""
    with transaction.atomic():
        question.owner = owner
        question.save(update_fields=["owner"])
        record(
            person,
            "data.assign_question",
            About("question", str(question.pk)),
            owner=None if owner is None else owner.pk,
        )


def answer(person: Person, *, question: DataQuestion, note: str) -> None:
    """Say how it is; the same question coming back stays answered.

    Raises:
        Said: without a note.
    """
    _say(person, question, DataQuestion.State.ANSWERED, note)


def settle(person: Person, *, question: DataQuestion, note: str) -> None:
    """Close a question: the records were put right, or nothing is to be done.

    Raises:
        Said: without a note.
    """
    _say(person, question, DataQuestion.State.SETTLED, note)


def reopen(person: Person, *, question: DataQuestion) -> None:
    """Open a question again; what was noted stays."""
    with transaction.atomic():
        question.state = DataQuestion.State.OPEN
        question.by_itself = False
        question.save(update_fields=["state", "by_itself"])
        record(person, "data.reopen_question", About("question", str(question.pk)))


def _say(person: Person, question: DataQuestion, state: str, note: str) -> None:
    told = note.strip()
    if not told:
        raise Said(NO_NOTE)
    with transaction.atomic():
        question.state = state
        question.by_itself = False
        question.note = told[:2000]
        question.answered_by = person
        question.answered_at = timezone.now()
        question.save(
            update_fields=["state", "by_itself", "note", "answered_by", "answered_at"]
        )
        # The note itself may say what belongs in no log.
        record(person, f"data.question_{state}", About("question", str(question.pk)))
