"""Schools whose mean of days stands apart: days to feedback, days removed.

Facts carry the sum of the days and the students, not how far the students' days lie
from each other; so there is no interval, and chance cannot be judged student by
student. A school is told when it lies far outside the spread of the other schools,
and is certain only when the year before says the same.
"""

from __future__ import annotations

import numpy as np

from evenrise.findings import drawing
from evenrise.findings.caveats import NOT_WHY
from evenrise.findings.comparisons import ALPHA, FEW_STUDENTS
from evenrise.findings.desk import Desk
from evenrise.findings.finding import Certainty, EvidenceRow, Finding, Kind
from evenrise.findings.pictures import GapDots, Mark
from evenrise.findings.schools import FEWEST_SCHOOLS
from evenrise.findings.sentences import both
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.sentences.stories import DaysStory
from evenrise.findings.table import Floats, Ints
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import two_sided_p
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.groups import ALL_FAMILY
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


# The median absolute deviation times this is the standard deviation of a normal.
MAD_TO_SD = 1.4826
NO_INTERVAL = Text(
    "The figures hold the sum of the days only, so no interval can be given.",
    "Los datos solo contienen la suma de los días, así que no se puede dar un "
    "intervalo.",
)


def days_findings(desk: Desk, latest: dict[str, int]) -> list[Finding]:
    """The schools that lie far outside the spread of the others, by indicator."""
    found: list[Finding] = []
    for key, year in sorted(latest.items()):
        if desk.indicators[key].unit != "days":
            continue
        rows = _schools(desk, key, year)
        if len(rows) < FEWEST_SCHOOLS:
            continue
        z = _apart(desk.facts.value[rows])
        adjusted = benjamini_hochberg(two_sided_p(z))
        found += [
            _finding(desk, rows, int(at), float(adjusted[at]), float(z[at]))
            for at in np.flatnonzero(adjusted < ALPHA)
        ]
    return found


def _schools(desk: Desk, key: str, year: int) -> Ints:
    facts = desk.facts
    rows = facts.rows(
        indicator=key, school_year=year, level=Level.SCHOOL, group_family=ALL_FAMILY
    )
    known = ~np.isnan(facts.value[rows]) & ~facts.doubted[rows]
    return rows[known & (facts.n[rows] >= FEW_STUDENTS)]


def _apart(values: Floats) -> Floats:
    """How many robust standard deviations each school lies from the median school."""
    middle = np.median(values)
    spread = float(np.median(np.abs(values - middle))) * MAD_TO_SD
    if spread == 0:
        return np.zeros(len(values))
    return np.asarray((values - middle) / spread, dtype=np.float64)


def _year_before(desk: Desk, row: int) -> float | None:
    """How far the same school lay from the others in the year before, if known."""
    facts = desk.facts
    rows = _schools(desk, facts.word("indicator", row), int(facts.year[row]) - 1)
    same = facts.codes["organization_id"][rows] == facts.codes["organization_id"][row]
    if len(rows) < FEWEST_SCHOOLS or not same.any():
        return None
    return float(_apart(facts.value[rows])[same][0])


def _finding(desk: Desk, rows: Ints, at: int, adjusted: float, z: float) -> Finding:
    facts = desk.facts
    row = int(rows[at])
    info, organization = desk.info(row), desk.organization(row)
    before = _year_before(desk, row)
    held = before is not None and before * z > 0 and abs(before) >= 2
    certainty = Certainty.DIFFERENT if held else Certainty.UNCLEAR
    n = facts.n[rows]
    rest = np.arange(len(rows)) != at
    others = float(np.average(facts.value[rows][rest], weights=n[rest]))
    year = int(facts.year[row])
    good = (float(facts.value[row]) > others) == (info.good == "up")
    story = DaysStory(
        what=desk.measured(info.key),
        who=desk.who(row),
        year=year,
        days=float(facts.value[row]),
        students=float(n[at]),
        others=others,
        other_students=float(n[rest].sum()),
        schools=len(rows) - 1,
        good=good,
        held=held,
    )
    sentence = both("days", story)
    together = both("other_schools")
    label = Text(organization.name, organization.name)
    return Finding(
        key=f"school:{info.key}:{year}:school:{organization.organization_id}:all:all",
        kind=Kind.SCHOOL,
        indicator=info.key,
        school_year=year,
        organization_id=organization.organization_id,
        organization_name=organization.name,
        group_family=ALL_FAMILY,
        group="all",
        reference=together.en,
        estimate=Estimate(story.days - others, n=int(n[at])),
        students=int(n[at]),
        certainty=certainty,
        adjusted_p=adjusted,
        headline=both("days_headline", story),
        sentence=sentence,
        next_step=next_step(info.key, Kind.SCHOOL, certainty),
        caveats=(NO_INTERVAL, NOT_WHY),
        evidence=(desk.evidence(row, label), _others(desk, rows[rest], together)),
        details={
            "level": "school",
            "good": good,
            "good_news": good and held,
            "schools_compared": len(rows),
            "spreads_away": z,
            "spreads_away_the_year_before": before,
        },
        picture=_picture(desk, rows, at, sentence),
    )


def _others(desk: Desk, rows: Ints, label: Text) -> EvidenceRow:
    facts = desk.facts
    days, n = float(facts.x[rows].sum()), float(facts.n[rows].sum())
    return EvidenceRow(
        label, days, n, Estimate(days / n, n=int(n)), int(facts.year[rows[0]])
    )


def _picture(desk: Desk, rows: Ints, at: int, sentence: Text) -> GapDots:
    """The schools in the order of their names, the district as the line."""
    facts, info = desk.facts, desk.info(int(rows[at]))
    marks = []
    for place, row in enumerate(rows):
        name = desk.organization(int(row)).name
        kind = "focus" if place == at else "other"
        marks.append(Mark(Text(name, name), desk.estimate(int(row)), kind))
    year = int(facts.year[rows[at]])
    everyone = drawing.all_row(
        desk, info.key, year, (str(Level.DISTRICT), desk.district.organization_id)
    )
    line = desk.estimate(everyone) if everyone is not None else None
    label = SchoolYear(year).label
    return GapDots(
        title=Text(f"{info.title.en}, {label}", f"{info.title.es}, {label}"),
        alternative=Text(
            f"One dot a school. {sentence.en}", f"Un punto por escuela. {sentence.es}"
        ),
        scale=drawing.scale_of(info),
        rows=tuple(sorted(marks, key=lambda mark: mark.label.en)),
        line=line,
        line_label=drawing.ALL_LABEL if line is not None else None,
    )
