"""The long work of a file: read it beside the plan, write it into the plan.

It never fails: whatever happens, the file's own state says it, and no message of a
library reaches the table of tasks.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenrise.vocabulary.errors import EvenriseError
from evenrise.vocabulary.text import Text
from evenrise.workspace.foundation.how_far import telling
from evenrise.workspace.plans.actions.putting import put_content
from evenrise.workspace.plans.content import (
    PlanContent,
    RungContent,
    content_bytes,
    read_content,
)
from evenrise.workspace.plans.exchange import csv_file, docx_file, xlsx_file
from evenrise.workspace.plans.models import Plan, PlanFile
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.queries.files import writing_of
from evenrise.workspace.plans.queries.naming import left_out_unknown


FILES: dict[str, ModuleType] = {"csv": csv_file, "xlsx": xlsx_file, "docx": docx_file}
State = PlanFile.State
_log = logging.getLogger("evenrise.plans")
_A_STEP = 0.05  # of the way: as often is the row of the file written
_FAULT = Text(
    "The file could not be read, by a fault of ours, and nothing was changed. Whoever "
    "looks after this server finds it in the log.",
    "No se pudo leer el archivo por un fallo nuestro y no se cambió nada. Quien cuida "
    "este servidor lo encuentra en el registro.",
)
_OTHERS = Text(
    "The plan changed after this file was read: bring the file again.",
    "El plan cambió después de leer este archivo: tráigalo de nuevo.",
)
_NOTHING_NEW = Text(
    "The file says just what the plan says: there is nothing to take from it.",
    "El archivo dice lo mismo que el plan: no hay nada que tomar de él.",
)


def read_file(key: int) -> None:
    """Read a file that waits, and keep what it would make of the plan."""
    one = PlanFile.objects.select_related("plan__parent").filter(pk=key).first()
    if one is None or one.state != State.READING or one.payload is None:
        return
    try:
        _read(one)
    except EvenriseError as problem:
        _refuse(one, problem.text)
    except Exception:  # noqa: BLE001 - a task never fails, see above
        _log.exception("The reading of a plan's file ended by a fault of ours.")
        _refuse(one, _FAULT)


def _read(one: PlanFile) -> None:
    version = one.plan.version
    before = content_of(one.plan)
    data = bytes(one.payload or b"")
    read: Callable[..., Any] = FILES[one.kind].read
    content, problems = read(data, before, _progress(one))
    after, more = left_out_unknown(_of_this(content, before), before)
    after = stamped(before, after, timezone.now())
    told = [problem.as_dict() for problem in (*problems, *more)]
    same = content_bytes(after) == content_bytes(before)
    if same:
        told.append({"where": "", "refused": False, **_NOTHING_NEW.as_dict()})
    with transaction.atomic():
        held = PlanFile.objects.select_for_update().get(pk=one.pk)
        if held.state != State.READING:
            return  # somebody left it meanwhile
        held.state = State.REFUSED if same else State.READY
        held.payload, held.done, held.problems = None, 1, told
        held.before, held.after = content_bytes(before), content_bytes(after)
        held.version_before = version
        held.save()


def _progress(one: PlanFile) -> Callable[[float], None]:
    """Tells the row how far the reading is, a step at a time."""
    told = 0.0

    def telling(done: float) -> None:
        nonlocal told
        if done - told >= _A_STEP:
            told = done
            PlanFile.objects.filter(pk=one.pk, state=State.READING).update(done=done)

    return telling


def _refuse(one: PlanFile, said: Text) -> None:
    PlanFile.objects.filter(pk=one.pk, state=State.READING).update(
        state=State.REFUSED,
        payload=None,
        problems=[{"where": "", "refused": True, **said.as_dict()}],
    )


def _of_this(content: PlanContent, before: PlanContent) -> PlanContent:
    """A plan stays whose it is, whatever a file says."""
    return replace(
        content,
        slug=before.slug,
        kind=before.kind,
        school_id=before.school_id,
        parent=before.parent,
    )


def stamped(before: PlanContent, after: PlanContent, now: dt.datetime) -> PlanContent:
    """Words that a file changed carry the day on which it was brought.

    Where only one language was changed the other one is older from now on.
    """
    at = now.astimezone(dt.UTC).isoformat(timespec="seconds")
    stood = {one.key: one for one in before.rungs}
    empty = RungContent(key="", kind="")
    rungs = tuple(
        replace(one, **_days(stood.get(one.key, empty), one, at, _RUNG_WORDS))
        for one in after.rungs
    )
    return replace(after, rungs=rungs, **_days(before, after, at, _PLAN_WORDS))


_PLAN_WORDS = ("title", "text")
_RUNG_WORDS = (*_PLAN_WORDS, "theory", "done")


def _days(before: Any, after: Any, at: str, names: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for language in ("en", "es"):
        day = f"{language}_at"
        words = [f"{name}_{language}" for name in names]
        changed = any(getattr(before, n) != getattr(after, n) for n in words)
        if changed and getattr(before, day) == getattr(after, day):
            found[day] = at
    return found


def write_file(key: int) -> None:
    """Write what a file says into its plan, or say why it could not be."""
    try:
        _write(key)
    except EvenriseError as problem:
        _return(key, problem.text)
    except Exception:  # noqa: BLE001 - a task never fails, see above
        _log.exception("The writing of a plan's file ended by a fault of ours.")
        _return(key, _FAULT)


@transaction.atomic
def _write(key: int) -> None:
    one = PlanFile.objects.select_for_update().filter(pk=key).first()
    if one is None or one.state != State.WRITING or one.after is None:
        return
    plan = Plan.objects.select_for_update().get(pk=one.plan_id)
    if plan.version != one.version_before:
        _return(key, _OTHERS, State.REFUSED)
        return
    with telling(writing_of(one.pk)) as tell:
        content = read_content(bytes(one.after))
        tell(0.1)
        put_content(
            one.by,
            plan=plan,
            content=content,
            telling=lambda done: tell(0.1 + 0.9 * done),
        )
    one.state, one.done, one.version_after = State.DONE, 1, plan.version
    one.save()


def _return(key: int, said: Text, state: str = State.READY) -> None:
    """Back to where a person can look at it, with what stopped it."""
    one = PlanFile.objects.filter(pk=key, state=State.WRITING).first()
    if one is not None:
        one.state = state
        one.problems = [
            {"where": "", "refused": True, **said.as_dict()},
            *one.problems,
        ]
        one.save()
