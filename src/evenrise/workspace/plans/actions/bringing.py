"""What people do with files of a plan: bring, take in, undo, leave."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.actions.file_tasks import read_plan_file, write_plan_file
from evenrise.workspace.plans.actions.putting import put_content
from evenrise.workspace.plans.content import read_content
from evenrise.workspace.plans.exchange.problems import check_size
from evenrise.workspace.plans.models import Plan, PlanFile


State = PlanFile.State
_MOST_WAITING = 3  # files of one plan that are being read
_LONGEST_NAME = 200


@transaction.atomic
def bring(person: Person, *, plan: Plan, name: str, data: bytes) -> PlanFile:
    """Keep a file and have it read; the plan does not change yet.

    What the file is, is told by its content: its name is not believed.

    Raises:
        NotYours: when the person does not write the plan.
        InputProblem: when it is empty, too large, or others are being read.
    """
    _own(person, plan)
    check_size(data)
    if plan.files.filter(state=State.READING).count() >= _MOST_WAITING:
        raise InputProblem(
            _("Other files of this plan are being read: wait for them, or leave them.")
        )
    one = PlanFile.objects.create(
        plan=plan,
        name=name[-_LONGEST_NAME:].replace("\0", "") or "file",
        kind=kind_of(data),
        payload=data,
        by=person,
    )
    record(person, "plans.file_brought", About("plan_file", str(one.pk)))
    read_plan_file.enqueue(one.pk)
    return one


def kind_of(data: bytes) -> str:
    """What a file is by its first bytes and the names of its parts."""
    if not data.startswith(b"PK\x03\x04"):
        return "csv"
    return "docx" if b"word/document.xml" in data else "xlsx"


@transaction.atomic
def take_in(person: Person, *, file: PlanFile) -> None:
    """Have a file that was looked at written into the plan.

    Raises:
        NotYours: when the person does not write the plan.
        InputProblem: when it cannot be taken in any more.
    """
    _own(person, file.plan)
    held = PlanFile.objects.select_for_update().get(pk=file.pk)
    if held.state == State.WRITING:  # its worker was stopped: once more
        write_plan_file.enqueue(held.pk)
        return
    if held.state != State.READY:
        raise InputProblem(_("This file cannot be taken in any more; bring it again."))
    if held.version_before != held.plan.version:
        raise InputProblem(
            _("The plan changed after this file was read: bring the file again.")
        )
    # Whoever agreed is who changed the plan, also when somebody else brought it.
    held.state, held.done, held.by = State.WRITING, 0, person
    held.save()
    record(person, "plans.file_taken_in", About("plan_file", str(held.pk)))
    write_plan_file.enqueue(held.pk)


@transaction.atomic
def undo(person: Person, *, file: PlanFile) -> None:
    """Put the plan back to what it said before the file.

    Raises:
        NotYours: when the person does not write the plan.
        InputProblem: when the plan was changed since.
    """
    _own(person, file.plan)
    held = PlanFile.objects.select_for_update().get(pk=file.pk)
    plan = Plan.objects.select_for_update().get(pk=held.plan_id)
    if held.state != State.DONE or held.before is None:
        raise InputProblem(_("There is nothing of this file to undo."))
    if held.version_after != plan.version:
        raise InputProblem(
            _(
                "The plan was changed after this file: take back single parts on "
                "their own pages instead."
            )
        )
    put_content(person, plan=plan, content=read_content(bytes(held.before)))
    held.state, held.version_after = State.UNDONE, None
    held.save()
    record(person, "plans.file_undone", About("plan_file", str(held.pk)))


@transaction.atomic
def leave(person: Person, *, file: PlanFile) -> None:
    """Do not take a file in; the plan stays as it is.

    Raises:
        NotYours: when the person does not write the plan.
        InputProblem: when it is being written, or was.
    """
    _own(person, file.plan)
    held = PlanFile.objects.select_for_update().get(pk=file.pk)
    if held.state not in {State.READING, State.READY, State.REFUSED}:
        raise InputProblem(_("This file was taken in already; undo it instead."))
    held.state, held.payload = State.LEFT, None
    held.save()
    record(person, "plans.file_left", About("plan_file", str(held.pk)))


def _own(person: Person, plan: Plan) -> None:
    if not may_write(person, plan) or plan.set_aside_at is not None:
        raise NotYours
