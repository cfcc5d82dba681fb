"""The story of one import: what each file was, what was kept, refused and asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evenrise.vocabulary.text import Text


class Severity(StrEnum):
    """How much a question matters."""

    NOTICE = "notice"  # worth knowing
    WARNING = "warning"  # could mislead a reader
    SERIOUS = "serious"  # the fact should not be used until it is answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something about the records that a person should look at; not an accusation.

    `key` names the kind of question (`records.enrollments_overlap`). `where` says the
    place in the file ("line 12, column left_on"). The fields from `indicator` on name
    the fact in doubt, when it is about one: findings then set that fact aside.
    """

    key: str
    text: Text
    file: str
    where: str = ""
    indicator: str | None = None
    organization_id: str | None = None
    school_year: int | None = None
    group_family: str | None = None
    group: str | None = None
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One row that was not kept: file, line, column and the reason."""

    file: str
    line: int | None
    column: str
    reason: str
