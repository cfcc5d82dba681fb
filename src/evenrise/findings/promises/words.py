"""What a reading says, in two languages told from the same numbers.

`words_en.py` and `words_es.py` are twins; `both("year", story)` gives the Text.
"""

from __future__ import annotations

from typing import Any

from evenrise.findings.finding import Certainty
from evenrise.findings.promises import words_en, words_es
from evenrise.findings.promises.model import Label, Way
from evenrise.vocabulary.text import Text


# What each reading is called; "rising" means: in the good direction of the indicator.
LABELS: dict[Label, Text] = {
    Label.RISING_AND_CLOSING: Text(
        "Rising together and closing", "Mejoran juntos y la brecha se cierra"
    ),
    Label.RISING_NOT_CLOSING: Text(
        "Rising, gap not closing", "Mejora, pero la brecha no se cierra"
    ),
    Label.CLOSING_BY_FALL: Text(
        "Gap closing because the higher group fell",
        "La brecha se cierra porque bajó el grupo mejor atendido",
    ),
    Label.FALLING: Text("Falling", "Retrocede"),
    Label.UNCHANGED: Text("Not moved", "Sin cambio"),
    Label.RISING_ALONE: Text(
        "Rising; no gap is named", "Mejora; no se nombra ninguna brecha"
    ),
    Label.TOO_FEW: Text("Too few to say", "Muy pocos para decirlo"),
    Label.NO_DATA: Text("No data", "Sin datos"),
}
WAYS: dict[Way, Text] = {
    Way.REACHED: Text("target reached", "objetivo alcanzado"),
    Way.ON: Text("on the way", "en camino"),
    Way.UNCLEAR: Text(
        "short of the line, within chance", "sin llegar a la línea, quizá por azar"
    ),
    Way.BEHIND: Text("behind the line", "por detrás de la línea"),
    Way.MISSED: Text("target not reached", "objetivo no alcanzado"),
    Way.UNKNOWN: Text("cannot be said", "no se puede decir"),
}
SURE: dict[Certainty, Text] = {
    Certainty.DIFFERENT: Text("more than chance", "más que azar"),
    Certainty.UNCLEAR: Text("unclear", "no está claro"),
    Certainty.TOO_FEW: Text("too few to say", "muy pocos para decirlo"),
}


def both(name: str, *parts: Any) -> Text:
    """One sentence in both languages.

    Raises:
        AttributeError: when a twin does not know the sentence.
    """
    return Text(getattr(words_en, name)(*parts), getattr(words_es, name)(*parts))
