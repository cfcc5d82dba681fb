"""What columns, sheets and codes are called in files, in both languages.

A cell of a code may hold the code, either word, or both words as we write them.
"""

from __future__ import annotations

import re
import unicodedata

from evenrise.vocabulary.text import Text


SHEETS = {
    "plan": Text("Plan", "Plan"),
    "department": Text("Departments", "Departamentos"),
    "rung": Text("Ladder", "Escalera"),
    "measure": Text("Measures", "Mediciones"),
    "gap": Text("Gaps", "Brechas"),
    "budget": Text("Budget", "Presupuesto"),
    "link": Text("Evidence", "Evidencia"),
}
CODES: dict[str, dict[str, Text]] = {
    "plan_kind": {
        "district": Text("District plan", "Plan del distrito"),
        "school": Text("School plan", "Plan de la escuela"),
    },
    "kind": {
        "value": Text("Shared value", "Valor compartido"),
        "priority": Text("Priority", "Prioridad"),
        "goal": Text("Goal", "Meta"),
        "strategy": Text("Strategy", "Estrategia"),
        "step": Text("Action step", "Paso de acción"),
    },
    "state": {
        "planned": Text("Not begun", "No iniciado"),
        "begun": Text("Begun", "Iniciado"),
        "done": Text("Done", "Terminado"),
        "stopped": Text("Stopped", "Detenido"),
    },
    "service": {
        "increased": Text("Increased", "Aumentado"),
        "improved": Text("Improved", "Mejorado"),
    },
    "source": {
        "base": Text("LCFF base", "LCFF base"),
        "supplemental": Text(
            "LCFF supplemental and concentration", "LCFF suplementario y concentración"
        ),
        "other_state": Text("Other state funds", "Otros fondos estatales"),
        "local": Text("Local funds", "Fondos locales"),
        "title_1": Text("Title I", "Título I"),
        "title_2": Text("Title II", "Título II"),
        "title_3": Text("Title III", "Título III"),
        "title_4": Text("Title IV", "Título IV"),
        "idea": Text("IDEA", "IDEA"),
        "other_federal": Text("Other federal funds", "Otros fondos federales"),
        "grant": Text("Grant or gift", "Subvención o donativo"),
    },
    "flag": {"yes": Text("Yes", "Sí"), "no": Text("No", "No")},
    "link_kind": {
        "finding": Text("Finding", "Hallazgo"),
        "recommendation": Text("Recommendation", "Recomendación"),
        "theme": Text("Theme of what people said", "Tema de lo que se dijo"),
        "comment": Text("Comment", "Comentario"),
    },
}
# Below which rungs each kind may stand; blank: the plan itself.
BELOW: dict[str, tuple[str, ...]] = {
    "value": ("",),
    "priority": ("",),
    "goal": ("", "priority"),
    "strategy": ("goal",),
    "step": ("strategy", "step"),
}
_ODD = re.compile(r"[^a-z0-9]+")


def both(text: Text) -> str:
    """Both words, once where they are the same."""
    return text.en if text.en == text.es else f"{text.en} · {text.es}"


def plain(told: str) -> str:
    """Letters and digits alone, small and without accents: how words are compared."""
    bare = unicodedata.normalize("NFKD", told).encode("ascii", "ignore").decode()
    return _ODD.sub("_", bare.lower()).strip("_")


def code_of(family: str, told: str) -> str | None:
    """The code that a cell means; None when it means none."""
    wanted = plain(told)
    for code, words in CODES[family].items():
        known = (code, words.en, words.es, both(words))
        if told == code or wanted in {plain(one) for one in known}:
            return code
    return None


def word_of(family: str, code: str) -> str:
    """A code in both words; an unknown one as it is."""
    words = CODES[family].get(code)
    return code if words is None else both(words)
