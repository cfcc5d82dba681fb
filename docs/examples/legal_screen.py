"""The federal screen: special education by race, in an invented Texas district."""

from __future__ import annotations

from docs.examples.kit import Example, decimal, read, span
from evenrise.findings.pictures import Caterpillar, Mark, Scale
from evenrise.statistics.disproportionality import (
    Disproportionality,
    disproportionality,
)
from evenrise.statistics.rates import risk_ratio
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


FOLDER = "opensdp_texas_equity"
THRESHOLD = 2.5  # a line a state might set
YEAR = 2008
NAMES = {
    "A": Text("Asian", "Asiáticos"),
    "B": Text("Black", "Afroamericanos"),
    "D": Text("Two or more", "Dos o más"),
    "H": Text("Hispanic", "Hispanos"),
    "N": Text("Native American", "Nativos americanos"),
    "W": Text("White", "Blancos"),
}


def example() -> Example:
    """Each group against all other children of the district."""
    frame = read(FOLDER, "synth_texas.csv.gz")
    year = frame[frame["year"] == YEAR].dropna(subset=["race_ethnicity"])
    served = year["iep"].eq(1).groupby(year["race_ethnicity"])
    counts = {str(code): (int(part.sum()), int(part.size)) for code, part in served}
    rows = disproportionality(counts, threshold=THRESHOLD)
    lines = tuple(_line(row) for row in rows)
    title = Text("Special education: risk ratio", "Educación especial: razón de riesgo")
    picture = Caterpillar(
        title=title,
        alternative=Text(
            "Risk ratios of five groups with intervals, all near 1 and far below "
            "the line of 2.5. One group is too small and has no ratio.",
            "Razones de riesgo de cinco grupos con intervalos, todas cerca de 1 y "
            "lejos de la línea de 2.5. Un grupo es demasiado pequeño y no tiene razón.",
        ),
        scale=Scale("ratio", "neutral", Text("Risk ratio", "Razón de riesgo")),
        rows=tuple(Mark(NAMES[row.group], _ratio(row)) for row in rows),
        source=Text(
            "OpenSDP, invented students after Texas",
            "OpenSDP, estudiantes inventados según Texas",
        ),
    )
    return Example(lines, picture)


def _ratio(row: Disproportionality) -> Estimate:
    if row.ratio is None:
        return Estimate.unknown(row.reason)
    return risk_ratio(
        row.events, row.children, row.comparison_events, row.comparison_children
    )


def _line(row: Disproportionality) -> Text:
    name = NAMES[row.group]
    if row.ratio is None or row.children_to_threshold is None:
        return Text(
            f"{name.en:<20}not calculated: too few children",
            f"{name.es:<20}no se calcula: muy pocos estudiantes",
        )
    low, high = span(_ratio(row), 2, times=1)
    ratio, more = decimal(row.ratio, 2), row.children_to_threshold
    counts = f"{row.events:>4.0f} / {row.children:>5,.0f}"
    return Text(
        f"{name.en:<20}{counts}  ratio {ratio} ({low} to {high})  "
        f"{more} more to exceed {THRESHOLD}",
        f"{name.es:<20}{counts}  razón {ratio} ({low} a {high})  "
        f"{more} más para pasar de {THRESHOLD}",
    )
