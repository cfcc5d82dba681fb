"""What schools spend and the state of their buildings."""

from __future__ import annotations

import numpy as np

from evenrise.synthetic.chance import Chance, pick
from evenrise.synthetic.folder import Folder, constant, days, numbers, words
from evenrise.synthetic.people import People
from evenrise.synthetic.places import Places
from evenrise.synthetic.stays import Stays


# Dollars a student: a category, its source, the base amount, and how much comes on
# top for each student from a low-income family or learning English.
_SPENDING = (
    ("teachers", "base", 7_400.0, 0.0),
    ("support_staff", "base", 1_900.0, 0.0),
    ("support_staff", "supplemental", 0.0, 1_150.0),
    ("materials", "base", 420.0, 0.0),
    ("materials", "supplemental", 0.0, 210.0),
    ("facilities", "base", 1_250.0, 0.0),
    ("professional_learning", "federal", 30.0, 160.0),
    ("arts_and_athletics", "other", 260.0, -120.0),
)
# The 15 sections of California's Facility Inspection Tool (SPECS section 4.10).
FIT_SECTIONS = (
    "gas_leaks",
    "mechanical_hvac",
    "sewer",
    "interior_surfaces",
    "overall_cleanliness",
    "pest_vermin",
    "electrical",
    "restrooms",
    "sinks_fountains",
    "fire_safety",
    "hazardous_materials",
    "structural_damage",
    "roofs",
    "playground_school_grounds",
    "windows_doors_gates_fences",
)
_MARKS = ("OK", "D", "X", "NA")


def write_spending(
    folder: Folder, years: list[Stays], people: People, places: Places, chance: Chance
) -> None:
    """Write `spending.csv`: a row a school, year, category and source."""
    size = len(places.codes)
    with folder.open("spending") as table:
        for stays in years:
            rng = chance.of("spending", stays.year)
            students = np.bincount(stays.school, minlength=size)
            more = people.has("low_income", stays.student, stays.year)
            more |= people.has("english_learner", stays.student, stays.year)
            weighted = np.bincount(stays.school, more, size)
            growth = 1.035 ** (stays.year - years[0].year)
            for category, source, base, top in _SPENDING:
                amount = (students * base + weighted * top + 20_000) * growth
                amount *= rng.lognormal(0, 0.06, size)
                table.add(
                    school_id=words(places.codes, np.arange(size)),
                    school_year=numbers(np.full(size, stays.year, np.int16)),
                    category=constant(category, size),
                    source=constant(source, size),
                    amount=numbers(np.round(np.maximum(amount, 0), 2)),
                )


def write_facilities(
    folder: Folder, years: tuple[int, ...], places: Places, chance: Chance
) -> None:
    """Write `facilities.csv`: every school's inspection, in the fall of each year."""
    size, sections = len(places.codes), len(FIT_SECTIONS)
    age = chance.of("building ages").random(size)
    with folder.open("facilities") as table:
        for year in years:
            rng = chance.of("facilities", year)
            mark = pick(rng, (0.93, 0.06, 0.002, 0.008), size * sections)
            worn = rng.random(size * sections) < np.repeat(0.12 * age, sections)
            mark[worn & (mark == 0)] = 1
            inspected = np.datetime64(f"{year - 1}-09-08") + rng.integers(0, 40, size)
            table.add(
                school_id=words(places.codes, np.repeat(np.arange(size), sections)),
                inspected_on=days(np.repeat(inspected, sections)),
                section=words(FIT_SECTIONS, np.tile(np.arange(sections), size)),
                mark=words(_MARKS, mark),
            )
