"""Caseloads: who serves which students, listed by hand or from a file.

Whoever gives caseloads puts on them only students whom they may see themselves.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.access import students_seen_by
from evenrise.workspace.people.models import Caseload, CaseloadPlace, Person
from evenrise.workspace.people.queries.caseloads import moved_away


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a list of students: how many were added, which are not there.

    A student outside one's reach and one who does not exist are the same.
    """

    added: int
    not_there: tuple[str, ...]


def make_caseload(person: Person, *, owner: Person, name: str) -> Caseload:
    """Make an empty caseload for somebody."""
    with transaction.atomic():
        caseload = Caseload.objects.create(owner=owner, name=name)
        record(
            person,
            "people.make_caseload",
            _about(caseload),
            name=name,
            owner=owner.name,
        )
    return caseload


def add_students(
    person: Person, *, caseload: Caseload, codes: Collection[str]
) -> Added:
    """Put students on a caseload: those within reach, enrolled now, each once."""
    wanted = {code.strip() for code in codes if code.strip()}
    with transaction.atomic():
        seen = students_seen_by(person, timezone.localdate())
        there = set(
            seen.filter(pk__in=wanted, current=True).values_list("pk", flat=True)
        )
        already = set(
            CaseloadPlace.objects.filter(
                caseload=caseload, student__in=there
            ).values_list("student_id", flat=True)
        )
        new = sorted(there - already)
        CaseloadPlace.objects.bulk_create(
            [CaseloadPlace(caseload=caseload, student_id=code) for code in new],
            batch_size=500,
        )
        record(person, "people.add_to_caseload", _about(caseload), students=len(new))
    return Added(len(new), tuple(sorted(wanted - there)))


def take_off(person: Person, *, caseload: Caseload, code: str) -> int:
    """Take a student off a caseload; how many were taken off (0 or 1)."""
    with transaction.atomic():
        seen = students_seen_by(person, timezone.localdate()).filter(pk=code)
        taken, _by_table = CaseloadPlace.objects.filter(
            caseload=caseload, student__in=seen.values("pk")
        ).delete()
        record(person, "people.take_off_caseload", _about(caseload), students=taken)
    return int(taken)


def take_off_moved(person: Person, *, caseload: Caseload) -> int:
    """Take those off a caseload who are at another school now; how many they were.

    It only narrows who sees them, so it needs no sight of them.
    """
    with transaction.atomic():
        gone = moved_away(CaseloadPlace.objects.filter(caseload=caseload))
        taken, _by_table = CaseloadPlace.objects.filter(
            pk__in=list(gone.values_list("pk", flat=True))
        ).delete()
        record(
            person,
            "people.take_off_caseload",
            _about(caseload),
            students=taken,
            moved=1,
        )
    return int(taken)


def hand_over(person: Person, *, caseload: Caseload, to: Person) -> None:
    """Give a whole caseload to another adult; the one before no longer sees it.

    Nobody hands on a student whom they may not see themselves: it would widen who
    sees them. Students who left, beyond one's reach, are no longer on the caseload.

    Raises:
        InputProblem: when the caseload holds students beyond one's reach.
    """
    with transaction.atomic():
        seen = students_seen_by(person, timezone.localdate())
        beyond = CaseloadPlace.objects.filter(caseload=caseload).exclude(
            student__in=seen.values("pk")
        )
        if beyond.filter(student__current=True).exists():
            raise InputProblem(
                _(
                    "This caseload also holds students whom you may not see. "
                    "Ask somebody of the district to hand it over."
                )
            )
        beyond.delete()
        before = caseload.owner
        caseload.owner = to
        caseload.save(update_fields=["owner"])
        record(
            person,
            "people.hand_over_caseload",
            _about(caseload),
            before=before.name,
            now=to.name,
        )


def _about(caseload: Caseload) -> About:
    return About("caseload", str(caseload.pk))
