"""Questions about the data, kept from import to import by what they are about.

The same question coming back finds its owner and its answer. Two questions are the same
when they are of one kind, about one column, one kind of file (numbers in its name do
not count: `attendance_2026-11-22.csv`), and the same fact where they are about one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from evenrise.vocabulary.text import Language
from evenrise.workspace.data.models import DataQuestion, Import


_COLUMN = re.compile(r"column (\S+)")
_PLACE = {
    "the first in line": "la primera en la línea",
    "line": "línea",
    "lines": "líneas",
    "column": "columna",
}
_EXAMPLE = re.compile(r" \((?:the first|el primero|la primera)\b.*?\)(?=[ .?,;]|$)")
_ABOUT = ("indicator", "organization_id", "school_year", "group_family", "group")


def kind_of_file(name: str) -> str:
    """A file's name without folders and without numbers: `attendance_#.csv`."""
    last = re.split(r"[/!\\]", name)[-1].casefold()
    return re.sub(r"\d+(?:[-_.]\d+)*", "#", last)


def mark_of(question: Mapping[str, Any]) -> str:
    """What tells a question from others, the same in every import."""
    column = _COLUMN.search(str(question.get("where", "")))
    parts = [
        str(question["key"]),
        kind_of_file(str(question.get("file", ""))),
        column.group(1) if column else "",
        *(str(question.get(name, "")) for name in _ABOUT),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def place_words(where: str, how: Language) -> str:
    """A question's place in its file (`line 12, column left_on`), for a reader."""
    if how == "en":
        return where
    for word, spanish in _PLACE.items():
        where = re.sub(rf"\b{word}(?= )", spanish, where)
    return where


def without_example(text: str) -> str:
    """The words without the first student, school or day that stands in brackets.

    A question may be seen by people who may not see that student; the line of the file
    leads there whoever may.
    """
    return _EXAMPLE.sub("", text)


def keep_questions(one: Import) -> None:
    """Keep the questions of an import that becomes current.

    A question that was answered or closed by a person stays so. One that the program
    closed opens again. A question that these files no longer give reason to is closed.
    """
    now = timezone.now()
    story = one.story or {}
    asked = {mark_of(told): told for told in story.get("questions", ())}
    known = DataQuestion.objects.in_bulk(list(asked), field_name="mark")
    DataQuestion.objects.bulk_create(
        [_new(mark, told, one) for mark, told in asked.items() if mark not in known],
        batch_size=500,
    )
    again = []
    for mark, kept in known.items():
        _renew(kept, asked[mark], one)
        kept.last_asked = now
        again.append(kept)
    DataQuestion.objects.bulk_update(
        again,
        [
            "severity",
            "text_en",
            "text_es",
            "file",
            "where",
            "state",
            "by_itself",
            "last_asked",
            "last_import",
        ],
        batch_size=200,
    )
    _close_what_is_gone(asked, story.get("files", ()))


def _new(mark: str, told: Mapping[str, Any], one: Import) -> DataQuestion:
    kept = DataQuestion(mark=mark, kind=str(told["key"])[:100])
    _renew(kept, told, one)
    return kept


def _renew(kept: DataQuestion, told: Mapping[str, Any], one: Import) -> None:
    kept.severity = str(told["severity"])
    kept.text_en = without_example(str(told["text"]["en"]))
    kept.text_es = without_example(str(told["text"]["es"]))
    kept.file = str(told.get("file", ""))[:300]
    kept.where = str(told.get("where", ""))[:200]
    kept.indicator = str(told.get("indicator", ""))[:100]
    kept.organization_id = str(told.get("organization_id", ""))[:250]
    kept.last_import = one
    if kept.by_itself:
        kept.state, kept.by_itself = DataQuestion.State.OPEN, False


def _close_what_is_gone(
    asked: Mapping[str, Any], files: Iterable[Mapping[str, Any]]
) -> None:
    """Close open questions about files that came again and gave no reason to ask."""
    came = {kind_of_file(str(file["file"])) for file in files}
    gone = [
        kept.pk
        for kept in DataQuestion.objects.filter(state=DataQuestion.State.OPEN).only(
            "mark", "file"
        )
        if kept.mark not in asked and kind_of_file(kept.file) in came
    ]
    DataQuestion.objects.filter(pk__in=gone).update(
        state=DataQuestion.State.SETTLED, by_itself=True
    )
