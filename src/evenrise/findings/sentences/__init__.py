"""What findings say, in two languages.

`stories.py` holds the numbers of a sentence, once; `en.py` and `es.py` are twins that
tell them, with the same function names and signatures, and so are `answers_en.py` and
`answers_es.py`, `students_en.py` and `students_es.py`, `readings_en.py` and
`readings_es.py`; `deeds_en.py` and `deeds_es.py` hold the words of each indicator.
`both("gap", story)` gives the Text.
"""

from __future__ import annotations

from typing import Any

from evenrise.findings.sentences import (
    answers_en,
    answers_es,
    en,
    es,
    readings_en,
    readings_es,
    students_en,
    students_es,
)
from evenrise.vocabulary.text import Text


def both(name: str, *parts: Any) -> Text:
    """One sentence in both languages, told from the same numbers.

    Raises:
        AttributeError: when a twin does not know the sentence.
    """
    twins = (
        (en, es),
        (answers_en, answers_es),
        (students_en, students_es),
        (readings_en, readings_es),
    )
    knowing = (pair for pair in twins if hasattr(pair[0], name))
    english, spanish = next(knowing, twins[0])
    return Text(getattr(english, name)(*parts), getattr(spanish, name)(*parts))
