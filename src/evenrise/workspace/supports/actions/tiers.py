"""Place a student in a tier of one area, with the reason; the history stays."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.foundation.batches import in_batches
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.access import students_within
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.supports.access import may_support, reach_today
from evenrise.workspace.supports.models import TierPlacement


def place_in_tier(
    person: Person, *, student: Student, area: str, tier: int, reason: str
) -> TierPlacement | None:
    """Place a student in a tier from today on; tier 1 ends the placement.

    Nobody has a row for tier 1: it is for all. Why somebody went back to it stands at
    the end of the reason of the row that ends.

    Returns:
        The new placement; None for tier 1.

    Raises:
        NotYours: when the student is not within the person's reach.
        InputProblem: when the student is in that tier already.
    """
    today = timezone.localdate()
    with transaction.atomic():
        _refuse(person, student)
        hold_students([student.pk])
        now = (
            TierPlacement.objects.select_for_update()
            .filter(student=student, area=area, ends_on__isnull=True)
            .first()
        )
        if (now.tier if now else 1) == tier:
            raise InputProblem(
                _("The student is in tier %(tier)s of this area already.")
                % {"tier": tier}
            )
        if now is not None:
            now.ends_on = max(today, now.begins_on)
            if tier == 1:
                now.reason = f"{now.reason} → {reason.strip()}"[:500]
            now.save(update_fields=["ends_on", "reason"])
        made = None
        if tier > 1:
            made = TierPlacement.objects.create(
                student=student,
                area=area,
                tier=tier,
                begins_on=today,
                reason=reason.strip()[:500],
                by=person,
            )
        about = made or now
        record(
            person,
            "supports.place_in_tier",
            None if about is None else About("tier_placement", str(about.pk)),
            area=area,
            tier=tier,
        )
    return made


def hold_students(students: Sequence[str]) -> None:
    """Wait for whoever plans for the same students now; until the transaction ends.

    Two people who press at once would otherwise both find nothing running yet.
    """
    for some in in_batches(sorted(students)):
        held = Student.objects.select_for_update().filter(pk__in=some)
        list(held.order_by("pk").values_list("pk"))


def _refuse(person: Person, student: Student) -> None:
    within = students_within(reach_today(person)).filter(pk=student.pk)
    if not (may_support(person) and within.exists()):
        raise NotYours
