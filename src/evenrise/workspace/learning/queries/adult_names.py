"""Does a text name an adult? Asked before what a learning walk saw is saved.

A walk is a visit to learn: what was seen is told without saying whose class it was.
The full names of who works at the school are refused, in either order, folded (small
letters, no accents).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from evenrise.workspace.learning.access import people_at
from evenrise.workspace.people.models import StaffAssignment, StaffMember
from evenrise.workspace.people.placing import fold


_WORD = re.compile(r"[^\W\d_]+")


def adults_named(texts: Iterable[str], school_id: str) -> tuple[str, ...]:
    """The adults of a school whose full names stand in texts, by name.

    Args:
        texts: what somebody wrote.
        school_id: the school that was visited.
    """
    told = [_folded(text) for text in texts]
    if not any(told):
        return ()
    found = set()
    for name in _names(school_id):
        words = _folded(name).split()
        if len(words) < 2:  # one word alone may be any word
            continue
        turned = " ".join([words[-1], *words[:-1]])
        spans = (f" {' '.join(words)} ", f" {turned} ")
        if any(span in f" {text} " for text in told for span in spans):
            found.add(name)
    return tuple(sorted(found))


def _names(school_id: str) -> set[str]:
    posts = StaffAssignment.objects.filter(school=school_id)
    staff = StaffMember.objects.filter(pk__in=posts.values("staff"))
    people = people_at(frozenset({school_id})).values_list("name", flat=True)
    return {one.name for one in staff} | set(people)


def _folded(text: str) -> str:
    return " ".join(fold(word) for word in _WORD.findall(text))
