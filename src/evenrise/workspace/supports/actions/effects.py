"""What is renewed after a snapshot became current: groups, kept figures, readings.

`renew_answers` does it for what is current. The readings of supports are made of the
snapshot and of the supports and sessions that people logged, in sets; `EffectSet` keeps
them and names no student.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from evenrise.findings.support_effects.assemble import Given
from evenrise.findings.support_effects.effects import read_effects
from evenrise.records.snapshots import Snapshot
from evenrise.workspace.data.standing import snapshot_store, standing
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.supports.groups import place_groups
from evenrise.workspace.supports.models import (
    EffectSet,
    KeptAnswer,
    Session,
    Support,
)
from evenrise.workspace.supports.queries.acted import acted_counts, given, spread
from evenrise.workspace.supports.queries.counting import keep
from evenrise.workspace.supports.queries.flag_counts import (
    WATCH,
    watch_is_kept,
    watched_counts,
)
from evenrise.workspace.supports.queries.known import known_counts
from evenrise.workspace.supports.queries.line_readings import menu_told
from evenrise.workspace.supports.queries.tiers import tier_counts


AN_HOUR = dt.timedelta(hours=1)


def renew_groups() -> int | None:
    """Write the groups of the current snapshot's students; None where none stands."""
    now = standing()
    if now is None:
        return None
    return place_groups(snapshot_store().get(now.snapshot), now.as_of)


def keep_answers() -> None:
    """Count the pages about the whole district where it is too large to wait."""
    keep("acted", acted_counts)
    keep("tiers", tier_counts)
    keep("known", known_counts)
    if not watch_is_kept():
        keep(WATCH, watched_counts)


def ask_anew(key: str) -> bool:
    """Whether kept figures are an hour old and nobody asked for new ones since.

    Who gets a yes lets them be counted anew; the next one gets a no.
    """
    now = timezone.now()
    old = KeptAnswer.objects.filter(key=key, made_at__lt=now - AN_HOUR)
    return old.update(made_at=now) > 0


def effects_due() -> bool:
    """Whether supports were never read for what is current, nor groups placed."""
    now = standing()
    return (
        now is not None and not EffectSet.objects.filter(snapshot=now.snapshot).exists()
    )


def read_current_effects() -> EffectSet | None:
    """Make the readings of every support for what is current; None where none stands.

    Raises:
        InputProblem: when a part of the store cannot be read.
    """
    now = standing()
    if now is None:
        return None
    return make_effects(snapshot_store().get(now.snapshot), now.as_of)


def make_effects(snapshot: Snapshot, as_of: dt.date) -> EffectSet:
    """Make the readings of one snapshot and keep them in place of earlier ones.

    Args:
        snapshot: the records.
        as_of: the day that its pages speak of; later supports and sessions are not
            looked at.

    Raises:
        InputProblem: when a part of the store cannot be read.
        ArgumentProblem: when `district.toml` cannot be read.
    """
    readings = read_effects(snapshot, given_by(as_of), as_of, menu_told(as_of))
    with transaction.atomic():
        kept, _ = EffectSet.objects.update_or_create(
            snapshot=snapshot.id,
            defaults={
                "as_of": as_of,
                "made_at": timezone.now(),
                "content": [one.as_json() for one in readings],
            },
        )
        EffectSet.objects.exclude(pk=kept.pk).delete()
        record(
            None,
            "supports.read_effects",
            About("effect_set", str(kept.pk)),
            supports=len(readings),
        )
    return kept


def given_by(as_of: dt.date) -> Given:
    """The supports that students were given until a day, in columns, one row each."""
    sessions = (
        Session.objects.filter(given(as_of), support=OuterRef("pk"))
        .order_by()
        .values("support")
        .annotate(days=Count("held_on", distinct=True))
        .values("days")
    )
    rows = list(
        Support.objects.filter(begins_on__lte=as_of)
        .order_by("pk")
        .annotate(given=Coalesce(Subquery(sessions), 0))
        .values_list(
            "student_id",
            "kind__key",
            "begins_on",
            "ended_on",
            "planned_end_on",
            "sessions_planned",
            "given",
        )
    )
    columns = list(zip(*rows, strict=True)) or [()] * 7
    return Given(
        student=np.array(columns[0], dtype=np.str_),
        support=np.array(columns[1], dtype=np.str_),
        begins_on=np.array(columns[2], dtype="datetime64[D]"),
        planned=spread(columns[2:6], as_of).astype(np.int64),
        delivered=np.array(columns[6], dtype=np.int64),
    )
