"""What a person should not overlook: many students leave, another district is meant."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from evenrise.publishing.numbers import number
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.text import Text
from evenrise.workspace.data.models import Import
from evenrise.workspace.data.reading import district_settings
from evenrise.workspace.data.standing import page_file, pages_of, standing


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


def other_district(one: Import) -> Text | None:
    """A warning where the files name the district otherwise than what stands."""
    now = standing()
    if now is None or not one.snapshot or not page_file(one.snapshot).exists():
        return None
    named = pages_of(one.snapshot).district
    if named.organization_id == now.district_id:
        return None
    return Text(
        f"These files speak of {named.name} ({named.organization_id}), and the pages "
        f"of {now.district_name} ({now.district_id}).",
        f"Estos archivos hablan de {named.name} ({named.organization_id}) y las "
        f"páginas, de {now.district_name} ({now.district_id}).",
    )


def leaving(one: Import) -> Leaving:
    """How many would leave with an import that was read."""
    story = one.story or {}
    told = story.get("differences", {}).get("students", {})
    return Leaving(int(told.get("gone", 0)), one.students_before, _removal_share())


def _removal_share() -> float:
    """The district's own share where it set one."""
    usual = float(settings.REMOVAL_SHARE)
    try:
        return district_settings().thresholds.get("removal_share", usual)
    except ArgumentProblem:
        return usual  # the page of the settings says what is wrong with them
