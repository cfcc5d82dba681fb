"""What people answer to a flag: set it aside for a while, contest a fact, take it back.

A flag that is contested stays in the list. It also asks the people who bring records in
to look: the question names the school and the kind of record, never a student; who
wrote it down knows which one is meant.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Text
from evenrise.workspace.data.models import DataQuestion
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.models import Domain, Flag, FlagAnswer


MOST_DAYS = 60  # a flag may be set aside for
_RECORDS: dict[str, Text] = {
    Domain.ATTENDANCE: Text("attendance", "asistencia"),
    Domain.BEHAVIOR: Text("incidents", "incidentes"),
    Domain.COURSE: Text("marks", "calificaciones"),
}


def set_aside(person: Person, *, flag: Flag, reason: str, until: dt.date) -> FlagAnswer:
    """Set a flag aside; on the day `until` it is in the list again, by itself.

    Args:
        person: who answers; the view found that the student is within reach.
        flag: an open flag.
        reason: why it can wait.
        until: from tomorrow to sixty days on.

    Raises:
        InputProblem: when the flag has closed, or the day is not within the limits.
    """
    days = (until - timezone.localdate()).days
    if not 1 <= days <= MOST_DAYS:
        raise InputProblem(_("Choose a day from tomorrow to 60 days from now."))
    with transaction.atomic():
        _stop_if_closed(flag)
        answer = FlagAnswer.objects.create(
            flag=flag,
            kind=FlagAnswer.Kind.SET_ASIDE,
            reason=reason,
            until=until,
            by=person,
        )
        record(person, "supports.set_flag_aside", _about(flag), days=days)
    return answer


def contest(person: Person, *, flag: Flag, reason: str) -> FlagAnswer:
    """Note that the student or family says a fact is wrong, and ask for a look at it.

    Raises:
        InputProblem: when the flag has closed.
    """
    with transaction.atomic():
        _stop_if_closed(flag)
        answer = FlagAnswer.objects.create(
            flag=flag, kind=FlagAnswer.Kind.CONTESTED, reason=reason, by=person
        )
        _ask(person, flag)
        record(person, "supports.contest_flag", _about(flag))
    return answer


def take_back(person: Person, *, answer: FlagAnswer) -> None:
    """Take an answer back; a flag set aside is in the list again at once.

    What was said stays readable in the log of what people did: who, when, which flag.
    """
    was = answer.kind
    if was == FlagAnswer.Kind.TAKEN_BACK:
        return
    with transaction.atomic():
        answer.kind = FlagAnswer.Kind.TAKEN_BACK
        answer.save(update_fields=["kind"])
        if was == FlagAnswer.Kind.CONTESTED:
            _stop_asking(answer.flag)
        record(person, "supports.take_back_answer", _about(answer.flag), was=was)


def _stop_if_closed(flag: Flag) -> None:
    if not Flag.objects.select_for_update().filter(pk=flag.pk, closed_on__isnull=True):
        raise InputProblem(
            _("This flag closed meanwhile: the records no longer give a reason for it.")
        )


def _mark(flag: Flag) -> str:
    return hashlib.sha256(f"supports.contested\n{flag.pk}".encode()).hexdigest()[:32]


def _ask(person: Person, flag: Flag) -> None:
    """Open a question about the data, or open it again."""
    kind = _RECORDS[flag.domain]
    school = "–" if flag.school is None else flag.school.name
    DataQuestion.objects.update_or_create(
        mark=_mark(flag),
        defaults={
            "kind": "supports.contested",
            "severity": "warning",
            "text_en": f"A student or family of {school} says that a record is wrong "
            f"({kind.en}). {person.name} knows which student is meant: ask, and put "
            "it right at the source.",
            "text_es": f"Un estudiante o una familia de {school} dice que un registro "
            f"es incorrecto ({kind.es}). {person.name} sabe de quién se trata: "
            "pregunte y corríjalo en la fuente.",
            "organization_id": flag.school_id or "",
            "state": DataQuestion.State.OPEN,
            "by_itself": False,
            "last_asked": timezone.now(),
        },
    )


def _stop_asking(flag: Flag) -> None:
    """Close the question, unless somebody else contests the flag as well."""
    if flag.answers.filter(kind=FlagAnswer.Kind.CONTESTED).exists():
        return
    DataQuestion.objects.filter(mark=_mark(flag), state=DataQuestion.State.OPEN).update(
        state=DataQuestion.State.SETTLED, by_itself=True
    )


def _about(flag: Flag) -> About:
    return About("flag", str(flag.pk))
