"""What the forms of this room offer to choose from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.access import (
    evidence_read_by,
    own_schools,
    places_with,
)
from evenrise.workspace.insights.models import Decision, Verdict
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.people.models import School
from evenrise.workspace.people.roles import Right


MOST_FINDINGS = 30
MOST_PIECES = 40


def school_choices(stand: Stand, language: Language) -> list[tuple[str, str]]:
    """The whole district, then every school by name."""
    whole = _("%(district)s, the whole district") % {
        "district": stand.pages.district.called[language]
    }
    schools = School.objects.filter(current=True).values_list("school_id", "name")
    return [("", whole), *schools]


def finding_choices(
    stand: Stand, language: Language, *named: str
) -> list[tuple[str, str]]:
    """Findings to stand beside: those named, those kept, the review's main ones."""
    kept = Decision.objects.filter(latest=True, verdict=Verdict.KEPT)
    keys = dict.fromkeys(
        (
            *named,
            *kept.values_list("finding_key", flat=True)[:MOST_FINDINGS],
            *(one.key for one in stand.pages.main()),
        )
    )
    known = stand.by_key
    return [(key, known[key].headline[language]) for key in keys if key in known][
        :MOST_FINDINGS
    ]


def evidence_choices(stand: Stand, language: Language, *named: str) -> dict[str, Any]:
    """What a piece of evidence may be about: the schools where one works."""
    everywhere = places_with(stand.person, Right.WRITE_EVIDENCE).district
    places = None if everywhere else own_schools(stand.person)
    return {
        "school": [
            (code, name)
            for code, name in school_choices(stand, language)
            if not code or places is None or code in places
        ],
        "indicators": [
            (line.key, line.title[language]) for line in stand.pages.indicators()
        ],
        "findings": finding_choices(stand, language, *named),
    }


def recommendation_choices(
    stand: Stand, language: Language, *named: str
) -> dict[str, Any]:
    """For whom, and on what a recommendation may stand."""
    pieces = evidence_read_by(stand.person).filter(withdrawn_at=None)[:MOST_PIECES]
    return {
        "school": school_choices(stand, language),
        "findings": finding_choices(stand, language, *named),
        "evidence": [
            (str(one.pk), f"{one.title} ({shown.day_words(one.held_on, language)})")
            for one in pieces
        ],
    }
