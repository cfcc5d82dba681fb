"""Did the gap close because the lower group rose? Two years of suspensions."""

from __future__ import annotations

from docs.examples import smmusd
from docs.examples.kit import Example, percent, span, value
from evenrise.findings.pictures import Scale, Series, Trend
from evenrise.statistics.gap_change import gap_change
from evenrise.statistics.rates import wilson
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.text import Text


FOLDER = smmusd.FOLDER
CODE = "SE"
WORDS = {
    "excellence_and_equity": Text(
        "both improved and the gap narrowed",
        "ambos mejoraron y la brecha se redujo",
    ),
    "narrowed": Text("narrowed", "se redujo"),
    "up": Text("better", "mejor"),
    "unclear": Text("unclear", "sin claridad"),
}


def example() -> Example:
    """Students with disabilities and all others, 2021-22 to 2023-24."""
    rest = [smmusd.others(year, CODE) for year in (2022, 2024)]
    own = [smmusd.counts(year, CODE) for year in (2022, 2024)]
    seen = gap_change(rest[0], rest[1], own[0], own[1], good="down")
    if seen.label is None or seen.evidence is None:
        raise ValueError(f"No answer: {seen.reason}.")
    label, gap = WORDS[seen.label], WORDS[seen.evidence.gap]
    lower, higher = WORDS[seen.evidence.lower], WORDS[seen.evidence.higher]
    lines = (
        _change("Students with disabilities", "Con discapacidad", own),
        _change("All other students", "Los demás", rest),
        Text(
            f"The gap narrowed by {_points(seen.narrowing)[0]}",
            f"La brecha se redujo {_points(seen.narrowing)[1]}",
        ),
        Text(f"What the numbers show: {label.en}", f"Lo que se ve: {label.es}"),
        Text(
            f"What is certain: gap {gap.en}, with disabilities {lower.en}, "
            f"others {higher.en}",
            f"Lo que es seguro: brecha {gap.es}, con discapacidad {lower.es}, "
            f"los demás {higher.es}",
        ),
    )
    return Example(lines, _picture())


def _change(en: str, es: str, pair: list[smmusd.Counts]) -> Text:
    first, second = (percent(x / n) for x, n in pair)
    return Text(f"{en:<28}{first}% to {second}%", f"{es:<28}{first} % a {second} %")


def _points(one: Estimate) -> tuple[str, str]:
    low, high = span(one)
    size = percent(value(one))
    return f"{size} points ({low} to {high})", f"{size} puntos ({low} a {high})"


def _picture() -> Trend:
    years = (2020, 2021, 2022, 2023, 2024)
    closed = Estimate.unknown(Reason.NOT_COLLECTED)

    def line(name: Text, of: str, kind: str) -> Series:
        pick = smmusd.counts if of == "own" else smmusd.others
        points = [closed if y == 2021 else wilson(*pick(y, CODE)) for y in years]
        return Series(name, tuple(points), kind)

    title = Text("Students suspended", "Estudiantes suspendidos")
    return Trend(
        title=title,
        alternative=Text(
            "Two lines over five school years, 2020-21 missing. Both fall from "
            "2021-22 to 2023-24; the line of students with disabilities stays above.",
            "Dos líneas en cinco años escolares; falta 2020-21. Ambas bajan de "
            "2021-22 a 2023-24; la de estudiantes con discapacidad queda por encima.",
        ),
        scale=Scale("share", "down", title),
        years=years,
        series=(
            line(Text("With disabilities", "Con discapacidad"), "own", "focus"),
            line(Text("All others", "Los demás"), "rest", "reference"),
        ),
        source=smmusd.SOURCE,
    )
