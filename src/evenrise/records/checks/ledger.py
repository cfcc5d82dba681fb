"""The ledger of one import: every file's story as it is being written."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from evenrise.records.files import Closed, Member
from evenrise.records.report import EXAMPLES, FileStory, Question, Refusal
from evenrise.vocabulary.text import Text


MAX_QUESTIONS = 200  # of one kind in one file; more would help nobody


class Ledger:
    """Stories of members, by their index (`_file`), and of files never opened."""

    def __init__(self, members: Sequence[Member], closed: Sequence[Closed]) -> None:
        self.members = tuple(members)
        self.stories = [
            FileStory(
                name=member.name,
                sha256=member.sha256,
                bytes=member.bytes,
                header_line=member.header_line,
                notes=list(member.notes),
            )
            for member in members
        ]
        self.closed = [
            FileStory(name=file.name, sha256=file.sha256, problem=file.reason)
            for file in closed
        ]
        self.questions: list[Question] = []
        self._index = {member.name: place for place, member in enumerate(members)}

    def index(self, member: Member) -> int:
        """The member's `_file`."""
        return self._index[member.name]

    def story(self, member: Member) -> FileStory:
        """The member's story."""
        return self.stories[self.index(member)]

    def refuse(
        self, member: Member, line: int | None, column: str, reason: str
    ) -> None:
        """Refuse one row, or (without a line) tell what was not used."""
        story = self.story(member)
        story.refused += 1
        if len(story.refusals) < EXAMPLES:
            story.refusals.append(
                Refusal(file=story.name, line=line, column=column, reason=reason)
            )

    def refuse_rows(self, con: duckdb.DuckDBPyConnection, sql: str) -> int:
        """Refuse the rows of a query: `_file`, `_row`, `column`, `reason`; how many."""
        counts = con.execute(
            f"SELECT _file, count(DISTINCT _row) FROM ({sql}) GROUP BY ALL"  # noqa: S608 - a source's own query
        ).fetchall()
        for file, count in counts:
            story = self.stories[file]
            story.refused += count
            room = EXAMPLES - len(story.refusals)
            rows = con.execute(
                f'SELECT _row, any_value("column"), any_value(reason) FROM ({sql}) '  # noqa: S608 - a source's own query
                "WHERE _file = ? GROUP BY _row ORDER BY _row LIMIT ?",
                [file, max(room, 0)],
            ).fetchall()
            wording = self._as_written(file)
            for row, column, reason in rows:
                story.refusals.append(
                    Refusal(
                        file=story.name,
                        line=row + story.header_line,
                        column=wording.get(column, column),
                        reason=reason,
                    )
                )
        return sum(count for _, count in counts)

    def _as_written(self, file: int) -> dict[str, str]:
        """From a contract's column to the file's own spelling of it."""
        return {used: written for written, used in self.stories[file].matched.items()}

    def note(self, member: Member, text: Text) -> None:
        """Tell something once a file."""
        story = self.story(member)
        if text not in story.notes:
            story.notes.append(text)

    def question(self, question: Question) -> None:
        """Ask, but never the same kind more than MAX_QUESTIONS times of one file."""
        alike = sum(
            q.key == question.key and q.file == question.file for q in self.questions
        )
        if alike < MAX_QUESTIONS:
            self.questions.append(question)

    def all(self) -> tuple[FileStory, ...]:
        """Every story, files never opened last."""
        return (*self.stories, *self.closed)
