"""Votes as they were put on record: when, and whether they can be taken back."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.plans.models import Edition


TAKEN_BACK_WITHIN = dt.timedelta(days=1)  # after the vote was recorded


def recorded(edition: Edition) -> LogEntry | None:
    """When the vote of an edition was put on record, and by whom."""
    return (
        LogEntry.objects.filter(
            verb__in=("plans.adopt", "plans.amend"),
            about_kind="edition",
            about_key=str(edition.pk),
        )
        .order_by("-at")
        .first()
    )


def may_be_taken_back(told: LogEntry) -> bool:
    """Whether a recorded vote is so young that it may be a mistake of writing."""
    return timezone.now() - told.at <= TAKEN_BACK_WITHIN
