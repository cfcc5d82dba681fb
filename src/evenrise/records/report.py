"""The story of one import: what each file was, what was kept, refused and asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from evenrise.records.snapshots.snapshot import Snapshot
from evenrise.vocabulary.text import Text


EXAMPLES = 100  # refused rows named one by one for each file; the rest are counted


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

    def as_json(self) -> dict[str, Any]:
        """The shape `import.json` carries; only what is known."""
        known = {
            "key": self.key,
            "severity": self.severity.value,
            "text": self.text.as_dict(),
            "file": self.file,
            "where": self.where,
        }
        about = {
            "indicator": self.indicator,
            "organization_id": self.organization_id,
            "school_year": self.school_year,
            "group_family": self.group_family,
            "group": self.group,
        }
        return known | {name: part for name, part in about.items() if part is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One row that was not kept: file, line, column and the reason."""

    file: str
    line: int | None
    column: str
    reason: Text

    def as_json(self) -> dict[str, Any]:
        """The shape `import.json` carries."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "reason": self.reason.en,
            "reason_es": self.reason.es,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One cell that changed: the row's key (cells as text), the column, both values.

    Names and birth dates are `withheld`: that they changed is told, not to what. It is
    meant for the page of those who keep the records; it never goes into a log or a
    file.
    """

    key: tuple[str | None, ...]
    column: str
    before: str | None
    after: str | None
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One table (or the rows of one file) against the snapshot before: rows by key.

    `sample` shows what changed in at most 20 of the changed rows.
    """

    new: int = 0
    changed: int = 0
    gone: int = 0
    same: int = 0
    sample: tuple[Change, ...] = ()

    def __add__(self, other: Difference) -> Difference:
        return Difference(
            new=self.new + other.new,
            changed=self.changed + other.changed,
            gone=self.gone + other.gone,
            same=self.same + other.same,
            sample=self.sample + other.sample,
        )

    def as_json(self) -> dict[str, int]:
        """The shape `import.json` carries: counts alone, nothing of any student."""
        return {
            "new": self.new,
            "changed": self.changed,
            "gone": self.gone,
            "same": self.same,
        }


@dataclass(slots=True, kw_only=True)
class FileStory:
    """What became of one file (or one table inside it).

    `source` is the key of the source that knew it, None when nobody did. `refused`
    counts rows; `refusals` names the first of them. `problem` says in one sentence why
    nothing of the file was used. `matched` leads from the column as written to what it
    was used for.
    """

    name: str
    sha256: str = ""
    bytes: int = 0
    header_line: int = 1
    source: str | None = None
    recognised_as: Text | None = None
    tables: list[str] = field(default_factory=list)
    read: int = 0
    kept: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    matched: dict[str, str] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    problem: Text | None = None
    unknown: bool = False  # it could be read, but no source knows it
    changes: Difference | None = None  # its rows against the snapshot before

    def as_json(self) -> dict[str, Any]:
        """The shape `import.json` carries."""
        known = self.recognised_as
        return {
            "file": self.name,
            "sha256": self.sha256,
            "recognised_as": known.as_dict() if known else None,
            "source": self.source,
            "tables": self.tables,
            "rows_read": self.read,
            "rows_kept": self.kept,
            "rows_refused": self.refused,
            "refused": [refusal.as_json() for refusal in self.refusals],
            "columns_matched": self.matched,
            "columns_unmatched": self.unmatched,
            "changes": self.changes.as_json() if self.changes else None,
            "notes": [note.as_dict() for note in self.notes],
            "problem": self.problem.en if self.problem else None,
            "problem_es": self.problem.es if self.problem else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The whole story; `snapshot` is None after a dry run."""

    as_of: dt.date
    files: tuple[FileStory, ...]
    questions: tuple[Question, ...]
    snapshot: Snapshot | None
    differences: Mapping[str, Difference]
    dry_run: bool = False

    @property
    def refused(self) -> int:
        """How many rows were refused in all files."""
        return sum(story.refused for story in self.files)

    @property
    def exit_code(self) -> int:
        """0 done, 4 done with refused rows or a file that could not be used.

        A file that no source knows (a note beside the data) is told, and no more.
        """
        unused = any(f.problem for f in self.files if not f.unknown)
        return 4 if self.refused or unused else 0

    def as_json(self) -> dict[str, Any]:
        """The content of `import.json`."""
        return {
            "as_of": self.as_of.isoformat(),
            "dry_run": self.dry_run,
            "snapshot": self.snapshot.id if self.snapshot else None,
            "rows_read": sum(story.read for story in self.files),
            "rows_kept": sum(story.kept for story in self.files),
            "rows_refused": self.refused,
            "files": [story.as_json() for story in self.files],
            "questions": [question.as_json() for question in self.questions],
            "differences": {
                table: difference.as_json()
                for table, difference in self.differences.items()
            },
        }
