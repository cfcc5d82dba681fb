"""Tables of facts for tests: drawn by hand, or read from the real suspension file.

table = facts(
    fact(2024, "all", "all", 164, 8918),
    fact(2024, "disability", "disability", 53, 1502),
)
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from evenrise.findings.finding import Review
from evenrise.findings.review import make_review
from evenrise.statistics.small_numbers import protect
from evenrise.vocabulary.facts import FACT_COLUMNS
from evenrise.vocabulary.text import Text
from tests.support.paths import real_data


DISTRICT = "1964980"
NAME = "Santa Monica-Malibu Unified"
AS_OF = dt.date(2026, 11, 22)


QUESTION = Text("Who is suspended?", "¿A quién se suspende?")
DEFINITION = Text("Students suspended.", "Estudiantes suspendidos.")


@dataclass(frozen=True)
class Info:
    """An indicator as a review knows it."""

    key: str
    title: Text
    good: str = "down"
    unit: str = "share"
    counts_students: bool = True
    version: int = 1
    authority: str = "California Department of Education"
    question: Text = QUESTION
    definition: Text = DEFINITION


INDICATORS = {
    one.key: one
    for one in (
        Info("suspension", Text("Suspension", "Suspensión")),
        Info("chronic_absence", Text("Chronic absence", "Ausentismo crónico")),
        Info("graduation", Text("Graduation", "Graduación"), good="up"),
        Info("a_g_completion", Text("A-G completion", "Cursos A-G"), good="up"),
        Info("met_standard_math", Text("Mathematics", "Matemáticas"), good="up"),
        Info("dropout", Text("Dropouts", "Abandono escolar")),
        Info("something_new", Text("Something new", "Algo nuevo"), good="up"),
        Info(
            "attendance_rate",
            Text("Attendance", "Asistencia"),
            good="up",
            counts_students=False,
        ),
        Info(
            "days_removed",
            Text("Days removed", "Días de exclusión"),
            unit="days",
            counts_students=False,
        ),
        Info("enrollment", Text("Enrolment", "Inscripción"), counts_students=False),
    )
}


def fact(
    year: int, family: str, group: str, x: float | None, n: float | None, **parts: Any
) -> dict[str, Any]:
    """One fact; hidden when x is None, unless `status` says otherwise."""
    shown = x is not None and n is not None and n > 0
    told = {
        "indicator": "suspension",
        "definition_version": 1,
        "authority": "California Department of Education",
        "school_year": year,
        "level": "district",
        "organization_id": DISTRICT,
        "organization_name": NAME,
        "group_family": family,
        "group": group,
        "numerator": x,
        "denominator": n,
        "value": x / n if shown else None,
        "status": "reported" if shown else "suppressed",
        "origin": "published",
        "source_file": "suspension.csv",
        "source_row": 1,
        "snapshot": None,
        "district_id": DISTRICT,
    }
    return told | parts


def at_school(number: str, name: str, **parts: Any) -> dict[str, Any]:
    """The parts of a fact that place it in a school of the district."""
    place = {
        "level": "school",
        "organization_id": DISTRICT + number.zfill(7),
        "organization_name": name,
    }
    return place | parts


def facts(*rows: dict[str, Any]) -> pa.Table:
    """A table of facts in the agreed columns and types."""
    types = {"string": pa.string(), "float64": pa.float64()}
    types |= {"int16": pa.int16(), "int64": pa.int64()}
    schema = pa.schema([(name, types[kind]) for name, kind in FACT_COLUMNS.items()])
    return pa.Table.from_pylist(list(rows), schema=schema)


def review_of(table: pa.Table, **told: Any) -> Review:
    """The review of the drawn district."""
    parts = {"district_id": DISTRICT, "as_of": AS_OF, "indicators": INDICATORS}
    return make_review(protect(table), **(parts | told))


YEARS = {2020: "2019-20", 2022: "2021-22", 2023: "2022-23", 2024: "2023-24"}
_ALL = {2020: (165, 10637), 2022: (222, 9582), 2023: (192, 9118), 2024: (164, 8918)}
_GROUPS = {
    ("gender", "female"): {
        2020: (46, 5148),
        2022: (65, 4651),
        2023: (60, 4425),
        2024: (48, 4314),
    },
    ("gender", "male"): {
        2020: (119, 5489),
        2022: (157, 4920),
        2023: (132, 4680),
        2024: (116, 4581),
    },
    ("disability", "disability"): {
        2020: (50, 1520),
        2022: (70, 1510),
        2023: (62, 1498),
        2024: (53, 1502),
    },
    ("low_income", "low_income"): {
        2020: (80, 2900),
        2022: (130, 2810),
        2023: (110, 2790),
        2024: (95, 2755),
    },
    ("english_learner", "english_learner"): {
        2020: (20, 880),
        2022: (23, 800),
        2023: (17, 790),
        2024: (14, 780),
    },
    ("foster", "foster"): dict.fromkeys(_ALL, (None, None)),
}


def suspension_rows() -> list[dict[str, Any]]:
    """District facts like Santa Monica-Malibu's; totals and 2024 groups are real."""
    rows = [fact(year, "all", "all", *counts) for year, counts in _ALL.items()]
    for (family, group), years in _GROUPS.items():
        rows += [fact(year, family, group, *counts) for year, counts in years.items()]
    return rows


_CODES = {
    "TA": ("all", "all"),
    "SF": ("gender", "female"),
    "SM": ("gender", "male"),
    "SNR": ("gender", "not_reported"),
    "EL": ("english_learner", "english_learner"),
    "SD": ("low_income", "low_income"),
    "SE": ("disability", "disability"),
    "FY": ("foster", "foster"),
    "HL": ("homeless", "homeless"),
}


def real_suspension_rows() -> list[dict[str, Any]]:
    """The real file as facts of schools, and their sums as facts of the district."""
    folder = real_data("ca_smmusd_suspension_2019-24")
    rows: list[dict[str, Any]] = []
    sums: dict[tuple[int, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    with (folder / "smmusd_suspension_by_group.csv").open(encoding="utf-8") as file:
        for number, line in enumerate(csv.DictReader(file), 1):
            code = line["subgroup_code"]
            if code not in _CODES:
                continue
            family, group = _CODES[code]
            year = int(line["academic_year"][:4]) + 1
            shown = line["rate"] != ""
            x = float(line["unduplicated_suspensions"]) if shown else None
            n = float(line["cumulative_enrollment"]) if shown else None
            place = at_school(line["school_code"], f"School {line['school_code']}")
            rows.append(fact(year, family, group, x, n, source_row=number, **place))
            if shown:
                sums[year, family, group][0] += x or 0
                sums[year, family, group][1] += n or 0
    rows += [fact(*key, x, n) for key, (x, n) in sums.items()]
    return rows


_MORE_GROUPS = (
    ("race_ethnicity", "asian", 0.1, 0.9),
    ("race_ethnicity", "black", 0.08, 1.5),
    ("race_ethnicity", "hispanic", 0.32, 1.3),
    ("race_ethnicity", "white", 0.5, 0.8),
    ("disability", "disability", 0.14, 1.9),
    ("english_learner", "english_learner", 0.1, 1.2),
    ("low_income", "low_income", 0.3, 1.7),
    ("foster", "foster", 0.001, 1.0),
)
_SCHOOLS = (
    *((f"{n:02d}", f"Oak {n} Elementary") for n in range(1, 9)),
    *((f"{n:02d}", f"Elm {n} Middle") for n in range(9, 12)),
    ("12", "Bay High"),
)


def rich_rows(seed: int = 3) -> list[dict[str, Any]]:
    """A district with four years, schools, pairs, other districts and the state.

    One elementary school has three times the rate of the others; the gap in
    mathematics narrowed in the last year as students not from low-income families
    fell; English learners with disabilities are far beyond the sum of both groups.
    """
    chance = random.Random(seed)  # noqa: S311 - a drawn district, no secret
    rows: list[dict[str, Any]] = []
    for year in (2019, 2022, 2023, 2024):
        for key, rate in (("chronic_absence", 0.2), ("met_standard_math", 0.5)):
            rows += _place(chance, year, key, rate, 4000)
            for number, name in _SCHOOLS:
                special = number == "03" and key == "chronic_absence"
                here = 0.55 if special else rate
                rows += _place(chance, year, key, here, 330, **at_school(number, name))
    for number in range(30):
        other = {
            "organization_id": f"77{number:05d}",
            "organization_name": f"Other {number}",
            "district_id": f"77{number:05d}",
        }
        rows += _place(
            chance, 2024, "chronic_absence", 0.25, 900 + 150 * number, **other
        )
    state = {"level": "state", "organization_id": "00", "district_id": None}
    rows += _place(chance, 2024, "chronic_absence", 0.25, 30000, **state)
    rows.append(fact(2024, "homeless", "homeless", 12, 20, indicator="graduation"))
    return rows + _levelled_down() + _pairs()


def _place(
    chance: random.Random, year: int, key: str, rate: float, n: int, **place: Any
) -> list[dict[str, Any]]:
    """One indicator of one place and year: all students and each group."""
    place["indicator"] = key
    x = _drawn(chance, rate, n)
    rows = [fact(year, "all", "all", x, n, **place)]
    for family, group, share, times in _MORE_GROUPS:
        part = max(3, round(n * share))
        ratio = 2 - times if key == "met_standard_math" else times
        count = min(_drawn(chance, min(0.97, rate * ratio), part), x)
        told = (None, None) if part < 11 else (count, part)
        rows.append(fact(year, family, group, *told, **place))
    return rows


def _drawn(chance: random.Random, rate: float, n: int) -> int:
    return sum(chance.random() < rate for _ in range(n))


def _pairs() -> list[dict[str, Any]]:
    """English learners with disabilities are far beyond the sum of the two."""
    rows = []
    for first in ("english_learner", "not_english_learner"):
        for second in ("disability", "not_disability"):
            worst = first == "english_learner" and second == "disability"
            counts = (90, 120) if worst else (150, 900)
            pair = ("english_learner*disability", f"{first}*{second}")
            rows.append(fact(2024, *pair, *counts, indicator="chronic_absence"))
    return rows


def _levelled_down() -> list[dict[str, Any]]:
    """Graduation: the gap closed in the last year as the others fell."""
    rows = []
    for year, low, others in ((2022, 700, 900), (2023, 705, 905), (2024, 700, 760)):
        key = {"indicator": "graduation"}
        rows.append(fact(year, "all", "all", low + others, 2000, **key))
        rows.append(fact(year, "low_income", "low_income", low, 1000, **key))
    return rows
