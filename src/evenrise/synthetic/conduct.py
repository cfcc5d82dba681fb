"""Incidents, what was done about them, and the days of school they cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.chance import Chance, logistic, pick
from evenrise.synthetic.folder import Folder, days, keys, numbers, words
from evenrise.synthetic.leanings import Leanings
from evenrise.synthetic.people import FIRST_SIXTH
from evenrise.synthetic.places import DAYS, Calendar
from evenrise.synthetic.registry import student_ids
from evenrise.synthetic.stays import Stays
from evenrise.synthetic.truths import Outcome


BEHAVIORS = (
    "disruption",
    "defiance",
    "fighting",
    "harassment",
    "vaping",
    "property_damage",
    "phone_misuse",
    "theft",
    "weapon",
)
_BEHAVIOR_SHARES = (0.3, 0.17, 0.18, 0.1, 0.08, 0.06, 0.07, 0.03, 0.01)
_SERIOUS = np.array([0.0, -20.0, 1.3, 1.2, 0.2, 0.3, -20.0, 1.2, 3.0])
ACTIONS = (
    "none",
    "restorative",
    "in_school_suspension",
    "out_of_school_suspension",
    "expulsion",
)
# Middle schools write up most; the youngest least.
_BY_GRADE = np.array(
    [-2.2, -1.6, -1.2, -0.9, -0.7, -0.5, -0.3, 0.5, 0.8, 0.7, 0.4, 0.2, 0, -0.2]
)
_BASE = -3.5


@dataclass(frozen=True, slots=True)
class Incidents:
    """A year's incidents in columns: `stay` is a place in the year's stays.

    `day` is a place in the calendar, `removed` counts days.
    """

    stay: NDArray[np.int64]
    day: NDArray[np.int16]
    behavior: NDArray[np.int8]
    action: NDArray[np.int8]
    removed: NDArray[np.int16]

    def out_of_school(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The stays and the days missed through out-of-school suspension."""
        out = np.flatnonzero(self.action == ACTIONS.index("out_of_school_suspension"))
        length = self.removed[out].astype(np.int64)
        stay = np.repeat(self.stay[out], length)
        nth = np.arange(len(stay)) - np.repeat(np.cumsum(length) - length, length)
        day = np.repeat(self.day[out].astype(np.int64), length) + 1 + nth
        within = day < DAYS
        return stay[within], day[within]


def make_incidents(stays: Stays, leanings: Leanings, chance: Chance) -> Incidents:
    """A year's incidents: a few students have several, most have none."""
    rng = chance.of("incidents", stays.year)
    size = len(stays)
    logit = _BASE + leanings.lean(
        Outcome.INCIDENT, stays.student, stays.school, stays.year
    )
    if leanings.truths.background:
        logit += _BY_GRADE[stays.grade]
    logit += 0.8 * leanings.people.latent[stays.student, 2]
    length = (stays.last - stays.first + 1) / DAYS
    stay = np.repeat(np.arange(size), rng.poisson(logistic(logit) * 1.6 * length))
    span = (stays.last - stays.first)[stay]
    day = stays.first[stay] + (rng.random(len(stay)) * span).astype(np.int16)
    behavior = pick(rng, _BEHAVIOR_SHARES, len(stay))
    lean = leanings.lean(
        Outcome.REMOVAL, stays.student[stay], stays.school[stay], stays.year
    )
    # Nobody is suspended for defiance (Education Code 48900(k)), or for a phone.
    serious = _SERIOUS[behavior]
    young = (stays.grade[stay] < FIRST_SIXTH) * (1.0 * leanings.truths.background)
    suspended = rng.random(len(stay)) < logistic(lean - 0.3 + serious - young)
    kind = pick(rng, (0.2, 0.79, 0.01), len(stay)) + 2
    action = np.where(suspended, kind, pick(rng, (0.35, 0.65), len(stay)))
    length_of = 1 + pick(rng, (0.42, 0.28, 0.18, 0.06, 0.06), len(stay))
    removed = np.where(action >= 2, np.where(action == 4, 20, length_of), 0)
    return Incidents(
        stay,
        day.astype(np.int16),
        behavior,
        action.astype(np.int8),
        removed.astype(np.int16),
    )


def write_incidents(
    folder: Folder,
    years: list[tuple[Stays, Calendar, Incidents]],
    leanings: Leanings,
) -> None:
    """Write `incidents.csv`."""
    begun = 1
    with folder.open("incidents") as table:
        for stays, calendar, incidents in years:
            number = begun + np.arange(len(incidents.stay))
            begun += len(number)
            table.add(
                incident_id=keys("I", number, 8),
                student_id=student_ids(leanings.people, stays.student[incidents.stay]),
                school_id=words(leanings.places.codes, stays.school[incidents.stay]),
                date=days(calendar.dates[incidents.day]),
                behavior=words(BEHAVIORS, incidents.behavior),
                action=words(ACTIONS, incidents.action),
                days_removed=numbers(incidents.removed, blank=incidents.removed == 0),
            )
