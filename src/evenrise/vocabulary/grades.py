"""Grades, in the order children pass through them."""

from __future__ import annotations


GRADES: tuple[str, ...] = (
    "TK",
    "KG",
    *(f"{number:02d}" for number in range(1, 13)),
)
_WORDS = {"K": "KG", "KN": "KG", "0K": "KG", "PK": "PK", "0": "KG", "00": "KG"}


def parse_grade(text: str) -> str:
    """One of GRADES from the ways a grade is written: `9`, `09`, `K`, `Grade 9`.

    Raises:
        ValueError: when it is no grade from TK to 12 (PK and adults are not).
    """
    word = text.strip().upper().removeprefix("GRADE").strip()
    word = _WORDS.get(word, word)
    if word.isdigit():
        word = f"{int(word):02d}"
    if word not in GRADES:
        raise ValueError(f"{text!r} is not a grade: use TK, KG or 01 to 12.")
    return word
