"""Questions that the review itself asks: a rate that leaps and cannot be believed.

An importer sees files; only here do computed facts stand beside each other. A year in
which a rate of many students falls to a fifth of its neighbours', or rises to five
times, is a question about the records of that year before it is news about students.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenrise.findings.sentences import numbers
from evenrise.findings.table import Facts
from evenrise.records.report import Question, Severity
from evenrise.vocabulary.groups import ALL_FAMILY
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Text


TIMES = 5.0  # how many times as high, or as low, as every neighbouring year
POINTS = 0.20  # and at least so far away, in shares
STUDENTS = 100  # of at least so many
KEY = "findings.leap"


@dataclass(frozen=True, slots=True)
class Told:
    """One year of a rate."""

    year: int
    x: float
    n: float

    @property
    def share(self) -> float:
        """The rate, from 0 to 1."""
        return self.x / self.n


def leaps(facts: Facts, district_id: str, titles: dict[str, Text]) -> list[Question]:
    """The years of the district's own rates that leap away from their neighbours.

    Args:
        facts: the indexed facts.
        district_id: the district under review.
        titles: the names of the indicators whose value is a share of students.
    """
    found = []
    for key in sorted(titles):
        rows = facts.rows(
            indicator=key,
            level=Level.DISTRICT,
            organization_id=district_id,
            group_family=ALL_FAMILY,
        )
        rows = rows[facts.shown[rows] & (facts.n[rows] >= STUDENTS)]
        rows = rows[~facts.doubted[rows]]
        years = [
            Told(int(facts.year[row]), float(facts.x[row]), float(facts.n[row]))
            for row in rows[np.argsort(facts.year[rows], kind="stable")]
        ]
        for place in range(len(years)):
            neighbours = [
                years[at] for at in (place - 1, place + 1) if 0 <= at < len(years)
            ]
            if _leaps(years, place):
                found.append(
                    _question(key, titles[key], years[place], neighbours, district_id)
                )
    return found


def _leaps(years: list[Told], place: int) -> bool:
    """Whether this year is the odd one: far from both neighbours, in one direction.

    The first and the last year have one neighbour; they are odd only when the year
    beyond that neighbour agrees with the neighbour.
    """
    here = years[place]
    near = [at for at in (place - 1, place + 1) if 0 <= at < len(years)]
    if len(near) == 1:
        beyond = near[0] + (near[0] - place)
        if not 0 <= beyond < len(years):
            return False
        near.append(beyond)
    sides = {_far(here.share, years[at].share) for at in near}
    return sides in ({1}, {-1})


def _far(share: float, other: float) -> int:
    """1 when far above, -1 when far below, 0 when near."""
    if abs(share - other) < POINTS:
        return 0
    if share >= TIMES * other:
        return 1
    return -1 if other >= TIMES * share else 0


def _question(
    key: str, title: Text, odd: Told, neighbours: list[Told], district_id: str
) -> Question:
    year = numbers.year(odd.year)
    told = [
        ", ".join(
            f"{numbers.share(one.x, one.n, language)} ({numbers.year(one.year)})"
            for one in neighbours
        )
        for language in ("en", "es")
    ]
    return Question(
        key=KEY,
        text=Text(
            f"In {year} the records give {numbers.share(odd.x, odd.n, 'en')} for "
            f"“{title.en}” ({numbers.count(odd.x, 'en')} of "
            f"{numbers.count(odd.n, 'en')}); the years beside it give {told[0]}. This "
            "looks like an error in the records of that year rather than something "
            "about the students. Are some of its records missing?",
            f"En {year} los registros dan {numbers.share(odd.x, odd.n, 'es')} para "
            f"«{title.es}» ({numbers.count(odd.x, 'es')} de "
            f"{numbers.count(odd.n, 'es')}); los años vecinos dan {told[1]}. Parece un "
            "error en los registros de ese año y no algo sobre los estudiantes. "
            "¿Faltan algunos de sus registros?",
        ),
        file="",
        where="",
        indicator=key,
        organization_id=district_id,
        school_year=odd.year,
        severity=Severity.SERIOUS,
    )
