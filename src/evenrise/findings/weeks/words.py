"""What the weeks say, in two languages told from the same numbers.

`words_en.py` and `words_es.py` are twins; `both("prediction", ...)` gives the Text.
"""

from __future__ import annotations

from typing import Any

from evenrise.findings.weeks import words_en, words_es
from evenrise.findings.weeks.model import Verdict, Why
from evenrise.statistics.process_control import Chart
from evenrise.vocabulary.text import Text


CHARTS: dict[Chart, Text] = {
    Chart.RUN: Text("Run chart", "Gráfica de rachas"),
    Chart.XMR: Text("XmR chart", "Gráfica XmR"),
    Chart.P: Text("p chart", "Gráfica p"),
    Chart.P_PRIME: Text("Laney p′ chart", "Gráfica p′ de Laney"),
    Chart.U: Text("u chart", "Gráfica u"),
    Chart.U_PRIME: Text("Laney u′ chart", "Gráfica u′ de Laney"),
    Chart.C: Text("c chart", "Gráfica c"),
}
VERDICTS: dict[Verdict, Text] = {
    Verdict.NOTHING: Text("No week yet", "Aún no hay semanas"),
    Verdict.TOO_EARLY: Text("Too early", "Demasiado pronto"),
    Verdict.USUAL: Text("The usual ups and downs", "Los altibajos de siempre"),
    Verdict.BEFORE: Text("A signal before the change", "Una señal antes del cambio"),
    Verdict.BETTER: Text("A signal, for the better", "Una señal de mejora"),
    Verdict.WORSE: Text("A signal, for the worse", "Una señal de retroceso"),
    Verdict.SIGNAL: Text("A signal", "Una señal"),
    Verdict.BOTH_WAYS: Text("Signals both ways", "Señales en ambos sentidos"),
}
WHYS: dict[Why, Text] = {
    Why.OUTSIDE: Text("outside the limits", "fuera de los límites"),
    Why.RUN: Text("one of a long run", "parte de una racha larga"),
    Why.TREND: Text(
        "one of seven that rise or fall", "parte de siete en ascenso o descenso"
    ),
    Why.TWO_OF_THREE: Text(
        "two of three near the limit", "dos de tres cerca del límite"
    ),
    Why.CROSSINGS: Text("too few crossings", "muy pocos cruces"),
}
_RUN_RULES = Text(
    "Read by Anhøj's rules: a run that is too long, or too few crossings of the "
    "median.",
    "Leída con las reglas de Anhøj: una racha demasiado larga o muy pocos cruces de "
    "la mediana.",
)
_LIMIT_RULES = Text(
    "Read by the four rules of Making Data Count: outside the limits, seven on one "
    "side, seven rising or falling, two of three near a limit.",
    "Leída con las cuatro reglas de Making Data Count: fuera de los límites, siete del "
    "mismo lado, siete en ascenso o descenso, dos de tres cerca de un límite.",
)


def rules_of(chart: Chart) -> Text:
    """Which chart it is and by which rules it is read."""
    rules = _RUN_RULES if chart is Chart.RUN else _LIMIT_RULES
    name = CHARTS[chart]
    return Text(f"{name.en}.", f"{name.es}.") + rules


def both(name: str, *parts: Any) -> Text:
    """One sentence in both languages.

    Raises:
        AttributeError: when a twin does not know the sentence.
    """
    return Text(getattr(words_en, name)(*parts), getattr(words_es, name)(*parts))
