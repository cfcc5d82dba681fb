"""The adults: who they are, where they work, and which sections they teach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.catalog import HOMEROOM_GRADES, SUBJECTS
from evenrise.synthetic.chance import Chance, logistic, pick
from evenrise.synthetic.courses import Seats
from evenrise.synthetic.folder import Folder, days, keys, numbers, words
from evenrise.synthetic.names import LANGUAGES, family_names, given_names
from evenrise.synthetic.places import Level, Places
from evenrise.synthetic.stays import Stays


ROLES = (
    "teacher",
    "principal",
    "assistant_principal",
    "counselor",
    "coach",
    "specialist",
    "aide",
)
_PERIODS = 5  # sections a teacher of grades 6 to 12 has
_TURNOVER = 0.13
# Students for whom one more adult of a role works at a school, beside teachers and
# principals, and the levels that have the role.
_STUDENTS_A_ROLE = {2: (700, (1, 2)), 3: (420, (1, 2, 3, 4)), 4: (900, (0, 1, 2))}
_STUDENTS_A_ROLE |= {5: (330, (0, 1, 2, 3, 4)), 6: (130, (0, 1, 2, 3, 4))}
_RACES = ("white", None, "asian", "black", "filipino", "black;white", None)
_RACE_SHARES = (0.56, 0.24, 0.07, 0.06, 0.03, 0.02, 0.02)
_CREDENTIALS = ("full", "intern", "emergency", "none")


@dataclass(frozen=True, slots=True)
class Staff:
    """Posts at schools, and who holds them in which year.

    `school` and `role` have one entry a post; `person` has the shape (posts, years);
    `teaches` gives the post of every section, a column for every year.
    """

    years: tuple[int, ...]
    school: NDArray[np.int32]
    role: NDArray[np.int8]
    person: NDArray[np.int64]
    teaches: tuple[NDArray[np.int64], ...]


def make_staff(
    seats: list[Seats], stays: list[Stays], places: Places, chance: Chance
) -> Staff:
    """Posts for all sections of all years, and an eighth of them change hands."""
    pools = [_pools(each) for each in seats]
    size = len(places.codes) * (len(SUBJECTS) + 1)
    need = np.zeros(size, np.int64)
    for pool, nth in pools:
        np.maximum.at(need, pool, nth + 1)
    offset = np.cumsum(need) - need
    school = np.repeat(np.arange(size) // (len(SUBJECTS) + 1), need)
    others = _others(stays[-1], places)
    school = np.r_[school, others[0]]
    role = np.r_[np.zeros(need.sum(), np.int8), others[1]]
    rng = chance.of("staff")
    new = rng.random((len(school), len(seats))) < _TURNOVER
    new[:, 0] = True
    return Staff(
        tuple(each.year for each in seats),
        school.astype(np.int32),
        role.astype(np.int8),
        np.cumsum(new.astype(np.int64)).reshape(new.shape),
        tuple(offset[pool] + nth for pool, nth in pools),
    )


def _pools(seats: Seats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For every section its pool (a school's subject), and which post of the pool."""
    homeroom = seats.course < HOMEROOM_GRADES
    places = {subject: place for place, subject in enumerate(SUBJECTS)}
    subject = np.array([places[str(name)] for name in seats.subject], np.int64)
    subject[homeroom] = len(SUBJECTS)
    pool = seats.school.astype(np.int64) * (len(SUBJECTS) + 1) + subject
    order = np.argsort(pool, kind="stable")
    ordered = pool[order]
    start = np.searchsorted(ordered, ordered, side="left")
    nth = np.empty(len(pool), np.int64)
    nth[order] = np.arange(len(pool)) - start
    return pool, np.where(homeroom, nth, nth // _PERIODS)


def _others(
    stays: Stays, places: Places
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Posts that do not teach: a principal everywhere, the rest by size."""
    students = np.bincount(stays.school, minlength=len(places.codes))
    count = np.zeros((len(ROLES), len(students)), np.int64)
    count[1] = 1
    for role, (each, levels) in _STUDENTS_A_ROLE.items():
        has = np.isin(places.level, levels)
        count[role] = np.where(has, np.maximum(1, np.round(students / each)), 0)
    flat = count.T.ravel()
    place = np.repeat(np.arange(len(flat)), flat)
    return place // len(ROLES), place % len(ROLES)


def sections_taught(staff: Staff, seats: list[Seats], places: Places) -> list[Any]:
    """The columns `school_id` and `staff_id` of every year's sections."""
    return [
        {
            "school_id": words(places.codes, each.school),
            "staff_id": keys("T", staff.person[staff.teaches[place], place], 7),
        }
        for place, each in enumerate(seats)
    ]


def write_staff(folder: Folder, staff: Staff, places: Places, chance: Chance) -> None:
    """Write `staff.csv`: a row a person, with experience and credential.

    Schools of less comfortable neighbourhoods have more new teachers, as they do.
    """
    rng = chance.of("adults")
    person, first, last, school = _people(staff)
    size = len(person)
    hired = np.array(staff.years)[first].astype(np.int64) - 1
    began = first == 0
    service = np.where(began, rng.gamma(1.6, 5.0, size), 0).astype(np.int64)
    before = rng.gamma(1.0, 2.5, size).astype(np.int64)
    july = (hired - service - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    left = (np.array(staff.years)[last] - 1970).astype("datetime64[Y]")
    left_on = left.astype("datetime64[D]") + 180
    left_on[last == len(staff.years) - 1] = np.datetime64("NaT")
    race = pick(rng, _RACE_SHARES, size)
    comfort = _comfort(places)[school]
    new = rng.random(size) < logistic(-2.5 - 0.5 * comfort + 1.4 * (service < 3))
    kind = np.where(new, 1 + pick(rng, (0.55, 0.33, 0.12), size), 0)
    teaches = np.isin(person, staff.person[staff.role == 0])
    with folder.open("staff") as table:
        table.add(
            staff_id=keys("T", person, 7),
            **_names(race, rng),
            gender=words(("F", "M", "X"), pick(rng, (0.735, 0.26, 0.005), size)),
            hispanic=words(("N", "Y", None), np.where(race == 1, 1, (race == 6) * 2)),
            race=words(_RACES, race),
            hired_on=days(july + 212),
            left_on=days(left_on),
            years_experience=numbers(
                service + before + np.array(staff.years)[last] - hired - 1
            ),
            credential=words((*_CREDENTIALS, None), np.where(teaches, kind, 4)),
        )


def _people(staff: Staff) -> tuple[NDArray[Any], ...]:
    """Each person once: number, first and last year's place, school."""
    flat = staff.person.ravel()
    years = staff.person.shape[1]
    person, start, count = np.unique(flat, return_index=True, return_counts=True)
    return (
        person,
        start % years,
        start % years + count - 1,
        staff.school[start // years],
    )


def _comfort(places: Places) -> NDArray[np.float64]:
    """How well off the families of every school are, roughly."""
    comfort = np.zeros(len(places.codes))
    comfort[: places.zones] = places.comfort
    for follows in (places.middle_of, places.high_of):
        total = np.bincount(follows, places.comfort, len(comfort))
        comfort += total / np.maximum(1, np.bincount(follows, minlength=len(comfort)))
    comfort[places.level == Level.ALTERNATIVE] = -0.5
    return comfort


def _names(race: NDArray[np.int8], rng: np.random.Generator) -> dict[str, Any]:
    """Given and family names of adults."""
    common, _ = given_names(LANGUAGES[0])
    _, spanish = given_names("Spanish")
    pools = [family_names("English"), family_names("Spanish"), family_names("Mandarin")]
    pools.append(family_names("Tagalog"))
    pool = np.array([0, 1, 2, 0, 3, 0, 0])[race]
    sizes = np.array([len(names) for names in pools])
    starts = np.cumsum(sizes) - sizes
    given = rng.integers(0, len(common), len(race))
    of_heritage = (race == 1) & (rng.random(len(race)) < 0.6)
    given[of_heritage] = len(common) + given[of_heritage] % len(spanish)
    family = starts[pool] + (rng.random(len(race)) * sizes[pool]).astype(np.int64)
    return {
        "given_name": words(common + spanish, given),
        "family_name": words([name for names in pools for name in names], family),
    }


def write_staff_assignments(folder: Folder, staff: Staff, places: Places) -> None:
    """Write `staff_assignments.csv`: a row a post and year."""
    count = len(staff.school)
    with folder.open("staff_assignments") as table:
        for place, year in enumerate(staff.years):
            ended = np.full(count, np.datetime64(f"{year}-06-30"))
            if place == len(staff.years) - 1:
                ended[:] = np.datetime64("NaT")
            table.add(
                staff_id=keys("T", staff.person[:, place], 7),
                school_id=words(places.codes, staff.school),
                school_year=numbers(np.full(count, year, np.int16)),
                role=words(ROLES, staff.role),
                fte=words(
                    ("1.0", "0.5"), (staff.role >= 5) & (staff.person[:, 0] % 3 < 1)
                ),
                started_on=days(np.full(count, np.datetime64(f"{year - 1}-08-01"))),
                ended_on=days(ended),
            )
