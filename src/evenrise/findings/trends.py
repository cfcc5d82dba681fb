"""Lines over school years: a group, the others and all students; and all together.

A year without figures keeps its place on the axis and breaks the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from evenrise.findings import drawing
from evenrise.findings.caveats import DISTURBED, DISTURBED_YEARS, NOT_WHY
from evenrise.findings.comparisons import ALPHA, too_few_counts
from evenrise.findings.desk import OTHERS, Desk, IndicatorInfo
from evenrise.findings.finding import Certainty, Finding, Kind
from evenrise.findings.gaps import YEARS_BACK, GapTable
from evenrise.findings.pictures import Series, Trend
from evenrise.findings.sentences import both
from evenrise.findings.sentences.next_steps import next_step
from evenrise.findings.sentences.stories import TrendStory
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import difference, difference_p, wilson
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Language, Text


def year_axis(desk: Desk, key: str, latest: int) -> tuple[int, ...]:
    """Every year from the first with a fact of the district to the latest."""
    rows = desk.facts.rows(
        indicator=key,
        level=Level.DISTRICT,
        organization_id=desk.district.organization_id,
    )
    years = desk.facts.year[rows]
    years = years[(years >= latest - YEARS_BACK) & (years <= latest)]
    first = int(years.min()) if len(years) else latest
    return tuple(range(first, latest + 1))


def change_picture(desk: Desk, gaps: GapTable, at: int, reading: Text) -> Trend:
    """The group, all other students and all students, year by year."""
    facts, compared = desk.facts, gaps.comparisons
    row = int(compared.row[at])
    info = desk.info(row)
    years = year_axis(desk, info.key, int(facts.year[row]))
    same = np.full(len(years), row)
    rows = facts.find(facts.keys(same, year=np.array(years)))
    everyone = _all_of(desk, row, years)
    entries = [gaps.of_row(int(one)) for one in rows]
    others = tuple(
        Estimate.unknown(_why(desk, int(found)))
        if entry is None
        else wilson(float(compared.other_x[entry]), float(compared.other_n[entry]))
        for entry, found in zip(entries, rows, strict=True)
    )
    series = (
        Series(desk.label(row), _points(desk, rows), "focus"),
        Series(OTHERS, others, "reference"),
        Series(drawing.ALL_LABEL, _points(desk, everyone), "all"),
    )
    return replace(lines(info, years, series, reading), reading=reading)


def lines(
    info: IndicatorInfo,
    years: tuple[int, ...],
    series: tuple[Series, ...],
    reading: Text | None = None,
) -> Trend:
    """The series as a picture, with its title and its alternative.

    Args:
        info: the indicator.
        years: every year of the axis, in order.
        series: one estimate for each of these years.
        reading: what happened, in a sentence, for the alternative.
    """
    return Trend(
        title=_title(info.title, years),
        alternative=_told(info, years, series, reading),
        scale=drawing.scale_of(info),
        years=years,
        series=series,
    )


def groups_picture(
    desk: Desk, everyone: int, groups: Sequence[int], reading: Text
) -> Trend:
    """Some groups and all students, year by year.

    Args:
        desk: the review's desk.
        everyone: the row of all students in the latest year.
        groups: the rows of the groups, in the order they are told.
        reading: what happened, in a sentence.
    """
    facts, info = desk.facts, desk.info(everyone)
    years = year_axis(desk, info.key, int(facts.year[everyone]))
    series = [
        Series(desk.label(row), _points(desk, _in_years(desk, row, years)), "other")
        for row in groups
    ]
    points = _points(desk, _all_of(desk, everyone, years))
    everybody = Series(drawing.ALL_LABEL, points, "all")
    return lines(info, years, (*series, everybody), reading)


def _in_years(desk: Desk, row: int, years: tuple[int, ...]) -> np.ndarray:
    facts = desk.facts
    return facts.find(facts.keys(np.full(len(years), row), year=np.array(years)))


def _all_of(desk: Desk, row: int, years: tuple[int, ...]) -> np.ndarray:
    facts = desk.facts
    keys = facts.keys(
        np.full(len(years), row),
        family=facts.words["group_family"].code(ALL_FAMILY),
        group=facts.words["group"].code(ALL_STUDENTS),
        year=np.array(years),
    )
    return facts.find(keys)


def _points(desk: Desk, rows: np.ndarray) -> tuple[Estimate, ...]:
    return tuple(
        Estimate.unknown(_why(desk, int(row)))
        if row < 0 or desk.facts.doubted[row]
        else desk.estimate(int(row))
        for row in rows
    )


def _why(desk: Desk, row: int) -> Reason:
    """Why a year has no point: no fact, a fact in question, or a hidden one."""
    if row < 0:
        return Reason.NOT_COLLECTED
    if desk.facts.doubted[row]:
        return Reason.NOT_APPLICABLE
    return desk.estimate(row).reason or Reason.SUPPRESSED


def _title(title: Text, years: tuple[int, ...]) -> Text:
    first, last = SchoolYear(years[0]).label, SchoolYear(years[-1]).label
    return Text(f"{title.en}, {first} to {last}", f"{title.es}, de {first} a {last}")


def _told(
    info: IndicatorInfo,
    years: tuple[int, ...],
    series: tuple[Series, ...],
    reading: Text | None,
) -> Text:
    told = Text(_lines(info, years, series, "en"), _lines(info, years, series, "es"))
    if reading is None:
        return told
    return Text(f"{told.en} {reading.en}", f"{told.es} {reading.es}")


def _lines(
    info: IndicatorInfo,
    years: tuple[int, ...],
    series: tuple[Series, ...],
    language: Language,
) -> str:
    parts = [
        f"{line.label[language]}: "
        + ", ".join(_known(years, line, info.unit, language))
        for line in series
    ]
    return f"{info.title[language]}. {'; '.join(parts)}."


def _known(
    years: tuple[int, ...], line: Series, unit: str, language: Language
) -> Iterator[str]:
    for year, point in zip(years, line.points, strict=True):
        if point.value is not None:
            value = drawing.told(point, unit, language)
            yield f"{SchoolYear(year).label} {value}"


def trend_findings(desk: Desk, gaps: GapTable) -> list[Finding]:
    """All students of the district between the first steady year and the latest."""
    spans = [
        (key, *span)
        for key, latest in sorted(gaps.latest.items())
        if (span := span_of(desk, key, latest)) is not None
    ]
    facts = desk.facts
    p = [
        float(
            difference_p(facts.x[after], facts.n[after], facts.x[first], facts.n[first])
        )
        for _, first, after in spans
    ]
    adjusted = benjamini_hochberg(np.array(p))
    return [
        _trend(desk, key, first, after, float(adjusted[at]))
        for at, (key, first, after) in enumerate(spans)
    ]


def span_of(desk: Desk, key: str, latest: int) -> tuple[int, int] | None:
    """Rows of all students at the two ends, told by one version of the rule."""
    info = desk.indicators[key]
    after = desk.district_row(key, latest)
    if after is None or not info.counts_students or info.unit != "share":
        return None
    version = desk.facts.cell("definition_version", after)
    years = range(latest - YEARS_BACK, latest)
    rows = [desk.district_row(key, year) for year in years]
    known = [
        row
        for row in rows
        if row is not None and desk.facts.cell("definition_version", row) == version
    ]
    steady = [row for row in known if desk.facts.year[row] not in DISTURBED_YEARS]
    if not known:
        return None
    return (steady or known)[0], after


def _trend(desk: Desk, key: str, first: int, after: int, adjusted: float) -> Finding:
    info, facts = desk.indicators[key], desk.facts
    before, now = desk.counted(first), desk.counted(after)
    change = difference(now.x, now.n, before.x, before.n)
    years = (int(facts.year[first]), int(facts.year[after]))
    certainty = Certainty.UNCLEAR
    if adjusted < ALPHA and change.excludes_zero:
        certainty = Certainty.DIFFERENT
    elif too_few_counts(before, now):
        certainty = Certainty.TOO_FEW
    story = TrendStory(
        what=desk.measured(key),
        who=desk.who(after),
        years=years,
        before=before,
        after=now,
        certainty=certainty,
    )
    improved = (now.share > before.share) == (info.good == "up")
    span = f"{years[0]}-{years[1]}"
    sentence = both("trend", story)
    caveats: list[Text] = [*left_out(desk, after, years[0]), NOT_WHY]
    if any(years[0] <= year <= years[1] for year in DISTURBED_YEARS):
        caveats.insert(0, DISTURBED)
    return Finding(
        key=f"change:{key}:{span}:district:{desk.district.organization_id}:all:all",
        kind=Kind.CHANGE,
        indicator=key,
        school_year=years[1],
        organization_id=desk.district.organization_id,
        organization_name=desk.district.name,
        group_family=ALL_FAMILY,
        group=ALL_STUDENTS,
        reference=SchoolYear(years[0]).label,
        estimate=change,
        students=int(abs(change.value or 0.0) * now.n + 0.5),
        certainty=certainty,
        adjusted_p=adjusted,
        headline=both("trend_headline", story),
        sentence=sentence,
        next_step=next_step(key, Kind.CHANGE, certainty),
        caveats=tuple(caveats),
        evidence=(desk.evidence(first), desk.evidence(after)),
        details={
            "level": "district",
            "good_news": improved and certainty is Certainty.DIFFERENT,
            "improved": improved,
        },
        picture=_trend_picture(desk, key, after, sentence),
    )


def left_out(desk: Desk, row: int, first: int) -> list[Text]:
    """The disturbed years that a span does not begin from, with their rates.

    Leaving a year out changes the story; so the reader is told what it was.
    """
    facts = desk.facts
    years = np.array([year for year in DISTURBED_YEARS if year < first])
    rows = facts.find(facts.keys(np.full(len(years), row), year=years))
    told = [int(one) for one in rows if one >= 0]
    told = [one for one in told if facts.shown[one] and not facts.doubted[one]]
    return [
        both("left_out", int(facts.year[one]), desk.students(one), desk.counted(one))
        for one in told
    ]


def _trend_picture(desk: Desk, key: str, row: int, sentence: Text) -> Trend:
    info = desk.indicators[key]
    years = year_axis(desk, key, int(desk.facts.year[row]))
    points = _points(desk, _all_of(desk, row, years))
    series = (Series(drawing.ALL_LABEL, points, "all"),)
    return lines(info, years, series, sentence)
