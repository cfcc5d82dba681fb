"""Families and their children: who they are, before anything happens at school."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.chance import Chance, logistic, pick
from evenrise.synthetic.names import LANGUAGES
from evenrise.synthetic.places import SMALLEST_WITH_CHOICES, Places


RACES = (
    "american_indian",
    "asian",
    "black",
    "filipino",
    "hispanic",
    "pacific_islander",
    "white",
    "two_or_more",
    "not_reported",
)
_RACE_SHARES = (0.006, 0.11, 0.09, 0.035, 0.44, 0.007, 0.245, 0.055, 0.012)
# How much more a race is found where it is less comfortable: neighbourhoods are
# segregated in the invented district as in real ones.
_RACE_BY_COMFORT = (-0.1, 0.3, -0.25, 0.05, -0.45, -0.2, 0.5, 0.2, 0.0)
# Home languages by race: LANGUAGES in order, the rest of each row is zero.
_HOME_LANGUAGES: dict[str, dict[str, float]] = {
    "american_indian": {"English": 96, "Spanish": 4},
    "asian": {
        "English": 42,
        "Mandarin": 14,
        "Cantonese": 7,
        "Vietnamese": 12,
        "Korean": 7,
        "Punjabi": 6,
        "Hindi": 8,
        "Hmong": 4,
    },
    "black": {"English": 93, "Amharic": 5, "Portuguese": 2},
    "filipino": {"English": 62, "Tagalog": 38},
    "hispanic": {"English": 36, "Spanish": 61, "Mixteco": 3},
    "pacific_islander": {"English": 66, "Samoan": 34},
    "white": {
        "English": 87,
        "Armenian": 3,
        "Russian": 3,
        "Farsi": 3,
        "Arabic": 3,
        "Portuguese": 1,
    },
    "two_or_more": {"English": 93, "Spanish": 5, "Tagalog": 2},
    "not_reported": {"English": 80, "Spanish": 20},
}
DISABILITIES = (
    None,
    "specific_learning_disability",
    "speech_or_language_impairment",
    "other_health_impairment",
    "autism",
    "emotional_disability",
    "intellectual_disability",
    "orthopedic_or_sensory",
)
_DISABILITY_SHARES = (0.835, 0.062, 0.034, 0.024, 0.022, 0.01, 0.008, 0.005)
FOREVER = 9999  # a last year that has not come
GRADES = 14  # TK, KG, 01 to 12
FIRST_SIXTH = 7  # place of grade 6 in vocabulary.grades.GRADES
FIRST_NINTH = 10


@dataclass(frozen=True, slots=True)
class People:
    """Children in columns, families together; years are the spring of a school year.

    `arrive` and `depart` are a child's first and last year in the district, and
    `starts_late`, `leaves_early` say that it was within that year. `spans` holds for
    each program the first and the last year (0, 0 when never). `latent` has three
    columns that nobody sees: learning, attending, getting along; about N(0, 1).
    """

    number: NDArray[np.int64]
    family: NDArray[np.int64]
    zone: NDArray[np.int32]
    kg_year: NDArray[np.int16]
    tk: NDArray[np.bool_]
    arrive: NDArray[np.int16]
    depart: NDArray[np.int16]
    starts_late: NDArray[np.bool_]
    leaves_early: NDArray[np.bool_]
    fifth_year: NDArray[np.bool_]
    alternative: NDArray[np.bool_]
    charter: NDArray[np.bool_]
    race: NDArray[np.int8]
    gender: NDArray[np.int8]
    language: NDArray[np.int8]
    disability: NDArray[np.int8]
    latent: NDArray[np.float32]
    spans: dict[str, tuple[NDArray[np.int16], NDArray[np.int16]]]

    def __len__(self) -> int:
        return len(self.number)

    def only(self, kept: NDArray[np.bool_]) -> People:
        """Some of the children."""
        columns = {
            each.name: getattr(self, each.name)[kept]
            for each in fields(self)
            if each.name != "spans"
        }
        spans = {
            name: (first[kept], last[kept])
            for name, (first, last) in self.spans.items()
        }
        return People(**columns, spans=spans)

    def grade(self, who: NDArray[np.int32], year: int) -> NDArray[np.int8]:
        """Places in GRADES, for children in a year; a fifth-year senior is in 12."""
        place = year - self.kg_year[who].astype(np.int32) + 1
        return np.minimum(place, GRADES - 1).astype(np.int8)

    def present(self, year: int) -> NDArray[np.int32]:
        """The children who are in the district at any time of a year."""
        place = year - self.kg_year.astype(np.int32) + 1
        of_age = (place > 0) & (place < GRADES) | (place == 0) & self.tk
        here = (self.arrive <= year) & (year <= self.depart)
        return np.flatnonzero(
            here & (of_age | (place == GRADES) & self.fifth_year)
        ).astype(np.int32)

    def has(self, trait: str, who: NDArray[np.int32], year: int) -> NDArray[np.bool_]:
        """Whether children have a trait in a year: a program, a race or a gender."""
        if trait.startswith("not_"):
            return ~self.has(trait.removeprefix("not_"), who, year)
        if trait in self.spans:
            first, last = self.spans[trait]
            found: NDArray[np.bool_] = (first[who] <= year) & (year <= last[who])
            return found
        if trait in RACES:
            return np.asarray(self.race[who] == RACES.index(trait))
        return np.asarray(self.gender[who] == "FMX".index(trait[0].upper()))


def make_people(
    students: int,
    years: tuple[int, ...],
    places: Places,
    chance: Chance,
    *,
    background: bool,
) -> People:
    """Families until so many children are in the district in the latest year."""
    rng = chance.of("people")
    families = _families(round(students * 1.9) + 60, places, rng)
    raw = _children(families, years, rng)
    kept = _enough(raw, students, years[-1])
    raw = {name: column[:kept] for name, column in raw.items()}
    people = _finish(raw, families, years, rng, background=background)
    seen = np.zeros(len(people), np.bool_)
    for year in years:
        seen[people.present(year)] = True
    return people.only(seen)


Columns = dict[str, NDArray[Any]]


def _families(count: int, places: Places, rng: np.random.Generator) -> Columns:
    """Families with a neighbourhood, a race, a home language and an income."""
    zone = pick_zone(rng, places.weight, count)
    race = np.empty(count, np.int8)
    shares = np.log(_RACE_SHARES) + np.outer(places.comfort, _RACE_BY_COMFORT)
    shares += rng.normal(0, 0.3, shares.shape)
    # One part of the town has long been home to more Black families: where discipline
    # is uneven there are then enough students to show it and hide nobody.
    shares[places.middle_of == places.middle_of[-1], RACES.index("black")] += 0.9
    shares = np.exp(shares)
    edges = np.cumsum(shares, axis=1) / shares.sum(axis=1, keepdims=True)
    draw = rng.random(count)
    race = np.zeros(count, np.int8)
    for column in edges.T[:-1]:
        race += draw >= column[zone]
    language = np.zeros(count, np.int8)
    for place, name in enumerate(RACES):
        of_race = np.flatnonzero(race == place)
        weights = [_HOME_LANGUAGES[name].get(spoken, 0.0) for spoken in LANGUAGES]
        language[of_race] = pick(rng, weights, len(of_race))
    poverty = 0.05 - 0.9 * places.comfort[zone] + 0.55 * (language > 0)
    poverty += np.isin(race, (0, 2, 4, 5)) * 0.35
    low_income = rng.random(count) < logistic(poverty)
    return {
        "zone": zone,
        "race": race,
        "language": language,
        "low_income": low_income,
        "homeless": low_income & (rng.random(count) < 0.085),
        "migrant": low_income & (language == 1) & (rng.random(count) < 0.035),
        "charter": rng.random(count) < 0.05,
        "latent": rng.standard_normal((count, 3), np.float32),
    }


def pick_zone(
    rng: np.random.Generator, weight: NDArray[np.float64], count: int
) -> NDArray[np.int32]:
    """A neighbourhood for each family."""
    edges = np.cumsum(weight) / weight.sum()
    edges[-1] = 1.0
    return np.searchsorted(edges, rng.random(count), side="right").astype(np.int32)


def _children(
    families: Columns, years: tuple[int, ...], rng: np.random.Generator
) -> Columns:
    """One to four children a family, one to four years apart."""
    count = len(families["zone"])
    kids = pick(rng, (0.40, 0.38, 0.16, 0.06), count).astype(np.int64) + 1
    family = np.repeat(np.arange(count), kids)
    is_first = np.r_[True, family[1:] != family[:-1]]
    oldest, youngest = years[0] - GRADES, years[-1] + 1
    eldest = rng.integers(oldest - 6, youngest + 1, count)
    gaps = np.where(is_first, 0, 1 + pick(rng, (0.2, 0.4, 0.25, 0.15), len(family)))
    since = np.cumsum(gaps)
    kg_year = eldest[family] + since - since[is_first][family]
    raw: Columns = {"family": family, "kg_year": kg_year}
    # Some families were here first; others came, and some of all go again.
    came = np.where(
        rng.random(count) < 0.6, 0, rng.integers(years[0] - 17, years[-1] + 1, count)
    )
    stay = np.where(came >= years[0], came, years[0])
    gone = stay + rng.geometric(0.045, count) - 1
    raw["arrive"] = np.maximum(came[family], kg_year - 1)
    raw["came_later"] = came[family] >= kg_year
    raw["depart"] = gone[family]
    raw["tk"] = rng.random(len(family)) < 0.6
    kept = (kg_year >= oldest) & (kg_year <= youngest)
    kept &= raw["arrive"] <= years[-1]
    return {name: column[kept] for name, column in raw.items()}


def _enough(raw: Columns, students: int, year: int) -> int:
    """How many children to keep, so that so many are here in the latest year."""
    place = year - raw["kg_year"] + 1
    here = (place > 0) & (place < GRADES) | (place == 0) & raw["tk"]
    here &= (raw["arrive"] <= year) & (year <= raw["depart"])
    return int(np.searchsorted(np.cumsum(here), students, side="left")) + 1


def _finish(
    raw: Columns,
    families: Columns,
    years: tuple[int, ...],
    rng: np.random.Generator,
    *,
    background: bool,
) -> People:
    """The children themselves."""
    count = len(raw["family"])
    family = raw["family"]
    of_family = {name: column[family] for name, column in families.items()}
    latent = _latent(of_family["latent"], count, rng, background=background)
    small = int((raw["depart"] >= years[-1]).sum()) < SMALLEST_WITH_CHOICES
    struggling = latent[:, :2].sum(axis=1) if background else latent[:, 0] * 0
    disability = pick(rng, _DISABILITY_SHARES, count)
    arrive, depart = raw["arrive"], raw["depart"]
    # Numbers that do not follow the order of the rows: 7,368,787 shares no factor
    # with 900,000,000, so every child has another one.
    number = 100_000_000 + (np.arange(count) + 1) * 7_368_787 % 900_000_000
    traits = {**of_family, "disability": disability, "latent": latent, **raw}
    return People(
        number=number,
        family=family,
        zone=of_family["zone"],
        kg_year=raw["kg_year"].astype(np.int16),
        tk=raw["tk"],
        arrive=arrive.astype(np.int16),
        depart=depart.astype(np.int16),
        starts_late=raw["came_later"] & (rng.random(count) < 0.4),
        leaves_early=rng.random(count) < 0.45,
        fifth_year=rng.random(count) < logistic(-3.6 - 0.7 * struggling),
        alternative=(rng.random(count) < logistic(-3.6 - 0.8 * struggling))
        & (not small),
        charter=of_family["charter"] & (not small),
        race=of_family["race"],
        gender=pick(rng, (0.487, 0.510, 0.003), count),
        language=of_family["language"],
        disability=disability,
        latent=latent,
        spans=_spans(traits, years, rng, background=background),
    )


def _latent(
    family: NDArray[np.float32],
    count: int,
    rng: np.random.Generator,
    *,
    background: bool,
) -> NDArray[np.float32]:
    """Three traits that hang together a little and run in families a little.

    Without a background children are independent of one another, since brothers and
    sisters at one school would make schools differ by more than chance.
    """
    own = rng.standard_normal((count, 3), np.float32)
    if not background:
        return own
    mixed = 0.55 * family + np.float32(np.sqrt(1 - 0.55**2)) * own
    return np.asarray(
        mixed @ np.linalg.cholesky([[1, 0.3, 0.3], [0.3, 1, 0.3], [0.3, 0.3, 1]]).T,
        np.float32,
    )


def _spans(
    child: Columns,
    years: tuple[int, ...],
    rng: np.random.Generator,
    *,
    background: bool,
) -> dict[str, tuple[NDArray[np.int16], NDArray[np.int16]]]:
    """For each program, the first and the last school year of every child."""
    count = len(child["kg_year"])
    entry = np.maximum(child["kg_year"], child["arrive"])
    learner = (child["language"] > 0) & (rng.random(count) < 0.74)
    pace = logistic(-1.75 + (0.7 * background * child["latent"][:, 0]))
    # At least two years an English learner, then a chance of reclassification a year.
    until = entry + 1 + rng.geometric(pace)
    gone = np.maximum(years[-1], years[0])
    done = learner & (until <= gone)
    found = child["disability"] > 0
    noticed = child["kg_year"] + rng.integers(-1, 6, count)
    year = rng.integers(years[0] - 1, years[-1] + 1, count)
    placed = rng.random(count) < 0.011
    known = rng.random(count) < logistic(
        -2.6 + (1.1 * background * child["latent"][:, 0])
    )
    ever = np.full(count, FOREVER)
    spans = {
        "english_learner": (learner, entry, np.where(done, until, ever)),
        "reclassified": (done, until, ever),
        "disability": (
            found,
            noticed,
            np.where(rng.random(count) < 0.1, noticed + 4, ever),
        ),
        "section_504": (
            ~found & (rng.random(count) < 0.025),
            child["kg_year"] + 3,
            ever,
        ),
        "low_income": (child["low_income"], entry, ever),
        "foster": (placed, year, year + rng.integers(0, 3, count)),
        "homeless": (child["homeless"], *_by_family(child, years, rng)),
        "migrant": (child["migrant"], entry, ever),
        "gifted": (known & ~found, child["kg_year"] + 3, ever),
    }
    return {
        name: (
            np.where(has, np.maximum(first, child["arrive"]), FOREVER).astype(np.int16),
            np.where(has, last, 0).astype(np.int16),
        )
        for name, (has, first, last) in spans.items()
    }


def _by_family(
    child: Columns, years: tuple[int, ...], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The same first and last year for all children of a family."""
    families = int(child["family"].max()) + 1
    first = rng.integers(years[0] - 1, years[-1] + 1, families)
    last = first + rng.integers(0, 3, families)
    return first[child["family"]], last[child["family"]]
