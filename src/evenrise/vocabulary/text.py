"""A text in both languages of the product, always together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = ("en", "es")


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in English and in Spanish; neither may be missing.

    Raises:
        ValueError: when either language is blank.
    """

    en: str
    es: str

    def __post_init__(self) -> None:
        if not self.en.strip() or not self.es.strip():
            raise ValueError(
                f"A text needs English and Spanish; got {self.en!r} and {self.es!r}."
            )

    def __getitem__(self, language: Language) -> str:
        """The words in one language."""
        return self.en if language == "en" else self.es

    def __add__(self, other: Text) -> Text:
        """One sentence after the other."""
        return Text(f"{self.en} {other.en}", f"{self.es} {other.es}")

    def after(self, beginning: str) -> Text:
        """The same with a name before it, which is one in every language."""
        return Text(f"{beginning} {self.en}", f"{beginning} {self.es}")

    def as_dict(self) -> dict[str, str]:
        """The shape that `findings.json` carries."""
        return {"en": self.en, "es": self.es}
