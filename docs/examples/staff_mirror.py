"""Do the teachers mirror the students? Kindergartens of Tennessee, 1985-86."""

from __future__ import annotations

from docs.examples.kit import Example, decimal, percent, read, span, value
from evenrise.findings.pictures import Caterpillar, Mark, Scale
from evenrise.statistics.staff_mirror import MirrorRow, staff_mirror
from evenrise.vocabulary.text import Text


FOLDER = "tn_star_k_absences"
NAMES = (
    Text("White or other", "Blancos u otros"),
    Text("Black", "Afroamericanos"),
)


def example() -> Example:
    """Teachers and students by race, and schools without a Black teacher."""
    star = read(FOLDER, "star.csv")
    white = star.groupby("tchid")["tchwhite"].first().eq(1)
    black = int(star["black"].sum())
    seen = staff_mirror(
        [int(white.sum()), int((~white).sum())], [len(star) - black, black]
    )
    if seen.reason is not None:
        raise ValueError(f"No answer: {seen.reason}.")
    none = star.groupby("schid")["tchwhite"].transform("min").eq(1)
    alone = int(star.loc[none, "black"].sum())
    row = seen.rows[1]
    lines = (
        *(_line(name, one) for name, one in zip(NAMES, seen.rows, strict=True)),
        Text(
            f"Black teachers fewer than a mirror would have: {row.shortfall}",
            f"Docentes afroamericanos que faltan para el espejo: {row.shortfall}",
        ),
        Text(
            f"Black students in a school without a Black kindergarten teacher: "
            f"{alone} of {black:,} ({percent(alone / black, 0)}%)",
            f"Estudiantes afroamericanos sin docente de kínder como ellos: {alone} de "
            f"{black:,} ({percent(alone / black, 0)} %)",
        ),
    )
    picture = Caterpillar(
        title=Text(
            "Share of teachers for each share of students",
            "Parte de docentes por parte de estudiantes",
        ),
        alternative=Text(
            "Two dots with intervals against a line at 1, which is a mirror. White "
            "or other teachers lie above it, Black teachers at about one half.",
            "Dos puntos con intervalos frente a una línea en 1, que es el espejo. "
            "Docentes blancos u otros quedan arriba; afroamericanos, cerca de un "
            "medio.",
        ),
        scale=Scale("ratio", "neutral", Text("Ratio", "Razón")),
        rows=tuple(
            Mark(name, one.ratio) for name, one in zip(NAMES, seen.rows, strict=True)
        ),
        source=Text("Tennessee STAR, kindergarten", "Tennessee STAR, kínder"),
    )
    return Example(lines, picture)


def _line(name: Text, row: MirrorRow) -> Text:
    shares = percent(row.staff_share or 0.0, 0), percent(row.student_share or 0.0, 0)
    low, high = span(row.ratio, 2, times=1)
    ratio = decimal(value(row.ratio), 2)
    return Text(
        f"{name.en:<16}{row.staff:>4} teachers ({shares[0]}%), {row.students:,} "
        f"students ({shares[1]}%): ratio {ratio} ({low} to {high})",
        f"{name.es:<16}{row.staff:>4} docentes ({shares[0]} %), {row.students:,} "
        f"estudiantes ({shares[1]} %): razón {ratio} ({low} a {high})",
    )
