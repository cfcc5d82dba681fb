"""Which combinations of groups are served worst, beyond the sum of the parts (card 4).

Students in strata: every combination of English learning, disability and income, and
of race and ethnicity, English learning and disability. A model from counts by stratum
says what the single gaps add up to, and what a combination adds, drawn towards nothing
where it holds few students. Strata under eleven students stay in the model, and are
never told singly. One stands out only after looking at all strata of all models
(Benjamini and Hochberg); a model in which combinations add nothing at all has none.
It is told only where students also fare worse than the district's students together:
what adds to a small rate is not served worst.

What is told of a stratum is the model's own rate, in whole per cent, and its number
of students rounded to ten: exact counts of three groups at once, beside the counts of
two that are told elsewhere, could give a handful of children away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import special

from evenrise.findings.caveats import NOT_WHY, OVERLAP
from evenrise.findings.comparisons import ALPHA, NOT_REPORTED
from evenrise.findings.desk import Desk
from evenrise.findings.finding import Certainty, EvidenceRow, Finding, Kind, NotRun
from evenrise.findings.pictures import Caterpillar, Mark, Scale
from evenrise.findings.sentences import both
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.sentences.stories import Who
from evenrise.findings.sentences.student_stories import StratumStory
from evenrise.findings.student_desk import (
    ROUNDED,
    Outcomes,
    Told,
    rounded,
    shown_row,
)
from evenrise.findings.table import Flags, Floats, Ints
from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.statistics.maihda import Maihda, Strata, maihda_binomial
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import CONFIDENCE, quantile, two_sided_p
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.groups import FAMILIES, PAIR, group_students
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


# Three dimensions each, set before looking.
DIMENSIONS = (
    ("english_learner", "disability", "low_income"),
    ("race_ethnicity", "english_learner", "disability"),
)
FEWEST = 11
MOST_TOLD = 3  # combinations told for one indicator
OUTCOMES = (
    "met_standard_ela",
    "met_standard_math",
    "chronic_absence",
    "suspension",
    "d_f_rate",
)
ADDITIVE = Text(
    "No combination of three groups stands out beyond what the gaps of the single "
    "groups add up to.",
    "Ninguna combinación de tres grupos se distingue más allá de lo que suman las "
    "brechas de los grupos por separado.",
)
DESCRIBES = Text(
    "Race and ethnicity describe here how the district serves its students, never what "
    "a student can do; combinations of few students are drawn towards the sum.",
    "La raza y el origen étnico describen aquí cómo el distrito atiende a sus "
    "estudiantes, nunca lo que alguien puede lograr; las combinaciones con pocos "
    "estudiantes se acercan a la suma.",
)


FEW_COMBINATIONS = Text(
    "There are few combinations here, so how far they differ beyond the sum is itself "
    "uncertain.",
    "Aquí hay pocas combinaciones, así que también es incierto cuánto se apartan de la "
    "suma.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """One outcome's strata in a year, with what may be told of each."""

    outcomes: StudentOutcomes
    year: int
    families: tuple[str, ...]
    answer: Maihda
    strata: Strata
    p: Floats
    may: Flags

    @property
    def worse(self) -> Floats:
        """What a combination adds, positive where it is to students' disadvantage."""
        return self._sign * (self.strata.expected - self.strata.expected_main)

    @property
    def below(self) -> Flags:
        """Where students fare worse than the district's students together."""
        n = self.strata.n
        together = float((self.strata.raw * n).sum() / n.sum())
        return np.asarray(self._sign * (self.strata.expected - together) > 0)

    @property
    def _sign(self) -> float:
        return -1.0 if self.outcomes.good == "up" else 1.0


def combination_findings(desk: Desk, outcomes: Outcomes) -> Told:
    """The combinations that stand out to their students' disadvantage."""
    models = [
        model
        for key in OUTCOMES
        if key in outcomes and key in desk.indicators
        for families in DIMENSIONS
        if (model := _model(desk, outcomes[key], families)) is not None
    ]
    if not models:
        return Told()
    adjusted = benjamini_hochberg(np.concatenate([model.p for model in models]))
    parts = np.split(adjusted, np.cumsum([len(model.p) for model in models])[:-1])
    told = [
        finding
        for model, part in zip(models, parts, strict=True)
        for finding in _told(desk, model, part)
    ]
    findings = _most(told)
    if findings:
        return Told(findings)
    return Told(not_run=(NotRun(Kind.INTERSECTION, ADDITIVE),))


def _most(told: list[Finding]) -> tuple[Finding, ...]:
    """The few of each indicator that concern most students."""
    kept: list[Finding] = []
    for one in sorted(told, key=lambda one: (-(one.students or 0), one.key)):
        same = [other for other in kept if other.indicator == one.indicator]
        if len(same) < MOST_TOLD:
            kept.append(one)
    return tuple(kept)


def _model(desk: Desk, one: StudentOutcomes, families: tuple[str, ...]) -> Model | None:
    """The strata of the latest year; None where no model stands."""
    year = one.years[-1]
    rows = np.flatnonzero(one.school_year == year)
    if not all(
        family in one.groups and len(np.unique(one.groups[family][rows])) > 1
        for family in families
    ):
        return None
    codes, labels, n, x = counts_of(one, rows, families)
    answer = maihda_binomial(
        {family: labels[:, side] for side, family in enumerate(families)}, x, n
    )
    if answer.reason is not None or answer.strata is None:
        return None
    strata = answer.strata
    spread = strata.interaction_sd
    z = strata.interaction / np.where(spread > 0, spread, 1.0)
    singular = answer.main is None or answer.main.singular
    p = np.full(len(z), np.nan) if singular else two_sided_p(z)
    may = _may(desk, (one.indicator, year), families, strata, codes, x)
    return Model(one, year, families, answer, strata, p, may)


def counts_of(
    one: StudentOutcomes, rows: Ints, families: tuple[str, ...]
) -> tuple[Ints, np.ndarray[tuple[int, int], np.dtype[np.str_]], Floats, Floats]:
    """Strata (their codes and names by dimension), students, and those with a yes."""
    sizes = [len(FAMILIES[family].groups) + 1 for family in families]
    stratum = np.zeros(len(rows), dtype=np.int64)
    for family, size in zip(families, sizes, strict=True):
        stratum = stratum * size + one.groups[family][rows] + 1
    found, place = np.unique(stratum, return_inverse=True)
    n = np.bincount(place).astype(np.float64)
    x = np.bincount(place, weights=one.happened[rows]).astype(np.float64)
    codes = np.column_stack(np.unravel_index(found, sizes)) - 1
    labels = np.array(
        [
            [
                FAMILIES[family].groups[code].code if code >= 0 else NOT_REPORTED
                for family, code in zip(families, line, strict=True)
            ]
            for line in codes.tolist()
        ],
        dtype=np.str_,
    )
    return codes.astype(np.int64), labels, n, x


def _may(
    desk: Desk,
    cell: tuple[str, int],
    families: tuple[str, ...],
    strata: Strata,
    codes: Ints,
    x: Floats,
) -> Flags:
    """Strata that may be told: eleven of each kind, and as many left of every pair.

    A stratum is not told where one of the pairs it belongs to is hidden, or where
    fewer than eleven students (or with, or without the outcome) of a pair are left
    beside it.
    """
    kinds = np.column_stack([strata.n, x, strata.n - x])
    may = (kinds >= FEWEST).all(axis=1)
    for pair in combinations(range(len(families)), 2):
        _, place = np.unique(codes[:, pair], axis=0, return_inverse=True)
        total = np.zeros((int(place.max()) + 1, 3))
        np.add.at(total, place, kinds)
        left = total[place] - kinds
        may &= ((left == 0) | (left >= FEWEST)).all(axis=1)
    told = np.zeros(len(x), dtype=np.bool_)
    for at in np.flatnonzero(may):
        groups = strata.labels[int(at)]
        told[at] = NOT_REPORTED not in groups and all(
            row is not None for row in _pair_rows(desk, cell, families, groups)
        )
    return told


def _pair_rows(
    desk: Desk,
    cell: tuple[str, int],
    families: tuple[str, ...],
    groups: tuple[str, ...],
) -> Iterator[int | None]:
    """The district's facts of each two of the three groups, None where hidden."""
    place = (*cell, str(Level.DISTRICT), desk.district.organization_id)
    order = list(FAMILIES)
    for first, second in combinations(range(len(families)), 2):
        if order.index(families[first]) > order.index(families[second]):
            first, second = second, first  # noqa: PLW2901 - facts name pairs in order
        family = f"{families[first]}{PAIR}{families[second]}"
        yield shown_row(desk, place, family, f"{groups[first]}{PAIR}{groups[second]}")


def _told(desk: Desk, model: Model, adjusted: Floats) -> list[Finding]:
    worse = model.worse
    clear = np.nan_to_num(adjusted, nan=1.0) < ALPHA
    clear &= (worse > 0) & model.below & model.may
    return [
        _finding(desk, model, int(at), float(adjusted[at]))
        for at in np.flatnonzero(clear)
    ]


def _finding(desk: Desk, model: Model, at: int, adjusted: float) -> Finding:
    strata, year = model.strata, model.year
    key = model.outcomes.indicator
    groups = strata.labels[at]
    certainty = Certainty.DIFFERENT if adjusted < ALPHA else Certainty.UNCLEAR
    story = StratumStory(
        what=desk.measured(key),
        who=Who(desk.district.name),
        year=year,
        students=_students(model.families, groups),
        about=rounded(float(strata.n[at])),
        rate=float(strata.expected[at]),
        sum_rate=float(strata.expected_main[at]),
        certainty=certainty,
    )
    sentence = both("stratum", story)
    family, group = PAIR.join(model.families), PAIR.join(groups)
    district = desk.district
    beyond = _beyond(strata, at)
    return Finding(
        key=f"intersection:{key}:{year}:district:{district.organization_id}:"
        f"{family}:{group}",
        kind=Kind.INTERSECTION,
        indicator=key,
        school_year=year,
        organization_id=district.organization_id,
        organization_name=district.name,
        group_family=family,
        group=group,
        reference="the sum of the single groups' gaps",
        estimate=beyond,
        students=int(float(model.worse[at]) * float(strata.n[at]) + 0.5),
        certainty=certainty,
        adjusted_p=adjusted,
        headline=both("stratum_headline", story),
        sentence=sentence,
        next_step=next_step(key, Kind.INTERSECTION, certainty),
        caveats=(
            *((FEW_COMBINATIONS,) if model.answer.few else ()),
            DESCRIBES,
            ROUNDED,
            NOT_WHY,
            OVERLAP,
        ),
        evidence=_evidence(desk, model, groups),
        details={
            "level": "district",
            "beyond_the_sum": "more",
            "model": True,
            "rate": round(story.rate, 2),
            "sum_of_the_parts": round(story.sum_rate, 2),
            "strata": len(strata.n),
            "few_strata": model.answer.few,
            "share_between_strata": _share(model.answer),
            "explained_by_the_sum": model.answer.explained,
        },
        picture=_picture(desk, model, at, sentence),
    )


def _share(answer: Maihda) -> float | None:
    return None if answer.null is None else answer.null.share


def _students(families: tuple[str, ...], groups: tuple[str, ...]) -> Text:
    """`Hispanic or Latino students who are also English learners with disabilities`."""
    first = group_students(families[0], groups[0])
    rest = group_students(PAIR.join(families[1:]), PAIR.join(groups[1:]))
    return both("stratum_students", first, rest)


def _beyond(strata: Strata, at: int) -> Estimate:
    """What the combination adds to the rate, with its interval, n rounded to ten."""
    half = quantile(CONFIDENCE) * float(strata.interaction_sd[at])
    main, added = float(strata.main[at]), float(strata.interaction[at])
    base = float(special.expit(main))
    low, value, high = (
        float(special.expit(main + part)) - base
        for part in (added - half, added, added + half)
    )
    return Estimate(value, low, high, rounded(float(strata.n[at])))


def _evidence(
    desk: Desk, model: Model, groups: tuple[str, ...]
) -> tuple[EvidenceRow, ...]:
    """The facts of each two of the groups, and of each for itself."""
    cell = (model.outcomes.indicator, model.year)
    place = (*cell, str(Level.DISTRICT), desk.district.organization_id)
    rows = list(_pair_rows(desk, cell, model.families, groups))
    rows += [
        shown_row(desk, place, family, group)
        for family, group in zip(model.families, groups, strict=True)
    ]
    rows.append(shown_row(desk, place))
    return tuple(desk.evidence(row) for row in rows if row is not None)


def _picture(desk: Desk, model: Model, focus: int, sentence: Text) -> Caterpillar:
    """Every combination that may be told, in the vocabulary's order."""
    marks = []
    for at in np.flatnonzero(model.may):
        names = [
            FAMILIES[family].group(group).name
            for family, group in zip(
                model.families, model.strata.labels[int(at)], strict=True
            )
        ]
        label = Text(
            ", ".join(name.en for name in names), ", ".join(name.es for name in names)
        )
        kind = "focus" if at == focus else "other"
        marks.append(Mark(label, _beyond(model.strata, int(at)), kind))
    info = desk.indicators[model.outcomes.indicator]
    year = SchoolYear(model.year).label
    return Caterpillar(
        title=Text(
            f"{info.title.en}, {year}: beyond the sum of the parts",
            f"{info.title.es}, {year}: más allá de la suma de las partes",
        ),
        alternative=Text(
            f"{len(marks)} combinations of three groups, each beside what the gaps of "
            f"the single groups add up to. {sentence.en}",
            f"{len(marks)} combinaciones de tres grupos, cada una frente a lo que "
            f"suman las brechas de los grupos por separado. {sentence.es}",
        ),
        scale=Scale(
            "points",
            info.good,
            Text(
                "Points beyond what the single gaps add up to",
                "Puntos más allá de lo que suman las brechas por separado",
            ),
        ),
        rows=tuple(marks),
    )
