"""Does a text name a student? Asked before evidence is saved.

A student's full name, in either order, is refused. A single word that is some
student's given or family name is only a question: "Rose" and "Hope" are words too.
Texts are compared folded (small letters, no accents), words as they stand.

A refusal tells that a student of this name is there. So a person is answered only
about the schools where they work (the district, for its own staff and reviewers), and
every refusal is on record, without the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import CharField, F, Func, Q, QuerySet, Value

from evenrise.workspace.foundation.audit import record
from evenrise.workspace.foundation.batches import in_batches
from evenrise.workspace.insights.access import names_within
from evenrise.workspace.people.models import FurtherStay, Person, Student
from evenrise.workspace.people.placing import fold


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST = 4  # words of a name that are looked at together
_AT_ONCE = 800  # names asked for at once, within every database's limit
_RANGES = 100  # the same for words
# "garcia lopez, ana" begins with "garcia".
_FIRST_WORD: Func = Func(
    Func(F("sort_name"), Value(","), Value(" "), function="replace"),
    Value(" "),
    Value(1),
    function="split_part",
    output_field=CharField(),
)


@dataclass(frozen=True, slots=True)
class NamesFound:
    """Names of students in a text, as the text writes them."""

    full: tuple[str, ...] = ()
    single: tuple[str, ...] = ()


def refused_names(
    person: Person, texts: Iterable[str], school_id: str | None = None
) -> NamesFound:
    """The names of students in what a person wrote, as far as they may ask.

    Args:
        person: who wrote it.
        texts: what they wrote.
        school_id: the one school that is meant, where there is one.
    """
    if school_id is not None:
        found = names_in(texts, frozenset({school_id}))
    else:
        found = NamesFound(names_in(texts, names_within(person)).full)
    if found.full:
        record(person, "insights.refuse_name")
    return found


def names_in(texts: Iterable[str], schools: frozenset[str] | None) -> NamesFound:
    """The names of students that texts contain.

    Args:
        texts: what somebody wrote.
        schools: whose students are meant; None means the whole district, where single
            names are not looked at: nearly every word is somebody's.
    """
    words = [_WORD.findall(text) for text in texts]
    folded = [[fold(word) for word in line] for line in words]
    known = _students(folded, schools)
    if not known:
        return NamesFound()
    full = sorted(
        {
            name
            for line in zip(words, folded, strict=True)
            for name in _full(*line, known)
        }
    )
    if schools is None:
        return NamesFound(tuple(full))
    parts = {part for family, given in known for part in (family, given)}
    inside = {fold(word) for name in full for word in _WORD.findall(name)}
    single = {
        word
        for line in words
        for word in line
        if word[:1].isupper()
        and len(word) > 1
        and fold(word) in parts
        and fold(word) not in inside
    }
    return NamesFound(tuple(full), tuple(sorted(single)))


def _full(
    words: list[str], folded: list[str], known: set[tuple[str, str]]
) -> Iterator[str]:
    """Spans of words that are a full name, given name first or last."""
    for first in range(len(folded)):
        for length in range(2, _LONGEST + 1):
            span = folded[first : first + length]
            if len(span) < length:
                break
            for cut in range(1, length):
                one, other = " ".join(span[:cut]), " ".join(span[cut:])
                if (one, other) in known or (other, one) in known:
                    yield " ".join(words[first : first + length])


def _students(
    folded: list[list[str]], schools: frozenset[str] | None
) -> set[tuple[str, str]]:
    """(family, given) of students who may be meant, with every shorter form.

    Of "Garcia Lopez, Ana Maria" also "Garcia, Ana" and "Lopez, Ana" are names.
    """
    students = Student.objects.filter(current=True)
    if schools is not None:
        codes = sorted(schools)
        also = FurtherStay.objects.filter(school__in=codes).values("student")
        students = students.filter(Q(school__in=codes) | Q(pk__in=also))
        found = set(students.values_list("sort_name", flat=True).distinct())
    else:
        found = _of_district(students, folded)
    names: set[tuple[str, str]] = set()
    for name in found:
        family, _, given = name.partition(", ")
        names.update((one, other) for one in _forms(family) for other in _forms(given))
    return {(family, given) for family, given in names if family and given}


def _of_district(students: QuerySet[Student], folded: list[list[str]]) -> set[str]:
    """Names out of a whole district, by questions that the index of names answers.

    Full names always; shorter forms by their first family name. Other databases than
    SQLite sort punctuation by their own rules, so that a range would miss names: they
    compare the first word of every name (500,000 in some tenths of a second).
    """
    exact = sorted({name for line in folded for name in _written(line)})
    found: set[str] = set()
    for some in in_batches(exact, _AT_ONCE):
        part = students.filter(sort_name__in=some)
        found.update(part.values_list("sort_name", flat=True).distinct())
    words = sorted({word for line in folded for word in line if len(word) > 1})
    if connection.vendor != "sqlite":
        part = students.annotate(first=_FIRST_WORD).filter(first__in=words).order_by()
        return found | set(part.values_list("sort_name", flat=True).distinct())
    for some in in_batches(words, _RANGES):
        begins = Q()
        for word in some:
            # " " to "-": the word ends there, with a space or a comma.
            begins |= Q(sort_name__gte=f"{word} ", sort_name__lt=f"{word}-")
        part = students.filter(begins).order_by()
        found.update(part.values_list("sort_name", flat=True).distinct())
    return found


def _written(line: list[str]) -> Iterator[str]:
    """Every span of words as the index of names would have it: "family, given"."""
    for first in range(len(line)):
        for length in range(2, min(_LONGEST, len(line) - first) + 1):
            span = line[first : first + length]
            for cut in range(1, length):
                one, other = " ".join(span[:cut]), " ".join(span[cut:])
                yield f"{other}, {one}"
                yield f"{one}, {other}"


def _forms(name: str) -> set[str]:
    """A name of several words also in each of its words."""
    parts = _WORD.findall(name)
    return {" ".join(parts), *parts} if parts else set()
