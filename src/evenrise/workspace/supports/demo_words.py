"""What the people of an invented district wrote: few, respectful, in two languages.

Words that somebody wrote stay as they were written, whatever language a page speaks.
"""

from __future__ import annotations


SAID = (
    ("words", "en", "I like mornings better when somebody asks how I am."),
    ("goal", "en", "I want to finish ninth grade with all my credits."),
    ("interest", "en", "Drawing, and my little brother's soccer games."),
    ("helps", "en", "Sitting near the front, and being told twice."),
    ("words", "es", "Me gusta venir cuando sé que alguien me espera."),
    ("goal", "es", "Quiero leer en inglés tan bien como leo en español."),
    ("interest", "es", "La guitarra, y cocinar con mi abuela."),
    ("helps", "es", "Que me den tiempo para pensar antes de responder."),
)
# How, in which language, whether somebody was reached, and what was agreed.
TALKED = (
    (
        "call",
        "es",
        True,
        "La mamá cuenta que el autobús llega tarde los lunes; buscamos otra parada.",
    ),
    ("meeting", "en", True, "We agreed on a short call each Friday."),
    ("message", "es", False, ""),
    ("visit", "en", True, "His grandmother takes him to school from Monday on."),
)
GOALS = {
    "attendance": "Miss no more than one day a month",
    "behavior": "Solve a conflict by talking, and stay in class",
    "course": "Pass the course this term",
}
EXIT_RULE = "Four weeks at the goal"
REASON = "Missed more than one day in ten"
REASON_OF_STAY = "A support of this tier began"
TEAM = "Student support team"
TEAM_NOTES = "We begin with what students tell us themselves."
DECIDED = (
    ("Check in every morning until the break", 10),
    ("Call the family in Spanish and ask what stands in the way", -3),
)
ADVISORY = "Morning advisory"
NOTE = "Prefers to talk in the library."
RESTRICTED_NOTE = "Asked that a move at home is not spoken of in class."
STRENGTHS = "Explains math to others with patience."
HELPS = "A written plan for the day, and one adult to go to."
WISHES = "Please call in the evening."

WRITTEN = (
    *(text for _, _, text in SAID),
    *(text for _, _, _, text in TALKED),
    *GOALS.values(),
    EXIT_RULE,
    REASON,
    REASON_OF_STAY,
    TEAM,
    TEAM_NOTES,
    *(text for text, _ in DECIDED),
    ADVISORY,
    NOTE,
    RESTRICTED_NOTE,
    STRENGTHS,
    HELPS,
    WISHES,
)
