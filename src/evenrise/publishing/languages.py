"""Words of the interface in the reader's language, from a gettext catalogue.

English stands in the code; other languages in `locale/<language>/LC_MESSAGES`. A word
that is missing there is an error, never silently English: a test finds it first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from evenrise.vocabulary.text import Language, Text


LOCALE = Path(__file__).parent / "locale"
DOMAIN = "evenrise"


@dataclass(frozen=True, slots=True)
class Words:
    """What the interface says in one language."""

    language: Language

    def say(self, message: str, **values: object) -> str:
        """A message; `{name}` in it is replaced by the value of that name.

        Raises:
            KeyError: when the language's catalogue does not have the message.
        """
        found = message if self.language == "en" else _catalogue(self.language)[message]
        return found.format(**values) if values else found

    def plural(self, one: str, many: str, n: float, **values: object) -> str:
        """The message for this count; `{n}` is not filled unless given.

        Raises:
            KeyError: when the language's catalogue does not have the message.
        """
        single = n == 1
        if self.language == "en":
            found = one if single else many
        else:
            found = _plurals(self.language)[one][0 if single else 1]
        return found.format(**values) if values else found

    def pick(self, text: Text) -> str:
        """A text of the content in this language."""
        return text[self.language]


def catalogue_path(language: Language) -> Path:
    """Where a language's words are kept."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def _read(language: Language) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    single: dict[str, str] = {}
    plural: dict[str, tuple[str, ...]] = {}
    with catalogue_path(language).open("rb") as file:
        for message in read_po(file, locale=language):
            if not message.id or not message.string or message.fuzzy:
                continue
            if isinstance(message.id, str):
                single[message.id] = str(message.string)
            else:
                plural[message.id[0]] = tuple(message.string)
    return single, plural


def _catalogue(language: Language) -> dict[str, str]:
    return _read(language)[0]


def _plurals(language: Language) -> dict[str, tuple[str, ...]]:
    return _read(language)[1]
