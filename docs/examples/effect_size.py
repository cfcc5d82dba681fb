"""How large is a difference of scores? Small classes in kindergarten."""

from __future__ import annotations

from docs.examples.kit import Example, decimal, percent, read, span, value
from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.statistics.effect_size import OrderedGap, hedges_g, v_statistic
from evenrise.statistics.rates import quantile
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


FOLDER = "tn_star_k_absences"
TESTS = {
    "mathscore": Text("Mathematics", "Matemáticas"),
    "readscore": Text("Reading", "Lectura"),
}
KINDS = {
    "small": Text("small class", "clase pequeña"),
    "aide": Text("with an aide", "con asistente"),
}


def example() -> Example:
    """Small classes, and regular ones with an aide, against regular ones."""
    star = read(FOLDER, "star.csv")
    lines, marks = [], []
    for test, name in TESTS.items():
        plain = star.loc[star["regular"] == 1, test]
        for kind, other in KINDS.items():
            own = star.loc[star[kind] == 1, test]
            two = [(part.mean(), part.std(), part.size) for part in (own, plain)]
            size = hedges_g(two[0], two[1]).g
            order = v_statistic(own, plain)
            low, high = span(size, 2, times=1)
            g = decimal(value(size), 2)
            points = decimal(two[0][0] - two[1][0])
            ahead = percent(order.chance or 0.0, 0)
            lines.append(
                Text(
                    f"{name.en:<12}{other.en:<14}{points:>5} points, "
                    f"g {g} ({low} to {high}), ahead in {ahead} of 100",
                    f"{name.es:<12}{other.es:<14}{points:>5} puntos, "
                    f"g {g} ({low} a {high}), adelante en {ahead} de 100",
                )
            )
            label = Text(f"{name.en}, {other.en}", f"{name.es}, {other.es}")
            marks.append(Mark(label, _chance(order)))
    return Example(tuple(lines), _picture(tuple(marks)))


def _chance(order: OrderedGap) -> Estimate:
    if order.chance is None or order.chance_se is None:
        raise ValueError(f"No answer: {order.v.reason}.")
    half = quantile() * order.chance_se
    n = order.n_first + order.n_second
    return Estimate(order.chance, order.chance - half, order.chance + half, n)


def _picture(marks: tuple[Mark, ...]) -> GapDots:
    title = Text(
        "Pairs in which the child scores higher than one in a regular class",
        "Parejas en que supera a quien está en una clase regular",
    )
    return GapDots(
        title=title,
        alternative=Text(
            "Four dots with intervals. Children of small classes are ahead in about "
            "54 to 55 of 100 pairs; children of classes with an aide in about 50, "
            "which is no difference.",
            "Cuatro puntos con intervalos. Quienes están en clases pequeñas van "
            "adelante en unas 54 a 55 de 100 parejas; en clases con asistente, en "
            "unas 50, es decir, ninguna diferencia.",
        ),
        scale=Scale("share", "up", title, from_zero=False),
        rows=marks,
        line=Estimate(0.5),
        line_label=Text("No difference", "Ninguna diferencia"),
        source=Text("Tennessee STAR, kindergarten", "Tennessee STAR, kínder"),
    )
