"""Puts the parts of rungs: links, measures, money, what waits for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.content import RungContent
from evenrise.workspace.plans.models import BudgetLine, Link, Measure, Rung


_IN_ONE_GO = 500
_OF_A_LINK = ("headline_en", "headline_es", "snapshot")


def put_depends(
    changed: Sequence[Rung],
    wanted: Mapping[str, RungContent],
    rungs: Mapping[str, Rung],
) -> None:
    """Put what each rung waits for.

    Raises:
        InputProblem: when a rung waits for one that is not in the plan.
    """
    through: Any = Rung.depends.through
    through.objects.filter(from_rung__in=[one.pk for one in changed]).delete()
    rows = []
    for one in changed:
        for key in wanted[one.key].depends:
            if key not in rungs:
                raise InputProblem(
                    _("“%(rung)s” waits for %(key)s, which is not in the plan.")
                    % {"rung": one.title_en or one.title_es, "key": key}
                )
            rows.append(through(from_rung_id=one.pk, to_rung_id=rungs[key].pk))
    through.objects.bulk_create(rows, batch_size=_IN_ONE_GO)


def put_parts(
    person: Person,
    changed: Sequence[Rung],
    wanted: Mapping[str, RungContent],
    schools: frozenset[str],
) -> None:
    """Put links, measures and budget lines of changed rungs.

    A part of the same key stays the same row, so that what hangs on it stays:
    answers to red lights, what was spent.

    Raises:
        InputProblem: when a budget line names a school that is not there.
    """
    _put_links(person, changed, wanted)
    _put_keyed(
        Measure,
        changed,
        {
            (rung.pk, one.key): _measure_fields(asdict(one))
            for rung in changed
            for one in wanted[rung.key].measures
        },
    )
    lines = {}
    for rung in changed:
        for one in wanted[rung.key].budget:
            if one.school_id and one.school_id not in schools:
                raise InputProblem(
                    _("“%(rung)s” has money for school %(school)s, which is not here.")
                    % {
                        "rung": rung.title_en or rung.title_es,
                        "school": one.school_id,
                    }
                )
            lines[(rung.pk, one.key)] = {
                "source": one.source,
                "school_id": one.school_id or None,
                "school_year": one.school_year,
                "planned": Decimal(one.planned),
            }
    _put_keyed(BudgetLine, changed, lines)


def _measure_fields(told: dict[str, Any]) -> dict[str, Any]:
    told.pop("key")
    return {**told, "groups": list(told["groups"])}


def _put_links(
    person: Person, changed: Sequence[Rung], wanted: Mapping[str, RungContent]
) -> None:
    stood = {
        (one.rung_id, one.kind, one.key): one
        for one in Link.objects.filter(rung__in=[rung.pk for rung in changed])
    }
    told = {
        (rung.pk, one.kind, one.key): one
        for rung in changed
        for one in wanted[rung.key].links
    }
    gone = [one.pk for name, one in stood.items() if name not in told]
    Link.objects.filter(pk__in=gone).delete()
    Link.objects.bulk_create(
        (
            Link(rung_id=name[0], by=person, **asdict(one))
            for name, one in told.items()
            if name not in stood
        ),
        batch_size=_IN_ONE_GO,
    )
    again = []
    for name, one in told.items():
        if name in stood:
            row = stood[name]
            told_of_it = {field: getattr(one, field) for field in _OF_A_LINK}
            if _says_otherwise(row, told_of_it):
                again.append(row)
    write_rows(Link, again, _OF_A_LINK)


def _put_keyed(
    kind: type[Measure | BudgetLine],
    changed: Sequence[Rung],
    told: Mapping[tuple[int, str], dict[str, Any]],
) -> None:
    """Add, change and softly remove rows that are known by rung and key."""
    rows: Any = kind.objects
    stood = {
        (one.rung_id, one.key): one
        for one in rows.filter(rung__in=[rung.pk for rung in changed])
    }
    gone = [row.pk for name, row in stood.items() if name not in told]
    rows.filter(pk__in=gone, removed_at=None).update(removed_at=timezone.now())
    rows.bulk_create(
        (
            kind(rung_id=name[0], key=name[1], **fields)
            for name, fields in told.items()
            if name not in stood
        ),
        batch_size=_IN_ONE_GO,
    )
    again = []
    names: set[str] = {"removed_at"}
    for name, fields in told.items():
        if name in stood:
            row = stood[name]
            names |= set(fields)
            if _says_otherwise(row, {**fields, "removed_at": None}):
                again.append(row)
    write_rows(kind, again, sorted(names))


def _says_otherwise(row: Any, fields: Mapping[str, Any]) -> bool:
    """Put fields into a row; whether any of them said something else."""
    other = False
    for field, value in fields.items():
        other |= getattr(row, field) != value
        setattr(row, field, value)
    return other


def write_rows(kind: type[Model], rows: Sequence[Any], names: Sequence[str]) -> None:
    """Write some columns of rows that are there already, in sets.

    As an insert that meets its own key: `bulk_update` writes a CASE with a branch for
    each row and column, which costs some ten times the processor time.

    Args:
        kind: the table.
        rows: each read whole.
        names: the fields to write.
    """
    table: Any = kind.objects  # type: ignore[attr-defined]
    table.bulk_create(
        rows,
        batch_size=_IN_ONE_GO,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=list(names),
    )
