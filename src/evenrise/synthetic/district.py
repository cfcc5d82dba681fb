"""Builds an invented district: a folder of District CSV files of any size.

The same size, years, truths and seed give the same bytes. Rows are drawn in sets
(NumPy) and written as they are drawn (Arrow), so that a district of millions fits.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from evenrise.synthetic.assessments import write_assessments
from evenrise.synthetic.attendance import Form, write_attendance
from evenrise.synthetic.buildings import write_facilities, write_spending
from evenrise.synthetic.chance import Chance
from evenrise.synthetic.completions import write_completions
from evenrise.synthetic.conduct import make_incidents, write_incidents
from evenrise.synthetic.courses import (
    Seats,
    make_seats,
    write_marks,
    write_rosters,
    write_sections,
)
from evenrise.synthetic.folder import Folder
from evenrise.synthetic.gradebooks import write_gradebooks
from evenrise.synthetic.leanings import Leanings
from evenrise.synthetic.names import DISTRICT_CODE, DISTRICT_NAME
from evenrise.synthetic.people import RACES, People, make_people
from evenrise.synthetic.places import (
    Calendar,
    Level,
    Places,
    make_calendar,
    make_places,
    write_calendars,
    write_places,
)
from evenrise.synthetic.registry import write_programs, write_students
from evenrise.synthetic.slips import write_slips
from evenrise.synthetic.staff import (
    make_staff,
    sections_taught,
    write_staff,
    write_staff_assignments,
)
from evenrise.synthetic.stays import Stays, make_stays, write_stays
from evenrise.synthetic.support_files import write_supports
from evenrise.synthetic.supports import Helping, strongest_students
from evenrise.synthetic.truths import DEFAULT_TRUTHS, Role, Truths
from evenrise.synthetic.voices import write_contacts, write_surveys
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.progress import Progress
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


SMALLEST, LARGEST = 300, 6_000_000
MOST_YEARS = 13
_RECENT = 2  # years of gradebooks and surveys: the newest systems go back least


def build_district(  # noqa: PLR0913 - what a district can be asked for, all by name
    out: Path,
    *,
    students: int,
    seed: int,
    as_of: dt.date,
    progress: Progress,
    years: int = 4,
    truths: Truths = DEFAULT_TRUTHS,
    attendance: Form = "absences",
    gz: bool = False,
    slips: bool = False,
) -> Truths:
    """Write an invented district into a folder.

    Args:
        out: the folder; made when missing, files of the same names are replaced.
            `truths.json` is written beside it, named after the folder, and the
            supports that students were given in the folder `supports`.
        students: how many are there in the latest year, 300 to 6,000,000.
        seed: any whole number from 0; the same one gives the same district.
        as_of: the day it is built for; the latest year is the last one finished.
            Supports go on until then.
        progress: hears how far it is.
        years: how many school years of records, 1 to 13.
        truths: what is planted (`NO_TRUTHS`: nothing differs beyond chance).
        attendance: `every_day` writes a row for every membership day, `absences`
            only the days that were not simply present (the calendar tells the rest).
        gz: compress every file.
        slips: append a few rows that no import should keep (slips.py).

    Returns:
        The truths, with the schools and years they were planted in.

    Raises:
        ArgumentProblem: for a size or number of years outside these bounds.
    """
    _check(students, years, seed)
    chance = Chance(seed)
    world = _world(students, _school_years(as_of, years), truths, chance)
    progress.step("families and schools", 1, 1)
    folder = Folder(out, gz=gz)
    _write(folder, world, chance, progress, attendance, as_of)
    _write_words(folder)
    planted = world.leanings.truths
    if slips:
        bad = write_slips(folder, world.people, world.places, world.years[-1])
        planted = replace(planted, slips=bad)
    planted.write(truths_path(out))
    return planted


def truths_path(out: Path) -> Path:
    """Where the truths of a district's folder stand: beside it, not in it."""
    return out.with_name(out.name + ".truths.json")


@dataclass(frozen=True, slots=True)
class World:
    """Everything that is drawn before the files are written."""

    people: People
    places: Places
    years: tuple[int, ...]
    leanings: Leanings


def _check(students: int, years: int, seed: int) -> None:
    if not SMALLEST <= students <= LARGEST:
        raise ArgumentProblem(
            Text(
                f"A district of {students:,} students cannot be built: ask for "
                f"{SMALLEST:,} to {LARGEST:,}.",
                f"No se puede construir un distrito de {students:,} estudiantes: pida "
                f"de {SMALLEST:,} a {LARGEST:,}.",
            )
        )
    if not 1 <= years <= MOST_YEARS:
        raise ArgumentProblem(
            Text(
                f"A district with {years} years of records cannot be built: ask for 1 "
                f"to {MOST_YEARS}.",
                f"No se puede construir un distrito con {years} años de registros: "
                f"pida de 1 a {MOST_YEARS}.",
            )
        )
    if seed < 0:
        raise ArgumentProblem(
            Text(
                f"{seed} cannot be a seed: use a whole number from 0.",
                f"{seed} no puede ser una semilla: use un número entero desde 0.",
            )
        )


def _school_years(as_of: dt.date, years: int) -> tuple[int, ...]:
    """The last finished school years; a year is finished when June is half over."""
    running = SchoolYear.of(as_of)
    over = as_of >= dt.date(running.spring, 6, 15)
    latest = running.spring if over else running.spring - 1
    return tuple(range(latest - years + 1, latest + 1))


def _world(
    students: int, years: tuple[int, ...], truths: Truths, chance: Chance
) -> World:
    places = make_places(students, chance)
    people = make_people(students, years, places, chance, background=truths.background)
    roles = cast_roles(people, places, years[-1])
    settled = truths.settled(
        {role: places.codes[school] for role, school in roles.items()}, years
    )
    leanings = Leanings.of(people, places, settled, years, chance)
    return World(people, places, years, leanings)


def cast_roles(people: People, places: Places, year: int) -> dict[Role, int]:
    """Choose the school for each role; small districts have too few for some.

    The elementary schools with most English learners play in the truth about them,
    the next one from a less comfortable neighbourhood is the bright spot, and
    discipline is uneven at the middle school with most Black students.
    """
    who = people.present(year)
    zone = people.zone[who]
    roles: dict[Role, int] = {}
    learners = people.has("english_learner", who, year)
    most = np.argsort(-np.bincount(zone[learners], minlength=places.zones))
    wanted = (Role.ABSENCE_GAP_A, Role.ABSENCE_GAP_B, Role.ABSENCE_EVEN)
    if places.zones > len(wanted):
        roles |= {role: int(most[n]) for n, role in enumerate(wanted)}
    if places.zones > 1:
        left = most[len(wanted) :] if places.zones > len(wanted) else most
        roles[Role.BRIGHT_SPOT] = int(left[np.argmin(places.comfort[left])])
    black = people.race[who] == RACES.index("black")
    at_middle = np.bincount(places.middle_of[zone[black]], minlength=len(places.codes))
    roles[Role.UNEVEN_DISCIPLINE] = int(np.argmax(at_middle))
    roles[Role.SLOW_FEEDBACK] = int(places.of_level(Level.HIGH)[0])
    return roles


def supports_path(out: Path) -> Path:
    """Where the supports of a district's folder stand: beside it, not in it."""
    return out.with_name("supports")


def _write(
    folder: Folder,
    world: World,
    chance: Chance,
    progress: Progress,
    form: Form,
    as_of: dt.date,
) -> None:
    people, places, leanings = world.people, world.places, world.leanings
    background = leanings.truths.background
    calendars = [make_calendar(year, places, chance) for year in world.years]
    stays = [
        make_stays(year, people, places, chance, background=background)
        for year in world.years
    ]
    write_places(folder, places)
    write_calendars(folder, places, calendars)
    write_students(folder, people, chance)
    write_stays(folder, list(zip(stays, calendars, strict=True)), people, places)
    write_programs(folder, people, world.years[-1], chance)
    progress.step("students", 1, 1)
    incidents = [make_incidents(each, leanings, chance) for each in stays]
    records = list(zip(stays, calendars, incidents, strict=True))
    helping = Helping(
        leanings, chance, as_of, strongest_students(stays, leanings, chance)
    )
    write_incidents(folder, records, leanings)
    write_attendance(
        folder,
        records,
        leanings,
        chance,
        form=form,
        tell=lambda done, total: progress.step("attendance", done, total),
        helping=helping,
    )
    seats = [make_seats(each, leanings, chance) for each in stays]
    _write_learning(
        folder,
        list(zip(stays, calendars, seats, strict=True)),
        leanings,
        chance,
        progress,
    )
    staff = make_staff(seats, stays, places, chance)
    write_sections(folder, seats, sections_taught(staff, seats, places))
    write_staff(folder, staff, places, chance)
    write_staff_assignments(folder, staff, places)
    if helping.planted:
        write_supports(
            supports_path(folder.path),
            helping.begun(),
            tuple(support.key for support in helping.planted),
            helping.calendars,
            people=people,
            staff=staff,
            as_of=as_of,
            chance=chance,
        )
    write_spending(folder, stays, people, places, chance)
    write_facilities(folder, world.years, places, chance)
    write_surveys(folder, stays[-_RECENT:], staff, leanings, chance)
    write_contacts(folder, stays[-1], calendars[-1], leanings, chance)
    progress.step("adults and voices", 1, 1)


def _write_learning(
    folder: Folder,
    years: list[tuple[Stays, Calendar, Seats]],
    leanings: Leanings,
    chance: Chance,
    progress: Progress,
) -> None:
    """What students took, and how it went."""
    write_rosters(folder, years, leanings)
    write_marks(folder, years, leanings, chance)
    progress.step("marks", 1, 1)
    write_gradebooks(folder, years[-_RECENT:], leanings, chance)
    progress.step("gradebooks", 1, 1)
    tests = [(stays, calendar) for stays, calendar, _ in years]
    write_assessments(folder, tests, leanings, chance)
    write_completions(folder, [stays for stays, _, _ in years], leanings, chance)
    progress.step("tests and graduation", 1, 1)


_README = """{name} is an invented district
{line}

Nobody in these files exists: no child, no family, no teacher, no school. All of it
was drawn by chance with Evenrise's synthetic district, for learning and for tests.
Any likeness to a real person or place is chance too.

The files follow District CSV version 1. Differences between groups, schools and
years were planted on purpose; what was planted stands in {truths},
beside this folder.
"""


def _write_words(folder: Folder) -> None:
    """Write `district.toml` and `README.txt`."""
    (folder.path / "district.toml").write_text(
        "# Settings of an invented district.\n"
        f'name = "{DISTRICT_NAME}"\ncode = "{DISTRICT_CODE}"\n',
        encoding="utf-8",
    )
    title = f"{DISTRICT_NAME} is an invented district"
    (folder.path / "README.txt").write_text(
        _README.format(
            name=DISTRICT_NAME,
            line="=" * len(title),
            truths=truths_path(folder.path).name,
        ),
        encoding="utf-8",
    )
