"""How good is a flag? Six flags from published studies of leaving school."""

from __future__ import annotations

import pandas as pd

from docs.examples.kit import Example, percent, read, value
from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.statistics.early_warning import Flagged
from evenrise.vocabulary.text import Text


FOLDER = "ews_bowers_110_flags"
FLAGS = {
    4: Text("Present 80% of days or less", "Asiste el 80 % o menos"),
    7: Text("Suspended in grade 6", "Suspensión en 6.º"),
    9: Text("One flag or more, grade 6", "Una señal o más, 6.º"),
    12: Text("Three flags, grade 6", "Tres señales, 6.º"),
    1: Text("Off track, grade 9", "Fuera de ruta, 9.º"),
    107: Text("16 absences or more, grade 9", "16 faltas o más, 9.º"),
}


def example() -> Example:
    """Of those who left, how many had the flag; of those with it, how many left."""
    table = read(FOLDER, "bowersEWS.csv").set_index("id")
    found = {number: _flagged(table.loc[number]) for number in FLAGS}
    lines = []
    for number, name in FLAGS.items():
        one = found[number]
        caught, right = (
            percent(value(part), 0) for part in (one.sensitivity, one.precision)
        )
        every = percent(float(table.loc[number, "dropout_rate"]), 0)
        lines.append(
            Text(
                f"{name.en:<30}finds {caught:>2} of 100 who leave; "
                f"right {right} of 100 (all: {every})",
                f"{name.es:<30}halla {caught:>2} de 100 que se van; "
                f"acierta {right} de 100 (todos: {every})",
            )
        )
    title = Text(
        "Of the students who left, those who had the flag",
        "De quienes se fueron, los que tenían la señal",
    )
    picture = GapDots(
        title=title,
        alternative=Text(
            "Six flags, each a dot. Three flags together find the fewest of those "
            "who leave, off track in grade 9 finds the most.",
            "Seis señales, cada una un punto. Tres señales juntas hallan a la menor "
            "parte de quienes se van; fuera de ruta en 9.º halla a la mayor.",
        ),
        scale=Scale("share", "up", title),
        rows=tuple(Mark(name, found[one].sensitivity) for one, name in FLAGS.items()),
        source=Text(
            "Bowers, Sprott and Taff 2013, counts made from their table",
            "Bowers, Sprott y Taff 2013, conteos hechos de su tabla",
        ),
    )
    return Example(tuple(lines), picture)


def _flagged(row: pd.Series) -> Flagged:
    size, left = float(row["sample_size"]), float(row["dropout_rate"])
    leavers = round(size * left)
    stayers = round(size) - leavers
    tp = round(leavers * float(row["sensitivity"]))
    tn = round(stayers * float(row["specificity"]))
    return Flagged(tp=tp, fp=stayers - tn, fn=leavers - tp, tn=tn)
