"""The ledger of one import: every file's story as it is being written."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from evenrise.records.contracts import Contract
from evenrise.records.files import Closed, Member
from evenrise.records.report import EXAMPLES, FileStory, Question, Refusal
from evenrise.records.sql import both_of
from evenrise.vocabulary.text import Text


MAX_QUESTIONS = 200  # of one kind in one file; more would help nobody
_SHOWN = 40  # letters of a cell that a question repeats


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
            FileStory(
                name=file.name,
                sha256=file.sha256,
                problem=file.reason,
                unknown=file.no_table,
            )
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
        self, member: Member, line: int | None, column: str, reason: Text
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
                        reason=both_of(reason),
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

    def ask_about_codes(
        self, contract: Contract, found: Sequence[tuple[str, str, int, int, int]]
    ) -> None:
        """Ask about codes new to us: (column, code, `_file`, how often, first row)."""
        for column, code, file, often, row in found:
            story = self.stories[file]
            line = row + story.header_line
            known = ", ".join(contract.column(column).codes)
            shown = code if len(code) <= _SHOWN else code[:_SHOWN] + "…"
            self.question(
                Question(
                    key="records.new_code",
                    text=Text(
                        f"The code ‘{shown}’ in {column} is new to us (rows: "
                        f"{often:,}). Those cells were left blank. Which of {known} "
                        "does it mean? Write it into district.toml.",
                        f"El código ‘{shown}’ en {column} es nuevo para nosotros "
                        f"(filas: {often:,}). Esas celdas quedaron en blanco. ¿A cuál "
                        f"de {known} corresponde? Escríbalo en district.toml.",
                    ),
                    file=story.name,
                    where=f"line {line}, column {column}",
                )
            )

    def all(self) -> tuple[FileStory, ...]:
        """Every story, files never opened last."""
        for story in self.stories:
            story.refusals.sort(key=lambda refusal: refusal.line or 0)
        return (*self.stories, *self.closed)
