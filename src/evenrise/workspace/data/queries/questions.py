"""Questions about the data, as pages and start pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone

from evenrise.vocabulary.text import Language
from evenrise.workspace.data.asking import place_words
from evenrise.workspace.data.models import DataQuestion
from evenrise.workspace.data.words import QUESTION_STATES, SEVERITIES, moment
from evenrise.workspace.people.access import people_with
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question, in words."""

    pk: int
    text: str
    severity: str
    state: str
    state_words: str
    owner: str
    owner_pk: int | None
    file: str
    where: str
    first: str
    last: str
    note: str
    answered_by: str
    answered: str
    by_itself: bool


def questions_owned_by(person: Person) -> QuerySet[DataQuestion]:
    """The open questions that wait for a person, the most serious first."""
    return _ordered(
        DataQuestion.objects.filter(owner=person, state=DataQuestion.State.OPEN)
    )


def _ordered(found: QuerySet[DataQuestion]) -> QuerySet[DataQuestion]:
    heavy = {"serious": 0, "warning": 1}
    return found.annotate(
        weight=Case(
            *(When(severity=word, then=Value(n)) for word, n in heavy.items()),
            default=Value(2),
            output_field=IntegerField(),
        )
    ).order_by("weight", "-last_asked", "id")


def open_first(how: Language) -> list[QuestionLine]:
    """The open questions, the most serious first."""
    found = _ordered(DataQuestion.objects.filter(state=DataQuestion.State.OPEN))
    return [question_line(one, how) for one in _whole(found)[:200]]


def questions_page(
    how: Language, *, state: str = "", owner: Person | None = None
) -> list[QuestionLine]:
    """Questions in one state, of one owner; at most 200."""
    found = DataQuestion.objects.all()
    if state in DataQuestion.State.values:
        found = found.filter(state=state)
    if owner is not None:
        found = found.filter(owner=owner)
    return [question_line(one, how) for one in _whole(_ordered(found))[:200]]


def _whole(found: QuerySet[DataQuestion]) -> QuerySet[DataQuestion]:
    return found.select_related("owner", "answered_by")


def question_line(one: DataQuestion, how: Language) -> QuestionLine:
    """One question, in words."""
    severity = SEVERITIES.get(one.severity, SEVERITIES["warning"])
    answered = one.answered_at
    return QuestionLine(
        pk=one.pk,
        text=one.text_es if how == "es" else one.text_en,
        severity=severity[how],
        state=one.state,
        state_words=QUESTION_STATES[one.state][how],
        owner="" if one.owner is None else one.owner.name,
        owner_pk=one.owner_id,
        file=one.file,
        where=place_words(one.where, how),
        first=moment(one.first_asked, how),
        last=moment(one.last_asked, how),
        note=one.note,
        answered_by="" if one.answered_by is None else one.answered_by.name,
        answered="" if answered is None else moment(answered, how),
        by_itself=one.by_itself,
    )


def who_may_answer() -> QuerySet[Person]:
    """The people who may own a question."""
    return people_with(Right.ANSWER_QUESTIONS, timezone.localdate())
