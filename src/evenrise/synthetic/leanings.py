"""How far an outcome leans: what every district knows, and what was planted.

The background amounts are of the size that public reports of large districts show
(chronic absence of students without stable housing about twice that of others, and
so on); they make the planted truths harder to find, as in life.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.chance import Chance
from evenrise.synthetic.people import People
from evenrise.synthetic.places import Places
from evenrise.synthetic.truths import Outcome, Tilt, Truths


_BY_GROUP: dict[Outcome, dict[str, float]] = {
    Outcome.ABSENCE: {
        "low_income": 0.26,
        "english_learner": 0.08,
        "disability": 0.2,
        "homeless": 0.5,
        "foster": 0.25,
        "asian": -0.3,
        "pacific_islander": 0.25,
        "american_indian": 0.25,
    },
    Outcome.INCIDENT: {
        "low_income": 0.35,
        "disability": 0.45,
        "male": 0.55,
        "foster": 0.6,
        "homeless": 0.3,
    },
    Outcome.REMOVAL: {},
    Outcome.MARK: {
        "low_income": -0.25,
        "english_learner": -0.25,
        "disability": -0.25,
        "homeless": -0.25,
        "foster": -0.3,
        "female": 0.15,
        "asian": 0.2,
    },
    Outcome.ELA: {
        "low_income": -0.5,
        "english_learner": -0.7,
        "disability": -0.7,
        "homeless": -0.2,
        "female": 0.18,
        "asian": 0.3,
    },
    Outcome.MATH: {
        "low_income": -0.55,
        "english_learner": -0.5,
        "disability": -0.65,
        "homeless": -0.2,
        "asian": 0.45,
    },
    Outcome.FEEDBACK: {},
    Outcome.A_G: {},
}
_BY_SCHOOL: dict[Outcome, float] = {
    Outcome.ABSENCE: 0.1,
    Outcome.INCIDENT: 0.15,
    Outcome.REMOVAL: 0.1,
    Outcome.MARK: 0.08,
    Outcome.ELA: 0.1,
    Outcome.MATH: 0.1,
    Outcome.FEEDBACK: 0.0,
    Outcome.A_G: 0.0,
}


@dataclass(frozen=True, slots=True)
class Leanings:
    """Answers, for students at schools in a year, how far an outcome leans."""

    people: People
    places: Places
    truths: Truths
    years: tuple[int, ...]
    schools: dict[Outcome, NDArray[np.float32]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        people: People,
        places: Places,
        truths: Truths,
        years: tuple[int, ...],
        chance: Chance,
    ) -> Leanings:
        """Draw the schools' own part of every outcome."""
        size = len(places.codes)
        schools = {
            outcome: chance.of("school " + outcome).normal(0, spread, size)
            * truths.background
            for outcome, spread in _BY_SCHOOL.items()
        }
        return cls(
            people,
            places,
            truths,
            years,
            {outcome: part.astype(np.float32) for outcome, part in schools.items()},
        )

    def lean(
        self,
        outcome: Outcome,
        student: NDArray[np.int32],
        school: NDArray[np.int32],
        year: int,
    ) -> NDArray[np.float32]:
        """The sum of all leanings, in the outcome's unit (see Outcome)."""
        total = self.schools[outcome][school]
        known: dict[str, NDArray[np.bool_]] = {}

        def has(trait: str) -> NDArray[np.bool_]:
            if trait not in known:
                known[trait] = self.people.has(trait, student, year)
            return known[trait]

        if self.truths.background:
            for trait, amount in _BY_GROUP[outcome].items():
                total += np.float32(amount) * has(trait)
        for tilt in self.truths.tilts(outcome):
            if tilt.subject is None and self._now(tilt, year):
                meant = self.there(tilt, school)
                for trait in tilt.who:
                    meant &= has(trait)
                total += np.float32(tilt.amount) * meant
        return total

    def by_section(
        self, subject: NDArray[np.str_], school: NDArray[np.int32], year: int
    ) -> NDArray[np.float32]:
        """Days of feedback that sections of a subject lean, whoever sits in them."""
        total = self.schools[Outcome.FEEDBACK][school]
        for tilt in self.truths.tilts(Outcome.FEEDBACK):
            if self._now(tilt, year):
                meant = self.there(tilt, school)
                if tilt.subject is not None:
                    meant &= subject == tilt.subject
                total += np.float32(tilt.amount) * meant
        return total

    def _now(self, tilt: Tilt, year: int) -> bool:
        return not tilt.when or self.years[-1] - year in tilt.when

    def there(self, tilt: Tilt, school: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether schools are those a tilt is meant for."""
        if not tilt.where:
            return np.ones(len(school), np.bool_)
        codes = {
            code
            for truth in self.truths.planted
            if tilt in truth.tilts
            for role, code in truth.schools
            if role in tilt.where
        }
        meant = np.array([self.places.codes.index(code) for code in codes], np.int32)
        return np.isin(school, meant)
