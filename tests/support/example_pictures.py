"""Invented pictures with everything that a chart must cope with.

Hidden cells, a missing year, long Spanish names, names with signs. Nothing is real.
"""

from __future__ import annotations

from math import sqrt

from evenrise.findings.pictures import (
    Caterpillar,
    FunnelPlot,
    FunnelPoint,
    GapDots,
    HeatTable,
    Mark,
    Scale,
    Series,
    SmallMultiples,
    Trend,
)
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.groups import group_name
from evenrise.vocabulary.organizations import Level, Organization
from evenrise.vocabulary.text import Text


DISTRICT = Organization(Level.DISTRICT, "0700123", "Costa Serena Unified")
SCHOOLS = tuple(
    Organization(Level.SCHOOL, f"0700123{number:07d}", name, "0700123")
    for number, name in (
        (101, "Álamo Elementary"),
        (102, "Rosa Parks Elementary"),
        (103, "Webster & Main K-8 Academy of the Arts and Sciences"),
        (201, "Lincoln Middle"),
        (202, "=Ocean <View> Middle"),
        (301, "Costa Serena High"),
    )
)
YEARS = (2020, 2021, 2022, 2023, 2024)
HIDDEN = Estimate.unknown(Reason.SUPPRESSED)
SUSPENDED = Scale(
    "share",
    "down",
    Text(
        "Students suspended at least once", "Estudiantes suspendidos al menos una vez"
    ),
)
PRESENT = Scale(
    "share",
    "up",
    Text(
        "Students who graduated in four years",
        "Estudiantes que se graduaron en cuatro años",
    ),
    from_zero=False,
)


def share(x: int, n: int) -> Estimate:
    """A share with Wilson's interval."""
    z, p = 1.959964, x / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Estimate(p, max(0.0, middle - half), min(1.0, middle + half), n)


SUSPENSIONS: tuple[tuple[str, str, str, Estimate, tuple[int, int] | None], ...] = (
    ("disability", "disability", "focus", share(53, 1502), (53, 1502)),
    ("homeless", "homeless", "other", share(9, 214), (9, 214)),
    ("low_income", "low_income", "other", share(95, 2755), (95, 2755)),
    ("race_ethnicity", "black", "other", share(31, 684), (31, 684)),
    ("race_ethnicity", "hispanic", "other", share(71, 3062), (71, 3062)),
    (
        "language_status",
        "never_english_learner",
        "other",
        share(120, 7031),
        (120, 7031),
    ),
    ("gender", "male", "other", share(116, 4581), (116, 4581)),
    ("gender", "female", "other", share(48, 4314), (48, 4314)),
    (
        "race_ethnicity",
        "american_indian",
        "other",
        Estimate.unknown(Reason.SUPPRESSED),
        None,
    ),
    ("foster", "foster", "other", HIDDEN, None),
    ("migrant", "migrant", "other", Estimate.unknown(Reason.NO_STUDENTS), None),
)


def gap_dots() -> GapDots:
    """Suspensions by group, with hidden rows and the state apart."""
    rows = tuple(
        Mark(
            group_name(family, group),
            one,
            kind,
            Text("fewer than 11 students", "menos de 11 estudiantes")
            if group == "foster"
            else None,
        )
        for family, group, kind, one, _ in SUSPENSIONS
    )
    state = Mark(
        Text("All students of California", "Todo el estudiantado de California"),
        share(201_113, 5_837_690),
        "context",
    )
    return GapDots(
        title=Text(
            "Students suspended at least once, by group, 2023-24",
            "Estudiantes suspendidos al menos una vez, por grupo, 2023-24",
        ),
        alternative=Text(
            "Students with disabilities were suspended at 3.5%, all students at 1.8%.",
            "Se suspendió al 3.5 % de estudiantes con discapacidad"
            " y al 1.8 % de todo el estudiantado.",
        ),
        scale=SUSPENDED,
        rows=(*rows, state),
        line=share(164, 8918),
        line_label=Text("All students", "Todo el estudiantado"),
        source=Text("suspension.csv", "suspension.csv"),
    )


def trend() -> Trend:
    """Three lines over five years, one of which nobody has."""
    gone = Estimate.unknown(Reason.NOT_COLLECTED)
    return Trend(
        title=Text(
            "Students suspended at least once, 2019-20 to 2023-24",
            "Estudiantes suspendidos al menos una vez, de 2019-20 a 2023-24",
        ),
        alternative=Text(
            "Low-income students were suspended more often in every year; the gap"
            " narrowed from 3.0 to 2.2 points because fewer of them were suspended.",
            "A estudiantes de bajos ingresos se les suspendió más en todos los años;"
            " la brecha bajó de 3.0 a 2.2 puntos porque se suspendió a menos.",
        ),
        scale=SUSPENDED,
        years=YEARS,
        series=(
            Series(
                Text("Low-income students", "Estudiantes de bajos ingresos"),
                (
                    share(131, 3010),
                    gone,
                    share(142, 2890),
                    share(120, 2800),
                    share(95, 2755),
                ),
                "focus",
            ),
            Series(
                Text("Not low-income", "No de bajos ingresos"),
                (
                    share(34, 7627),
                    gone,
                    share(80, 6692),
                    share(72, 6318),
                    share(69, 6163),
                ),
                "reference",
            ),
            Series(
                Text("Students without stable housing", "Sin vivienda estable"),
                (share(12, 160), gone, HIDDEN, share(11, 205), share(9, 214)),
            ),
            Series(
                Text("All students", "Todo el estudiantado"),
                (
                    share(165, 10637),
                    gone,
                    share(222, 9582),
                    share(192, 9118),
                    share(164, 8918),
                ),
                "all",
            ),
        ),
        reading=Text(
            "Fewer low-income students were suspended, and the gap narrowed.",
            "Se suspendió a menos estudiantes de bajos ingresos y la brecha se redujo.",
        ),
        source=Text("suspension.csv", "suspension.csv"),
    )


def small_multiples() -> SmallMultiples:
    """One panel a school."""
    panels = []
    for place, school in enumerate(SCHOOLS):
        counts = [(20 + place * 3 + year, 700 - 10 * year) for year in range(5)]
        points = tuple(share(x, n) for x, n in counts)
        if place == 2:
            points = (points[0], HIDDEN, HIDDEN, points[3], points[4])
        panels.append(
            Trend(
                title=Text(school.name, school.name),
                alternative=Text("One school's years.", "Los años de una escuela."),
                scale=SUSPENDED,
                years=YEARS,
                series=(
                    Series(
                        Text("Low-income students", "De bajos ingresos"),
                        points,
                        "focus",
                    ),
                    Series(
                        Text("All students", "Todo el estudiantado"),
                        tuple(share(int(x * 0.6), n) for x, n in counts),
                        "all",
                    ),
                ),
            )
        )
    return SmallMultiples(
        title=Text("Suspension at each school", "Suspensiones en cada escuela"),
        alternative=Text(
            "At every school low-income students were suspended more often.",
            "En todas las escuelas se suspendió más a estudiantes de bajos ingresos.",
        ),
        panels=tuple(panels),
    )


def funnel() -> FunnelPlot:
    """Schools against their size, two outside the limits."""
    center = 0.0184
    sizes = [60 * step for step in range(1, 51)]

    def limits(n: int, z: float) -> tuple[float, float]:
        half = z * sqrt(center * (1 - center) / n)
        return max(0.0, center - half), center + half

    rows = []
    for n in sizes:
        (l95, u95), (l998, u998) = limits(n, 1.96), limits(n, 3.09)
        rows.append((float(n), l95, u95, l998, u998))
    schools = [(name.name, 300 + 420 * place) for place, name in enumerate(SCHOOLS)]
    values = (0.012, 0.021, 0.017, 0.041, 0.034, 0.009)
    outside = (0, 0, 0, 99, 95, 99)
    return FunnelPlot(
        title=Text("Suspension rates and school size", "Suspensiones y tamaño escolar"),
        alternative=Text(
            "Two middle schools lie above the limits of chance.",
            "Dos escuelas intermedias quedan por encima de los límites del azar.",
        ),
        scale=SUSPENDED,
        center=center,
        points=tuple(
            FunnelPoint(
                Text(name, name), n, value, out, "focus" if out == 99 else "other"
            )
            for (name, n), value, out in zip(schools, values, outside, strict=True)
        ),
        limits=tuple(rows),
    )


def caterpillar() -> Caterpillar:
    """Effects of schools, one too small to say."""
    effects = (0.021, 0.004, None, 0.013, -0.002, -0.018)
    return Caterpillar(
        title=Text("Suspension beside alike students", "Suspensiones entre parecidos"),
        alternative=Text(
            "Álamo Elementary suspends 2 points more than alike students elsewhere.",
            "Álamo suspende 2 puntos más que a estudiantes parecidos.",
        ),
        scale=Scale(
            "points",
            "down",
            Text(
                "Difference from students like these at the other schools",
                "Diferencia con estudiantes parecidos de las otras escuelas",
            ),
        ),
        rows=tuple(
            Mark(
                Text(school.name, school.name),
                Estimate.unknown(Reason.TOO_FEW)
                if effect is None
                else Estimate(effect, effect - 0.012, effect + 0.012, 410),
                "focus" if place == 0 else "other",
            )
            for place, (school, effect) in enumerate(zip(SCHOOLS, effects, strict=True))
        ),
    )


def heat_table() -> HeatTable:
    """Race and ethnicity by gender and disability, some cells hidden."""
    rows = ("black", "hispanic", "american_indian", "two_or_more", "white")
    columns = (
        ("gender", "female"),
        ("gender", "male"),
        ("english_learner", "english_learner"),
        ("disability", "disability"),
    )
    cells = []
    for place, _ in enumerate(rows):
        cells.append(
            tuple(
                HIDDEN
                if place == 2 and column != 1
                else Estimate.unknown(Reason.NO_STUDENTS)
                if (place, column) == (4, 2)
                else share(3 + place + 7 * column, 260 - 31 * place)
                for column in range(len(columns))
            )
        )
    return HeatTable(
        title=Text("Where groups meet", "Donde los grupos se cruzan"),
        alternative=Text(
            "Black students with disabilities were suspended most often.",
            "A estudiantes negros con discapacidad se les suspendió más.",
        ),
        scale=SUSPENDED,
        rows=tuple(group_name("race_ethnicity", code) for code in rows),
        columns=tuple(group_name(*pair) for pair in columns),
        cells=tuple(cells),
    )


PICTURES = {
    "gap_dots": gap_dots,
    "trend": trend,
    "small_multiples": small_multiples,
    "funnel_plot": funnel,
    "caterpillar": caterpillar,
    "heat_table": heat_table,
}
