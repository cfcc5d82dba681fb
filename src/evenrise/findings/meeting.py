"""Two groups that meet in the same students, beyond what their gaps add up to.

Beside strata of three groups (`combinations.py`), which are often too small to be
told: for each two of the three dimensions, does the model of the single groups miss
something where both meet? The main model of METHODS card 4 is fitted from counts by
stratum with and without a term for the two together, the third dimension held alike,
and compared by the likelihood ratio (one degree of freedom), over all pairs of all
outcomes at once (Benjamini and Hochberg). The counts told are the district's own fact
of that pair, and only where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import special

from evenrise.findings.caveats import NOT_WHY, OVERLAP
from evenrise.findings.combinations import DIMENSIONS, OUTCOMES, counts_of
from evenrise.findings.comparisons import ALPHA
from evenrise.findings.desk import Desk
from evenrise.findings.finding import Certainty, Finding, Kind
from evenrise.findings.pairs import pair_picture
from evenrise.findings.sentences import both
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.sentences.stories import Who
from evenrise.findings.sentences.student_stories import MeetingStory
from evenrise.findings.student_desk import Outcomes, shown_row
from evenrise.findings.table import Floats
from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.statistics.binomial_effects import fit_binomial
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.groups import PAIR, group_students
from evenrise.vocabulary.organizations import Level


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two groups together: students, those with a yes, and what the sum says."""

    outcomes: StudentOutcomes
    year: int
    families: tuple[str, str]
    n: float
    x: float
    expected: float
    together: float  # the rate of all students
    p: float

    @property
    def worse(self) -> bool:
        """Whether they fare worse than the sum, and than all students together."""
        sign = -1.0 if self.outcomes.good == "up" else 1.0
        rate = self.x / self.n
        return sign * (rate - self.expected) > 0 and sign * (rate - self.together) > 0


def meeting_findings(desk: Desk, outcomes: Outcomes) -> list[Finding]:
    """The pairs of groups that stand out to their students' disadvantage."""
    met = [
        meeting
        for key in OUTCOMES
        if key in outcomes and key in desk.indicators
        for meeting in _meetings(outcomes[key])
    ]
    if not met:
        return []
    adjusted = benjamini_hochberg(np.array([meeting.p for meeting in met]))
    found = []
    for meeting, p in zip(met, adjusted, strict=True):
        row = shown_row(desk, _cell(desk, meeting), *_pair(meeting))
        if p < ALPHA and meeting.worse and row is not None:
            found.append(_finding(desk, meeting, row, float(p)))
    return found


def _meetings(one: StudentOutcomes) -> Iterator[Meeting]:
    """Each two of the three dimensions in the latest year."""
    families = DIMENSIONS[0]
    year = one.years[-1]
    rows = np.flatnonzero(one.school_year == year)
    if not all(
        family in one.groups and len(np.unique(one.groups[family][rows])) == 2
        for family in families
    ):
        return
    codes, _, n, x = counts_of(one, rows, families)
    inside = (codes == 0).astype(np.float64)
    design = np.column_stack([np.ones(len(n)), inside])
    main = fit_binomial(x, n, design)
    if main.reason is not None:
        return
    sums = special.expit(main.linear)
    for first, second in combinations(range(len(families)), 2):
        where = inside[:, first] * inside[:, second]
        fuller = fit_binomial(x, n, np.column_stack([design, where]))
        students = float((n * where).sum())
        if fuller.reason is not None or students == 0:
            continue
        gain = max(0.0, 2 * (fuller.log_likelihood - main.log_likelihood))
        yield Meeting(
            one,
            year,
            (families[first], families[second]),
            students,
            float((x * where).sum()),
            _mean(sums, n * where),
            float(x.sum() / n.sum()),
            float(special.chdtrc(1, gain)),
        )


def _mean(values: Floats, weights: Floats) -> float:
    return float((values * weights).sum() / weights.sum())


def _pair(meeting: Meeting) -> tuple[str, str]:
    """The family and group of the pair, named as its fact is."""
    name = PAIR.join(meeting.families)
    return name, name


def _cell(desk: Desk, meeting: Meeting) -> tuple[str, int, str, str]:
    return (
        meeting.outcomes.indicator,
        meeting.year,
        str(Level.DISTRICT),
        desk.district.organization_id,
    )


def _finding(desk: Desk, meeting: Meeting, row: int, adjusted: float) -> Finding:
    key, year, level, organization = _cell(desk, meeting)
    family, group = _pair(meeting)
    counted = desk.counted(row)
    story = MeetingStory(
        what=desk.measured(key),
        who=Who(desk.district.name),
        year=year,
        students=group_students(family, group),
        pair=counted,
        sum_rate=meeting.expected,
    )
    sentence = both("meeting", story)
    singles = [
        shown_row(desk, _cell(desk, meeting), one, one) for one in meeting.families
    ]
    rows = [row, *singles, shown_row(desk, _cell(desk, meeting))]
    beyond = counted.share - meeting.expected
    return Finding(
        key=":".join(
            ("intersection", key, str(year), level, organization, family, group)
        ),
        kind=Kind.INTERSECTION,
        indicator=key,
        school_year=year,
        organization_id=organization,
        organization_name=desk.district.name,
        group_family=family,
        group=group,
        reference="the sum of the two groups' gaps",
        estimate=Estimate(beyond, n=int(counted.n)),
        students=int(abs(beyond) * counted.n + 0.5),
        certainty=Certainty.DIFFERENT,
        adjusted_p=adjusted,
        headline=both("meeting_headline", story),
        sentence=sentence,
        next_step=next_step(key, Kind.INTERSECTION, Certainty.DIFFERENT),
        caveats=(NOT_WHY, OVERLAP),
        evidence=tuple(desk.evidence(one) for one in rows if one is not None),
        details={
            "level": "district",
            "beyond_the_sum": "more",
            "model": True,
            "sum_of_the_parts": round(meeting.expected, 3),
            "p": meeting.p,
        },
        picture=pair_picture(desk, row, sentence),
    )
