"""What is planted in an invented district, declared as data before it is built.

A truth says what is different, for whom, where and when. The generators know nothing
of single truths: they ask `Leanings` how far an outcome leans for these students,
at these schools, in this year. Who finds what is planted here can be checked, since
the truths are also written down in `truths.json` beside the district's folder.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path


class Outcome(StrEnum):
    """What a truth can make lean; the unit of an amount stands beside it."""

    ABSENCE = "absence"  # logits of a day's absence
    INCIDENT = "incident"  # logits of an incident in a year
    REMOVAL = "removal"  # logits that an incident ends in a suspension
    MARK = "mark"  # standard deviations of a course mark
    ELA = "ela"  # standard deviations of the test score
    MATH = "math"  # standard deviations of the test score
    A_G = "a_g"  # share of finished A-G lists that the file has lost
    FEEDBACK = "feedback"  # days from the due date to the score


@dataclass(frozen=True, slots=True)
class Slip:
    """A row that no import should keep: where it stands, the cell at fault, and why.

    `line` is filled in when the row is written; the header is line 1.
    """

    file: str
    column: str
    cell: str
    why: str
    line: int = 0


class Role(StrEnum):
    """A part that a school plays in a truth; which school is chosen by the builder."""

    ABSENCE_GAP_A = "absence_gap_a"
    ABSENCE_GAP_B = "absence_gap_b"
    ABSENCE_EVEN = "absence_even"
    BRIGHT_SPOT = "bright_spot"
    UNEVEN_DISCIPLINE = "uneven_discipline"
    SLOW_FEEDBACK = "slow_feedback"


@dataclass(frozen=True, slots=True)
class Tilt:
    """How far one outcome leans, for whom, where and when.

    `who` names traits that must all hold (`english_learner`, `not_low_income`,
    `black`); `where` names roles of schools; `when` counts years back from the
    latest (0 is the latest). An empty tuple means everybody, everywhere, always.
    `subject` limits feedback to one subject.
    """

    outcome: Outcome
    amount: float
    who: tuple[str, ...] = ()
    where: tuple[Role, ...] = ()
    when: tuple[int, ...] = ()
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """One thing that is so in the invented district, and that a review should find.

    `kind` is the kind of finding it calls for. `schools` and `school_years` are
    filled in when the district is built; a truth whose schools do not exist in so
    small a district has `planted` false.
    """

    key: str
    kind: str
    indicator: str
    sentence: str
    tilts: tuple[Tilt, ...]
    group_family: str | None = None
    group: str | None = None
    schools: tuple[tuple[Role, str], ...] = ()
    school_years: tuple[int, ...] = ()
    planted: bool = False

    @property
    def roles(self) -> tuple[Role, ...]:
        """The parts that schools play in it."""
        return tuple(dict.fromkeys(role for tilt in self.tilts for role in tilt.where))

    def school(self, role: Role) -> str:
        """The code of the school that plays a part; KeyError before it is built."""
        return dict(self.schools)[role]


class Chosen(StrEnum):
    """Who is given a support."""

    NEED = "need"  # the likelier, the more days a student missed just before
    STRONGEST = "strongest"  # the students with the highest earlier test scores


@dataclass(frozen=True, slots=True)
class PlantedSupport:
    """A support that some students are given, and what it truly does.

    `amount` is in logits of a day's absence, at a chance of 1 in 10, from the day on
    which it begins to the end of the school year; 0 does nothing. `offer` is the logit
    of being given it for a student who missed no day. `verdict` is what an honest look
    says of it; a useless support of which many are given "made no useful difference".
    """

    key: str
    sentence: str
    chosen: Chosen
    amount: float
    offer: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Truths:
    """Everything planted in a district.

    `background` switches on what is known of every real district: outcomes that
    differ by group, by school and by grade. Without it nothing differs beyond
    chance, which is what a simulation of false discoveries needs. `slips` are the
    rows to be refused, when they were asked for. `supports` are given to students in
    the latest two school years.
    """

    planted: tuple[Truth, ...]
    background: bool = True
    slips: tuple[Slip, ...] = ()
    supports: tuple[PlantedSupport, ...] = ()

    def __getitem__(self, key: str) -> Truth:
        """The truth with this key; KeyError when there is none."""
        for truth in self.planted:
            if truth.key == key:
                return truth
        raise KeyError(f"No truth is called {key!r}.")

    def tilts(self, outcome: Outcome) -> tuple[Tilt, ...]:
        """Every tilt of one outcome, of the truths that were planted."""
        return tuple(
            tilt
            for truth in self.planted
            if truth.planted
            for tilt in truth.tilts
            if tilt.outcome is outcome
        )

    def settled(self, schools: dict[Role, str], years: tuple[int, ...]) -> Truths:
        """The same truths, with the schools and the years they are planted in.

        Args:
            schools: the code of the school for every role that could be cast.
            years: the school years of the district, by their spring.
        """
        return replace(
            self,
            planted=tuple(_settle(truth, schools, years) for truth in self.planted),
        )

    def write(self, path: Path) -> None:
        """Write them as JSON, for tests and for people."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")


def _settle(truth: Truth, schools: dict[Role, str], years: tuple[int, ...]) -> Truth:
    back = {step for tilt in truth.tilts for step in tilt.when}
    enough = all(role in schools for role in truth.roles) and max(
        back, default=0
    ) < len(years)
    latest = years[-1]
    return replace(
        truth,
        schools=tuple((role, schools[role]) for role in truth.roles if role in schools),
        school_years=tuple(sorted(latest - step for step in back)) if back else years,
        planted=enough,
    )


ABSENCE_GAP_BY_SCHOOL = Truth(
    "absence_gap_by_school",
    "gap",
    "chronic_absence",
    "English learners are chronically absent far more often than others at two"
    " elementary schools, and no more often at a third.",
    (
        Tilt(
            Outcome.ABSENCE,
            0.8,
            ("english_learner",),
            (Role.ABSENCE_GAP_A, Role.ABSENCE_GAP_B),
        ),
        # Takes back what English learners carry everywhere (leanings.py).
        Tilt(Outcome.ABSENCE, -0.08, ("english_learner",), (Role.ABSENCE_EVEN,)),
    ),
    "english_learner",
    "english_learner",
)
BRIGHT_SPOT = Truth(
    "bright_spot",
    "bright_spot",
    "chronic_absence",
    "One elementary school has fewer chronically absent students, and more who meet"
    " the standards, than other schools have with the same children.",
    (
        Tilt(Outcome.ABSENCE, -0.7, (), (Role.BRIGHT_SPOT,)),
        Tilt(Outcome.ELA, 0.55, (), (Role.BRIGHT_SPOT,)),
        Tilt(Outcome.MATH, 0.55, (), (Role.BRIGHT_SPOT,)),
    ),
)
LEVELLING_DOWN = Truth(
    "levelling_down",
    "change",
    "met_standard_ela",
    "In the latest year the gap in English language arts between students from"
    " low-income families and others is smaller only because the others fell.",
    (Tilt(Outcome.ELA, -0.3, ("not_low_income",), (), (0,)),),
    "low_income",
    "low_income",
)
BOTH_ROSE = Truth(
    "both_rose",
    "change",
    "met_standard_math",
    "In the latest year students from low-income families and others both rose in"
    " mathematics, and the gap became smaller.",
    (
        Tilt(Outcome.MATH, 0.1, (), (), (0,)),
        Tilt(Outcome.MATH, 0.22, ("low_income",), (), (0,)),
    ),
    "low_income",
    "low_income",
)
WORSE_THAN_THE_SUM = Truth(
    "worse_than_the_sum",
    "intersection",
    "d_f_rate",
    "English learners who also have a disability receive many more Ds and Fs than"
    " the two gaps together would lead one to expect.",
    (Tilt(Outcome.MARK, -0.8, ("english_learner", "disability")),),
    "english_learner*disability",
    "english_learner*disability",
)
UNEVEN_DISCIPLINE = Truth(
    "uneven_discipline",
    "gap",
    "suspension",
    "At one middle school the same incidents end in a suspension far more often"
    " when the student is Black.",
    (
        Tilt(Outcome.REMOVAL, 2.6, ("black",), (Role.UNEVEN_DISCIPLINE,)),
        Tilt(Outcome.INCIDENT, 0.8, ("black",), (Role.UNEVEN_DISCIPLINE,)),
    ),
    "race_ethnicity",
    "black",
)
SLOW_FEEDBACK = Truth(
    "slow_feedback",
    "school",
    "feedback_days",
    "At one high school students wait weeks longer for feedback in mathematics than"
    " in any other subject.",
    (
        Tilt(
            Outcome.FEEDBACK,
            22.0,
            (),
            (Role.SLOW_FEEDBACK,),
            subject="math",
        ),
    ),
)
A_G_SLIP = Truth(
    "a_g_slip",
    "data_quality",
    "a_g_completion",
    "In the file of the cohort of two years ago most finished A-G lists are missing:"
    " a slip of the file, not something that happened to students.",
    (Tilt(Outcome.A_G, 0.94, (), (), (2,)),),
)

CHECK_IN = PlantedSupport(
    "check_in",
    "Students who check in with an adult twice a week miss about half as many days from"
    " then on.",
    Chosen.NEED,
    -0.75,
    -6.0,
    "helps",
)
HOMEWORK_CLUB = PlantedSupport(
    "homework_club",
    "A homework club changes nothing about the days that its students miss, though they"
    " miss fewer afterwards than before, as anybody does after a bad month.",
    Chosen.NEED,
    0.0,
    -8.6,
    "cannot_tell",
)
HONORS_LUNCH = PlantedSupport(
    "honors_lunch",
    "A lunch for the students with the highest test scores changes nothing; there is"
    " nobody like them who was not invited.",
    Chosen.STRONGEST,
    0.0,
    0.0,
    "not_comparable",
)

DEFAULT_TRUTHS = Truths(
    (
        ABSENCE_GAP_BY_SCHOOL,
        BRIGHT_SPOT,
        LEVELLING_DOWN,
        BOTH_ROSE,
        WORSE_THAN_THE_SUM,
        UNEVEN_DISCIPLINE,
        SLOW_FEEDBACK,
        A_G_SLIP,
    ),
    supports=(CHECK_IN, HOMEWORK_CLUB, HONORS_LUNCH),
)
NO_TRUTHS = Truths((), background=False)
