"""The story of an import or a review, as the terminal tells it (or as JSON)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from evenrise.cli.terminal import count, tell


if TYPE_CHECKING:
    from evenrise.cli.pipeline import ReviewOutcome
    from evenrise.records.report import FileStory, ImportReport


REFUSALS_TOLD = 5
NOT_TABLES = (".txt", ".md", ".toml", ".pdf", ".json")  # often notes beside the data
QUESTIONS_TOLD = 6
FINDINGS_TOLD = 5


def tell_import(report: ImportReport, *, as_json: bool) -> None:
    """What each file was, what was kept, refused and asked, and what changed."""
    if as_json:
        tell(json.dumps(report.as_json(), ensure_ascii=False))
        return
    _tell_files(report)
    if report.differences:
        tell()
        for table, one in report.differences.items():
            tell(
                f"  {table:<20} {one.new:>9,} new  {one.changed:>9,} changed  "
                f"{one.gone:>9,} gone  {one.same:>9,} same"
            )
    _tell_questions(report)
    tell()
    if report.dry_run:
        tell("A dry run: nothing was written.")
    elif report.snapshot is not None:
        tell(f"Snapshot {report.snapshot.id} is now the current one.")


def tell_review(outcome: ReviewOutcome, *, as_json: bool) -> None:
    """The files in short, the answer, the first findings, and where to read on."""
    review, report = outcome.review, outcome.report
    if as_json:
        tell(
            json.dumps(
                {
                    "district": review.district.name,
                    "district_id": review.district.organization_id,
                    "out": str(outcome.out),
                    "snapshot": review.snapshot,
                    "findings": len(review.findings),
                    "questions": len(review.questions),
                    "rows_refused": report.refused,
                    "figures_as_released_before": outcome.standing,
                    "figures_given_away_before": outcome.exposed,
                },
                ensure_ascii=False,
            )
        )
        return
    _tell_files(report)
    tell()
    tell(review.title.en)
    for sentence in review.summary:
        tell(f"  {sentence.en}")
    tell()
    for finding in review.main[:FINDINGS_TOLD]:
        tell(f"  - {finding.headline.en}")
    tell()
    tell(
        f"{count(len(review.findings), 'finding')}, of which "
        f"{count(len(review.questions), 'question')} about the data."
    )
    if outcome.standing:
        tell(
            f"{count(outcome.standing, 'figure')} stand as released before: in those "
            "years none or only a few students changed."
        )
    if outcome.exposed:
        tell(
            f"{count(outcome.exposed, 'hidden figure')} can be worked out from what "
            "was released before; that cannot be taken back."
        )
    tell(f"Read on: {outcome.out / 'index.html'}")


def _tell_files(report: ImportReport) -> None:
    """Each file's line; notes and settings beside the data share one."""
    aside = [story for story in report.files if _left_aside(story)]
    for story in report.files:
        if not _left_aside(story):
            _tell_file(story)
    if aside:
        names = ", ".join(dict.fromkeys(story.name for story in aside))
        tell(f"left aside, holding no table we know: {names}")


def _left_aside(story: FileStory) -> bool:
    return story.source is None and story.name.lower().endswith(NOT_TABLES)


def _tell_file(story: FileStory) -> None:
    """One line for a file, a few more where something was refused or changed."""
    if story.problem:
        tell(f"{story.name}: not used. {story.problem.en}")
        return
    known = story.recognised_as.en if story.recognised_as else "not recognised"
    line = (
        f"{story.name}: {known}; {count(story.read, 'row')} read, {story.kept:,} kept"
    )
    tell(line + (f", {story.refused:,} refused" if story.refused else ""))
    for refusal in story.refusals[:REFUSALS_TOLD]:
        where = f"line {refusal.line}" if refusal.line else "the file"
        tell(f"    {where}, {refusal.column}: {refusal.reason.en}")
    if story.refused > REFUSALS_TOLD:
        tell("    ... every refused row is in import.json")
    for note in story.notes:
        tell(f"    note: {note.en}")


def _tell_questions(report: ImportReport) -> None:
    if not report.questions:
        return
    tell()
    tell(f"{count(len(report.questions), 'question')} about the data:")
    for question in report.questions[:QUESTIONS_TOLD]:
        tell(f"  - {question.text.en}")
    if len(report.questions) > QUESTIONS_TOLD:
        tell("  ... all of them are in import.json")
