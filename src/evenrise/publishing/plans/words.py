"""The words that a plan's documents say besides the plan's own."""

from __future__ import annotations

from evenrise.vocabulary.text import Language, Text


WORDS: dict[str, Text] = {
    "values": Text("Shared values", "Valores compartidos"),
    "theory": Text("Theory of action", "Teoría de acción"),
    "done_means": Text("Done means", "Terminado significa"),
    "evidence": Text("Stands on", "Se basa en"),
    "starred": Text(
        "* stands on a recommendation of the reviewer that was taken up.",
        "* se basa en una recomendación de la revisión que se aceptó.",
    ),
    "stale": Text("older than the Spanish", "más antiguo que el inglés"),
    "said": Text("You said, we did", "Usted dijo, nosotros hicimos"),
    "did": Text("We did", "Nosotros hicimos"),
    "tried": Text("What was tried", "Lo que se probó"),
    "waits": Text("Waits for an answer.", "Espera respuesta."),
    "contents": Text("Contents", "Contenido"),
    "goals": Text("Goals at a glance", "Las metas de un vistazo"),
    "goal": Text("Goal", "Meta"),
    "steps": Text("Action steps", "Pasos de acción"),
    "reading": Text("What the measures say", "Lo que dicen las mediciones"),
    "no_measure": Text("No measure yet", "Aún sin medición"),
    "strategies": Text("Strategies", "Estrategias"),
    "state_tables": Text("Tables for the state", "Tablas para el estado"),
    "answer": Text("Written response", "Respuesta por escrito"),
    "more": Text("and {n} more in the report", "y {n} más en el informe"),
    "where": Text("Where it comes from", "De dónde viene"),
}


def cut(words: str, longest: int) -> str:
    """Words of at most so many letters, cut between two of them."""
    if len(words) <= longest:
        return words
    return f"{words[:longest].rsplit(' ', 1)[0]} …"


def words_in(language: Language) -> dict[str, str]:
    """All of them in one language."""
    return {name: text[language] for name, text in WORDS.items()}
