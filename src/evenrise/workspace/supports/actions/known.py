"""An adult says which students they know well, and takes it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import record
from evenrise.workspace.people.access import students_within
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.access import reach_today
from evenrise.workspace.supports.models import KnownBy


@dataclass(frozen=True, slots=True)
class Marked:
    """What one saving changed, by keys of our own rows."""

    added: tuple[int, ...]
    ended: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.ended)


def mark_known(
    person: Person, *, shown: Collection[str], known: Collection[str]
) -> Marked:
    """Save a list: of the students shown, the person knows these well, the others not.

    Students outside the person's reach, or who left, are passed over as if they were
    not there. Students who were not shown keep their mark.
    """
    today = timezone.localdate()
    with transaction.atomic():
        seen = students_within(reach_today(person)).filter(current=True)
        there = set(seen.filter(pk__in=shown).values_list("pk", flat=True))
        mine = KnownBy.objects.filter(person=person, ended_on__isnull=True)
        has = dict(mine.filter(student__in=there).values_list("student_id", "pk"))
        new = sorted((there & set(known)) - set(has))
        gone = sorted(has[code] for code in set(has) - set(known))
        KnownBy.objects.bulk_create(
            [KnownBy(person=person, student_id=code, since=today) for code in new],
            ignore_conflicts=True,  # pressed twice
        )
        KnownBy.objects.filter(pk__in=gone).update(ended_on=today)
        added = mine.filter(student__in=new).values_list("pk", flat=True)
        marked = Marked(tuple(sorted(added)), tuple(gone))
        if marked:
            record(
                person,
                "supports.mark_known",
                added=len(marked.added),
                ended=len(marked.ended),
            )
    return marked


def undo_marks(
    person: Person, *, added: Collection[int], ended: Collection[int]
) -> Marked:
    """Take one's own saving back: what was added goes, what was ended stands again."""
    with transaction.atomic():
        own = KnownBy.objects.filter(person=person)
        gone = own.filter(pk__in=added, ended_on__isnull=True)
        keys = tuple(sorted(gone.values_list("pk", flat=True)))
        own.filter(pk__in=keys).delete()
        stands = own.filter(ended_on__isnull=True).values("student")
        back = own.filter(pk__in=ended, ended_on__isnull=False).exclude(
            student__in=stands
        )
        again = tuple(sorted(back.values_list("pk", flat=True)))
        own.filter(pk__in=again).update(ended_on=None)
        undone = Marked(again, keys)
        if undone:
            record(person, "supports.undo_known", added=len(again), ended=len(keys))
    return undone
