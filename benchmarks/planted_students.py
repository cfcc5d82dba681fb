"""Students of a small invented district, with truths planted or none, and their facts.

Outcomes are drawn, not records: two hundred districts take minutes, not hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.vocabulary.facts import FACT_COLUMNS, Origin, Status
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS, FAMILIES, PAIR
from evenrise.vocabulary.organizations import Level


DISTRICT = "9970001"
YEARS = (2024, 2025, 2026)
SCHOOLS = tuple(f"E{number:04d}" for number in range(1, 13))
BRIGHT, UNEVEN = SCHOOLS[0], SCHOOLS[4]
BY_STUDENT = ("d_f_rate", "met_standard_math")  # whose truths need single students
EACH = 160  # students of a school and year
SHARES = {"english_learner": 0.25, "disability": 0.2, "low_income": 0.5}
_TYPES = {"int16": pa.int16(), "int64": pa.int64(), "float64": pa.float64()}

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Drawn:
    """The outcomes of one district by indicator."""

    outcomes: dict[str, StudentOutcomes]


def draw(seed: int, *, planted: bool) -> Drawn:
    """Draw a district; without truths every student meets the same chances."""
    chance = np.random.default_rng([seed, int(planted)])
    n = EACH * len(SCHOOLS) * len(YEARS)
    school = np.tile(np.repeat(np.arange(len(SCHOOLS)), EACH), len(YEARS))
    year = np.repeat(np.array(YEARS), EACH * len(SCHOOLS))
    groups = {
        family: (chance.random(n) >= share).astype(np.int64)
        for family, share in SHARES.items()
    }
    learner, disabled, poor = (groups[family] == 0 for family in SHARES)
    prior, noise = chance.normal(size=(2, n))
    ability = 0.7 * prior + 0.7 * noise
    last, on = year == YEARS[-1], float(planted)
    rates = {
        "chronic_absence": 0.16 + on * (0.08 * learner + 0.2 * (poor & (school == 4))),
        "d_f_rate": 0.25 + 0.25 * on * (learner & disabled),
        "met_standard_ela": 0.55 - on * (0.18 * poor + 0.12 * (last & ~poor)),
    }
    toss = chance.random((len(rates), n))
    happened = {key: toss[i] < rate for i, (key, rate) in enumerate(rates.items())}
    shift = on * (0.5 * (school == 0) - 0.5 * poor + last * (0.22 + 0.3 * poor))
    happened["met_standard_math"] = ability + shift > 0
    score = {"met_standard_math": ability + shift}
    nothing = np.full(n, np.nan)
    return Drawn(
        {
            key: StudentOutcomes(
                indicator=key,
                good="up" if key.startswith("met") else "down",
                school_year=year.astype(np.int64),
                school=school.astype(np.int64),
                schools=SCHOOLS,
                grade=chance.integers(4, 7, n),
                happened=yes,
                score=score.get(key, nothing),
                share_absent=nothing,
                prior=prior if key in score else nothing,
                groups=groups,
            )
            for key, yes in happened.items()
        }
    )


def facts_of(drawn: Drawn) -> pa.Table:
    """The facts that these students give, computed and not protected."""
    rows = [row for one in drawn.outcomes.values() for row in _rows(one)]
    names = ("indicator", "school_year", "level", "organization_id", "group_family")
    told: dict[str, Any] = dict(
        zip(
            (*names, "group", "numerator", "denominator"),
            zip(*rows, strict=True),
            strict=True,
        )
    )
    size = len(rows)
    x, n = (np.array(told[name]) for name in ("numerator", "denominator"))
    told |= {
        "definition_version": [1] * size,
        "authority": ["invented"] * size,
        "organization_name": list(told["organization_id"]),
        "value": x / n,
        "status": [str(Status.REPORTED)] * size,
        "origin": [str(Origin.COMPUTED)] * size,
        "district_id": [DISTRICT] * size,
    }
    return pa.table(
        {
            name: pa.array(told[name], _TYPES.get(kind, pa.string()))
            if name in told
            else pa.nulls(size, _TYPES.get(kind, pa.string()))
            for name, kind in FACT_COLUMNS.items()
        }
    )


Row = tuple[str, int, str, str, str, str, float, float]


def _rows(one: StudentOutcomes) -> Iterator[Row]:
    members = [((ALL_FAMILY, ALL_STUDENTS), np.ones(len(one), dtype=np.bool_))]
    single = [
        ((family, group.code), one.groups[family] == code)
        for family in SHARES
        for code, group in enumerate(FAMILIES[family].groups)
    ]
    pairs = [
        ((f"{a[0]}{PAIR}{b[0]}", f"{a[1]}{PAIR}{b[1]}"), first & second)
        for (a, first), (b, second) in combinations(single, 2)
        if a[0] != b[0]
    ]
    places = len(SCHOOLS)
    for year in YEARS:
        now = one.school_year == year
        for (family, group), member in (*members, *single, *pairs):
            of, yes = now & member, now & member & one.happened
            n = np.bincount(one.school[of], minlength=places)
            x = np.bincount(one.school[yes], minlength=places)
            name = (one.indicator, year)
            district = (str(Level.DISTRICT), DISTRICT, family, group)
            yield (*name, *district, float(x.sum()), float(n.sum()))
            if PAIR in family:
                continue
            for at, code in enumerate(SCHOOLS):
                if n[at]:
                    here = (str(Level.SCHOOL), code, family, group)
                    yield (*name, *here, float(x[at]), float(n[at]))
