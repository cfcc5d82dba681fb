"""What the reports ask of a person: releases that wait for somebody like them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.due import Due
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.reports.models import Release
from evenrise.workspace.reports.queries import listed, release_lines, waiting_for
from evenrise.workspace.reports.states import State


def releases_due(person: Person) -> list[Due]:
    """Releases to read and approve, releases to make public, releases returned."""
    lines: list[Due] = []
    language: Language = "es" if get_language() == "es" else "en"
    if person.may(Right.APPROVE_RELEASES):
        for one in release_lines(waiting_for(person)[:5], language):
            ask = (
                _("Make public: %(title)s")
                if one.release.state == State.APPROVED
                else _("Read and approve: %(title)s")
            )
            lines.append(_due(ask, one.title, one.release))
    if person.may(Right.WRITE_BRIEFINGS):
        back = listed(Release.objects.filter(proposed_by=person, state=State.RETURNED))
        for one in release_lines(back[:5], language):
            ask = _("Returned to you: %(title)s")
            lines.append(_due(ask, one.title, one.release))
    return lines


def _due(ask: str, title: str, release: Release) -> Due:
    return Due(
        ask % {"title": title},
        reverse("release", args=[release.pk]),
        release.proposed_at,
    )
