"""Would many students leave? Then a person says that it is meant, and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from evenrise.publishing.numbers import number
from evenrise.vocabulary.text import Text
from evenrise.workspace.data.models import Import


@dataclass(frozen=True, slots=True)
class Leaving:
    """How many students would no longer be in the records."""

    gone: int
    before: int
    share: float  # more than this is many

    @property
    def many(self) -> bool:
        """Whether a person must say that it is meant."""
        return self.before > 0 and self.gone > self.share * self.before

    def ask(self) -> Text:
        """The warning, with the numbers."""
        en = number(self.gone, 0, "en"), number(self.before, 0, "en")
        es = number(self.gone, 0, "es"), number(self.before, 0, "es")
        return Text(
            f"{en[0]} of {en[1]} students would no longer be in the records. If that "
            "is meant, tick the box and say why.",
            f"{es[0]} de {es[1]} estudiantes ya no estarían en los registros. Si así "
            "debe ser, marque la casilla y diga por qué.",
        )


def leaving(one: Import) -> Leaving:
    """How many would leave with an import that was read."""
    story = one.story or {}
    told = story.get("differences", {}).get("students", {})
    return Leaving(
        int(told.get("gone", 0)), one.students_before, float(settings.REMOVAL_SHARE)
    )
