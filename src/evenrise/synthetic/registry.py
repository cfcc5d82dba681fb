"""The register of children: names, birthdays, and the programs they are in."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.chance import Chance, pick
from evenrise.synthetic.folder import Folder, constant, days, keys, words
from evenrise.synthetic.names import LANGUAGES, family_names, given_names
from evenrise.synthetic.people import DISABILITIES, FOREVER, RACES, People


_PIECE = 200_000  # children written at a time
_RACE_CELLS = (
    "american_indian",
    "asian",
    "black",
    "filipino",
    "white",
    "pacific_islander",
    "white",
    "black;white",
    None,
    "asian;white",
    "american_indian;white",
    "black;asian",
    "other",
)
_HISPANIC_RACES = ((6, 12, 8, 0, 2, 10), (0.47, 0.2, 0.26, 0.04, 0.02, 0.01))
_MIXED_RACES = ((7, 9, 10, 11), (0.4, 0.4, 0.12, 0.08))


def student_ids(people: People, who: NDArray[np.int32]) -> Any:
    """The column `student_id` for some children."""
    return keys("", people.number[who], 9)


def write_students(folder: Folder, people: People, chance: Chance) -> None:
    """Write `students.csv`."""
    rng = chance.of("students")
    with folder.open("students") as table:
        for start in range(0, len(people), _PIECE):
            who = np.arange(start, min(start + _PIECE, len(people)), dtype=np.int32)
            hispanic = people.race[who] == RACES.index("hispanic")
            unknown = people.race[who] == RACES.index("not_reported")
            table.add(
                student_id=student_ids(people, who),
                given_name=_given(people.language[who], rng),
                family_name=_family(people, who),
                birth_date=days(_birthdays(people.kg_year[who], rng)),
                gender=words(("F", "M", "X"), people.gender[who]),
                hispanic=words(
                    ("N", "Y", None), np.where(unknown, 2, hispanic.astype(np.int8))
                ),
                race=_race(people.race[who], rng),
                home_language=words(LANGUAGES, people.language[who]),
            )


def _race(race: NDArray[np.int8], rng: np.random.Generator) -> Any:
    """The list of races: Hispanic and mixed children name several, or none."""
    cell = race.astype(np.int32)
    for name, (cells, shares) in (
        ("hispanic", _HISPANIC_RACES),
        ("two_or_more", _MIXED_RACES),
    ):
        of_race = np.flatnonzero(race == RACES.index(name))
        cell[of_race] = np.array(cells)[pick(rng, shares, len(of_race))]
    return words(_RACE_CELLS, cell)


def _given(language: NDArray[np.int8], rng: np.random.Generator) -> Any:
    """Given names: one in three from the names everybody uses."""
    pool: list[str] = []
    name = np.empty(len(language), np.int32)
    common, _ = given_names(LANGUAGES[0])
    pool += common
    usual = rng.random(len(language)) < 0.33
    for place, spoken in enumerate(LANGUAGES):
        speaks = np.flatnonzero(language == place)
        _, own = given_names(spoken)
        name[speaks] = len(pool) + rng.integers(0, len(own), len(speaks))
        pool += own
    name[usual] = rng.integers(0, len(common), int(usual.sum()))
    return words(pool, name)


def _family(people: People, who: NDArray[np.int32]) -> Any:
    """Family names, the same for brothers and sisters."""
    # A family's number, scattered, stands in for a draw: no stream to keep in step.
    draw = (people.family[who] + 1) * 2_654_435_761 % 4_294_967_291
    # Many Hispanic and Filipino families who speak English have such names too.
    heritage = people.language[who].copy()
    english = heritage == 0
    for race, spoken in (("hispanic", "Spanish"), ("filipino", "Tagalog")):
        of_race = english & (people.race[who] == RACES.index(race)) & (draw % 7 < 5)
        heritage[of_race] = LANGUAGES.index(spoken)
    pool: list[str] = []
    name = np.empty(len(who), np.int32)
    for place, spoken in enumerate(LANGUAGES):
        of_pool = np.flatnonzero(heritage == place)
        own = family_names(spoken)
        name[of_pool] = len(pool) + draw[of_pool] // 7 % len(own)
        pool += own
    return words(pool, name)


def _birthdays(
    kg_year: NDArray[np.int16], rng: np.random.Generator
) -> NDArray[np.datetime64]:
    """Five years old by 1 September of kindergarten (Education Code 48000)."""
    fall = (kg_year.astype(np.int64) - 7 - 1970).astype("datetime64[Y]")
    first: NDArray[np.datetime64] = fall.astype("datetime64[D]") + 244
    return first + rng.integers(0, 365, len(kg_year))


def write_programs(folder: Folder, people: People, latest: int, chance: Chance) -> None:
    """Write `programs.csv`: every program a child was in, with its dates.

    Reclassification takes the place of being an English learner the day after.
    """
    rng = chance.of("programs")
    reclassified = _within(people.spans["reclassified"][0], (230, 290), rng)
    with folder.open("programs") as table:
        for program, (first, last) in people.spans.items():
            has = np.flatnonzero((last > 0) & (first <= latest)).astype(np.int32)
            started = _within(first[has], (45, 75), rng)
            ended = _within(last[has], (230, 320), rng)
            ended[last[has] >= min(FOREVER, latest + 1)] = np.datetime64("NaT")
            if program == "reclassified":
                started = reclassified[has] + 1
            if program == "english_learner":
                done = people.spans["reclassified"][1][has] > 0
                ended[done] = reclassified[has[done]]
            table.add(
                student_id=student_ids(people, has),
                program=constant(program, len(has)),
                started_on=days(started),
                ended_on=days(ended),
                detail=words(
                    DISABILITIES,
                    people.disability[has] if program == "disability" else has * 0,
                ),
            )


def _within(
    year: NDArray[np.int16], days_of_year: tuple[int, int], rng: np.random.Generator
) -> NDArray[np.datetime64]:
    """A day of a school year, counted from 1 July; years far away are clipped."""
    spring = np.clip(year.astype(np.int64), 1980, 2099) - 1 - 1970
    july: NDArray[np.datetime64] = (
        spring.astype("datetime64[Y]").astype("datetime64[D]") + 181
    )
    return july + rng.integers(*days_of_year, len(year))
