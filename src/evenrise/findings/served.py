"""Who a school's students are: how many, of which groups, in which grades.

Counted in the facts that count most students of the schools lately; the same facts for
every school, so that shares can be compared. Only numbers that may be shown are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from evenrise.findings.desk import Desk
from evenrise.findings.table import Flags, Floats, Ints
from evenrise.vocabulary.groups import ALL_FAMILY, FAMILIES
from evenrise.vocabulary.organizations import Level


MOST = 0.7  # of the students that the widest facts count: as good, if newer
ENROLLMENT = "enrollment"
ALTERNATIVE = "alternative"
GRADES = tuple(group.code for group in FAMILIES["grade"].groups)  # TK first
_NOT_TOLD = (ALL_FAMILY, "grade")
# Schools for students whom others did not keep are no school's neighbours by level.
_APART = (
    *("continuation", "alternative", "opportunity", "community day", "juvenile"),
    *("nonpublic", "home and hospital", "alternativa", "continuación"),
)
_NAMES = (  # the last that a school's name holds; "Junior High" is no high school
    ("high", ("high", "secundaria superior", "preparatoria")),
    ("middle", ("middle", "junior high", "intermediate")),
    ("elementary", ("elementary", "primary", "primaria")),
)


@dataclass(frozen=True, slots=True, eq=False)
class Served:
    """The groups of the schools and the district, in one indicator and year.

    One entry a fact: `organization` and `family`, `group` are codes of the desk's
    facts; `n` students, nan where hidden; `everyone` all students there; `few` says
    that the number is hidden because it is small.
    """

    indicator: str
    year: int
    level: Ints
    organization: Ints
    family: Ints
    group: Ints
    n: Floats
    everyone: Floats
    few: Flags

    @property
    def share(self) -> Floats:
        """Share of all students, nan where hidden or nobody is counted."""
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Floats = np.where(self.everyone > 0, self.n / self.everyone, np.nan)
        return np.where(found <= 1, found, np.nan)


def who_is_served(desk: Desk, latest: Mapping[str, int]) -> Served | None:
    """The groups of every school and of the district; None without any count."""
    chosen = _widest(desk, latest)
    if chosen is None:
        return None
    key, year = chosen
    facts = desk.facts
    rows = facts.rows(indicator=key, school_year=year)
    names = facts.words["group_family"].names
    apart = np.array([name in _NOT_TOLD for name in names], np.bool_)
    rows = rows[~facts.pair[rows] & ~apart[facts.codes["group_family"][rows]]]
    rows = rows[_own(desk, rows)]
    n = facts.numbers("denominator")
    everyone = facts.all_rows(rows)
    because = facts.table.column("hidden_because").take(facts.place[rows]).to_pylist()
    return Served(
        indicator=key,
        year=year,
        level=facts.codes["level"][rows].astype(np.int64),
        organization=facts.codes["organization_id"][rows].astype(np.int64),
        family=facts.codes["group_family"][rows].astype(np.int64),
        group=facts.codes["group"][rows].astype(np.int64),
        n=n[rows],
        everyone=facts.at(n, everyone),
        few=np.array([why == "small" for why in because], np.bool_),
    )


def students_of(desk: Desk, served: Served) -> dict[tuple[str, str], int]:
    """All students of every school and the district: (level, id) to their number."""
    facts = desk.facts
    rows = facts.rows(indicator=served.indicator, school_year=served.year)
    family = facts.words["group_family"].code(ALL_FAMILY)
    rows = rows[facts.codes["group_family"][rows] == family]
    rows = rows[_own(desk, rows)]
    n = facts.numbers("denominator")
    return {
        (facts.word("level", int(row)), facts.word("organization_id", int(row))): int(
            n[row]
        )
        for row in rows
        if not np.isnan(n[row])
    }


def _own(desk: Desk, rows: Ints) -> Flags:
    """Rows of the district's schools and of the district itself."""
    facts = desk.facts
    level = facts.codes["level"][rows]
    district = facts.words["organization_id"].code(desk.district.organization_id)
    schools = level == facts.words["level"].code(Level.SCHOOL)
    whole = level == facts.words["level"].code(Level.DISTRICT)
    whole &= facts.codes["organization_id"][rows] == district
    return np.asarray(schools | whole, dtype=np.bool_)


def _widest(desk: Desk, latest: Mapping[str, int]) -> tuple[str, int] | None:
    """The indicator that counts most students of the schools, the newest of these."""
    facts = desk.facts
    n = facts.numbers("denominator")
    told = []
    for key, year in sorted(latest.items()):
        rows = facts.rows(indicator=key, school_year=year)
        rows = rows[_own(desk, rows) & ~facts.pair[rows]]
        everyone = rows[
            facts.codes["group_family"][rows]
            == facts.words["group_family"].code(ALL_FAMILY)
        ]
        school = facts.codes["level"][everyone] == facts.words["level"].code("school")
        total = float(np.nansum(n[everyone[school]])) or float(np.nansum(n[everyone]))
        if total > 0:
            families = len(np.unique(facts.codes["group_family"][rows]))
            told.append((total, year, families, key))
    if not told:
        return None
    most = max(total for total, *_ in told)
    wide = [one for one in told if one[0] >= MOST * most]
    best = max(wide, key=lambda one: (one[1], one[3] == ENROLLMENT, one[2], one[0]))
    return best[3], best[1]


def kinds_of_schools(desk: Desk, known: Mapping[str, str]) -> dict[str, str]:
    """What kind each school is: elementary, middle, high, k8, k12 ...

    Args:
        desk: the review's desk.
        known: what the district's own list of schools says, which wins.

    Returns:
        By organization_id; a school of which nothing tells is left out.
    """
    facts = desk.facts
    level = facts.words["level"].code(Level.SCHOOL)
    codes = facts.words["organization_id"].names
    grades = _grades(desk, level)
    found: dict[str, str] = {}
    schools = np.unique(facts.codes["organization_id"][facts.codes["level"] == level])
    for school in schools.tolist():
        code = codes[school]
        by_name = kind_of_name(_name(desk, level, school))
        apart = by_name if by_name == ALTERNATIVE else None
        kind = known.get(code) or apart or kind_of_grades(grades.get(school, ()))
        kind = kind or by_name
        if kind:
            found[code] = kind
    return found


def _grades(desk: Desk, level: int) -> dict[int, set[str]]:
    facts = desk.facts
    family = facts.words["group_family"].code("grade")
    here = (facts.codes["group_family"] == family) & (facts.codes["level"] == level)
    pairs = np.unique(
        np.stack([facts.codes["organization_id"][here], facts.codes["group"][here]]),
        axis=1,
    )
    names = facts.words["group"].names
    found: dict[int, set[str]] = {}
    for school, grade in pairs.T.tolist():
        found.setdefault(school, set()).add(names[grade])
    return found


def kind_of_grades(grades: Iterable[str]) -> str | None:
    """The kind of a school that has students in these grades."""
    places = sorted(GRADES.index(one) for one in grades if one in GRADES)
    if not places:
        return None
    first, last = places[0] - 1, places[-1] - 1  # kindergarten is 0
    if last <= 6:
        return "elementary"
    if first >= 8:
        return "high"
    if first >= 5:
        return "middle" if last <= 9 else "high"
    return "k8" if last <= 8 else "k12"


def kind_of_name(name: str) -> str | None:
    """The kind of a school by its name alone; None when the name does not say."""
    low = name.casefold()
    if any(word in low for word in _APART):
        return ALTERNATIVE
    found = None
    for kind, words in _NAMES:
        if any(word in low for word in words):
            found = kind
    return found


def _name(desk: Desk, level: int, school: int) -> str:
    facts = desk.facts
    here = (facts.codes["organization_id"] == school) & (facts.codes["level"] == level)
    return desk.organization(int(np.argmax(here))).name
