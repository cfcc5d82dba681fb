"""Does a text name a student? Asked before evidence is saved.

A student's full name, in either order, is refused. A single word that is some
student's given or family name is only a question: "Rose" and "Hope" are words too.
Texts are compared folded (small letters, no accents), words as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from evenrise.workspace.people.models import FurtherStay, Student
from evenrise.workspace.people.placing import fold


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST = 4  # words of a name that are looked at together
_MOST_WORDS = 400  # distinct words asked for at once, within every database's limit


@dataclass(frozen=True, slots=True)
class NamesFound:
    """Names of students in a text, as the text writes them."""

    full: tuple[str, ...] = ()
    single: tuple[str, ...] = ()


def names_in(texts: Iterable[str], school_id: str | None) -> NamesFound:
    """The names of students that texts contain.

    Args:
        texts: what somebody wrote.
        school_id: the school whose students are meant; None means the whole district,
            where single names are not looked at: nearly every word is somebody's.
    """
    words = [_WORD.findall(text) for text in texts]
    folded = [[fold(word) for word in line] for line in words]
    known = _students(folded, school_id)
    if not known:
        return NamesFound()
    full = sorted(
        {
            name
            for line in zip(words, folded, strict=True)
            for name in _full(*line, known)
        }
    )
    if school_id is None:
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


def _students(folded: list[list[str]], school_id: str | None) -> set[tuple[str, str]]:
    """(family, given) of students who may be meant, with every shorter form.

    Of "Garcia Lopez, Ana Maria" also "Garcia, Ana" and "Lopez, Ana" are names.
    """
    students = Student.objects.filter(current=True)
    if school_id is not None:
        also = FurtherStay.objects.filter(school=school_id).values("student")
        students = students.filter(Q(school=school_id) | Q(pk__in=also))
    else:
        asked = sorted({word for line in folded for word in line if len(word) > 1})
        begins = Q()
        for word in asked[:_MOST_WORDS]:  # ranges, which the index of names answers
            begins |= Q(sort_name__gte=word, sort_name__lt=f"{word}~")
        if not begins:
            return set()
        students = students.filter(begins)
    names: set[tuple[str, str]] = set()
    for name in students.values_list("sort_name", flat=True).distinct().iterator():
        family, _, given = name.partition(", ")
        names.update((one, other) for one in _forms(family) for other in _forms(given))
    return {(family, given) for family, given in names if family and given}


def _forms(name: str) -> set[str]:
    """A name of several words also in each of its words."""
    parts = _WORD.findall(name)
    return {" ".join(parts), *parts} if parts else set()
