"""The languages of families and of students' words: codes, names, what is the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from evenrise.workspace.insights.models import WrittenIn
from evenrise.workspace.people.queries.words import page_language


# Names in districts' records that CLDR writes otherwise.
_ALIASES = {
    "mandarin": "cmn",
    "farsi": "fa",
    "mixteco": "mix",
    "hmong": "hmn",
    "haitian creole": "ht",
    "español": "es",
}
# Who chose the wider name may have meant this one: both count as the family's own.
_WIDER = {"cmn": "zh", "yue": "zh", "fil": "tl"}
_NAMES = {
    "cmn": {"en": "Mandarin", "es": "mandarín"},
    "fa": {"en": "Farsi", "es": "farsi"},
    "mix": {"en": "Mixtec", "es": "mixteco"},
}


@dataclass(frozen=True, slots=True)
class HomeLanguage:
    """What a family speaks at home, as the records tell it.

    `code` is of BCP 47, or empty where the records' word is not known to us; `same`
    are the codes of a contact that count as this language.
    """

    recorded: str
    code: str
    words: str
    same: frozenset[str]

    @property
    def foreign(self) -> bool:
        """Whether a call in English would be a call in another language."""
        return bool(self.recorded) and self.code != "en"


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    told = Locale.parse("en").languages
    return {str(name).casefold(): str(code) for code, name in told.items()} | _ALIASES


def language_code(recorded: str) -> str:
    """The code of a language as records write it, by name or code; empty if unknown."""
    folded = recorded.strip().casefold()
    if folded in _by_name():
        return _by_name()[folded]
    return folded if folded in Locale.parse("en").languages else ""


def language_words(code: str) -> str:
    """A language's name in the language of the page."""
    if code in WrittenIn.values:
        return str(WrittenIn(code).label)
    told = Locale.parse(page_language()).languages.get(code)
    name = _NAMES.get(code, {}).get(page_language()) or told or code
    return name[:1].upper() + name[1:]


def home_language(recorded: str) -> HomeLanguage:
    """A family's language, from the records' word."""
    code = language_code(recorded)
    same = {code, _WIDER.get(code, code)} if code else {WrittenIn.OTHER.value}
    words = language_words(code) if code else recorded.strip()
    return HomeLanguage(recorded.strip(), code, words, frozenset(same))


def language_choices(home: str = "") -> list[tuple[str, str]]:
    """What a form offers; a family's own language stands first.

    Args:
        home: the records' word for what the family speaks.
    """
    listed = [(str(code), str(label)) for code, label in WrittenIn.choices]
    own = home_language(home)
    if not own.code:
        return listed
    return [
        (own.code, own.words),
        *(choice for choice in listed if choice[0] != own.code),
    ]
