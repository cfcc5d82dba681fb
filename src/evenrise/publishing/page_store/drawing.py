"""Pictures made on demand from the lines of a page store: 0.1 to 0.5 ms each.

The pictures of findings and sections are drawn when a snapshot is prepared; these are
the ones that a reader chooses: a family of groups, a school, a pair of families.
"""

from __future__ import annotations

from collections.abc import Sequence

from evenrise.findings.drawing import dots, scale_of
from evenrise.findings.pictures import (
    HeatTable,
    Mark,
    Picture,
    Series,
    SmallMultiples,
    Trend,
)
from evenrise.findings.trends import lines
from evenrise.publishing.charts.drawing import draw
from evenrise.publishing.charts.frame import NARROW, WIDE
from evenrise.publishing.page_store.model import (
    Drawn,
    FactLine,
    IndicatorInfo,
    SeriesLine,
)
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.groups import ALL_FAMILY, FAMILIES, PAIR
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import LANGUAGES, Language, Text


def dots_picture(
    info: IndicatorInfo,
    groups: Sequence[FactLine],
    everyone: FactLine | None,
    focus: str | None = None,
) -> Picture | None:
    """Groups of one organization and year, all students as a line.

    Args:
        info: the indicator.
        groups: in the order they are to stand.
        everyone: all students; None draws no line.
        focus: the code of a group to set apart.

    Returns:
        None when no group has a number to draw.
    """
    known = [one for one in groups if one.estimate.known]
    if not known:
        return None
    marks = tuple(_mark(one, one.label, one.group == focus) for one in groups)
    line = everyone.estimate if everyone is not None else None
    return dots(info, known[0].school_year, marks, line)


def schools_picture(
    info: IndicatorInfo,
    schools: Sequence[FactLine],
    everyone: FactLine | None,
    focus: str | None = None,
) -> Picture | None:
    """The same figure of several schools, all students of the district as a line.

    Args:
        info: the indicator.
        schools: one fact a school, in the order they are to stand (never by rate).
        everyone: the district's fact; drawn where it is of all students, since the
            line says so.
        focus: the organization_id of a school to set apart.

    Returns:
        None when no school has a number to draw.
    """
    known = [one for one in schools if one.estimate.known]
    if not known:
        return None
    marks = tuple(
        _mark(one, one.organization.called, one.organization.organization_id == focus)
        for one in schools
    )
    of_all = everyone is not None and everyone.group_family == ALL_FAMILY
    line = everyone.estimate if everyone is not None and of_all else None
    return dots(info, known[0].school_year, marks, line)


def _mark(one: FactLine, label: Text, focus: bool) -> Mark:  # noqa: FBT001 - private
    return Mark(label, one.estimate, "focus" if focus else "other", one.bound)


def trend_picture(
    info: IndicatorInfo, series: Sequence[SeriesLine], reading: Text | None = None
) -> Trend | None:
    """Lines over the school years of the store; None when nothing can be drawn.

    Args:
        info: the indicator.
        series: the groups, all over the same years.
        reading: what happened, in a sentence.
    """
    drawable = [
        one for one in series if any(point.estimate.known for point in one.points)
    ]
    if not drawable:
        return None
    years = tuple(point.school_year for point in drawable[0].points)
    return lines(
        info,
        years,
        tuple(
            Series(one.label, tuple(point.estimate for point in one.points), one.kind)
            for one in drawable
        ),
        reading,
    )


def multiples_picture(
    info: IndicatorInfo, panels: Sequence[tuple[Text, Sequence[SeriesLine]]]
) -> SmallMultiples | None:
    """The same lines for several schools, on one scale.

    Args:
        info: the indicator.
        panels: a title and its lines, in the order they are to stand.
    """
    trends = [(title, trend_picture(info, series)) for title, series in panels]
    made = tuple(
        Trend(title, one.alternative, one.scale, one.years, one.series)
        for title, one in trends
        if one is not None
    )
    if not made:
        return None
    told = Text(
        f"{info.title.en}: {len(made)} panels on one scale.",
        f"{info.title.es}: {len(made)} gráficas en una misma escala.",
    )
    return SmallMultiples(info.title, told, made)


def heat_picture(
    info: IndicatorInfo, facts: Sequence[FactLine], families: tuple[str, str]
) -> HeatTable | None:
    """Two families crossed: every pair of their groups; None when there is no pair.

    Args:
        info: the indicator.
        facts: facts of pairs of these two families, of one organization and year.
        families: the family of the rows, and that of the columns.
    """
    pairs = {one.group: one for one in facts}
    if not pairs:
        return None
    down = _side(families[0], {name.split(PAIR)[0] for name in pairs})
    across = _side(families[1], {name.split(PAIR)[1] for name in pairs})
    nobody = Estimate(None, reason=Reason.NO_STUDENTS)
    cells = tuple(
        tuple(
            pairs[name].estimate if (name := f"{one}{PAIR}{other}") in pairs else nobody
            for other, _ in across
        )
        for one, _ in down
    )
    year = SchoolYear(facts[0].school_year).label
    return HeatTable(
        title=Text(f"{info.title.en}, {year}", f"{info.title.es}, {year}"),
        alternative=Text(
            f"A table of {len(down)} by {len(across)} groups: {info.title.en}.",
            f"Una tabla de {len(down)} por {len(across)} grupos: {info.title.es}.",
        ),
        scale=scale_of(info),
        rows=tuple(label for _, label in down),
        columns=tuple(label for _, label in across),
        cells=cells,
    )


def _side(family: str, found: set[str]) -> list[tuple[str, Text]]:
    """The groups of one side with their names, in the vocabulary's order."""
    known = FAMILIES[family].groups if family in FAMILIES else ()
    told = [(one.code, one.name) for one in known if one.code in found]
    rest = sorted(found - {code for code, _ in told})
    return [*told, *((code, Text(code, code)) for code in rest)]


def svg(
    picture: Picture, language: Language, *, narrow: bool = False, ident: str
) -> str:
    """A picture as SVG.

    Args:
        picture: what to draw.
        language: whose words.
        narrow: for a telephone.
        ident: the beginning of the ids inside, unique on its page.
    """
    width = NARROW if narrow else WIDE
    return draw(picture, language, width=width, ident=ident)


def draw_all(picture: Picture, ident: str) -> Drawn:
    """A picture in both languages and both widths."""
    return Drawn(
        {
            (language, name): svg(
                picture, language, narrow=name == "narrow", ident=f"{ident}-{name[0]}"
            )
            for language in LANGUAGES
            for name in ("wide", "narrow")
        }
    )
