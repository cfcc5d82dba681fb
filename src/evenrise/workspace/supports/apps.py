"""The app `supports`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportsConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.supports"
    label = "supports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the room's pages, its parts of other pages, and its tasks."""
        _offer_flags()
        _offer_care()
        _offer_answers()
        _offer_known()
        _offer_meetings()


def _offer_flags() -> None:
    from evenrise.workspace.data.standing import when_current  # noqa: PLC0415
    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415
    from evenrise.workspace.people.student_parts import STUDENT_PARTS  # noqa: PLC0415
    from evenrise.workspace.supports import tasks  # noqa: PLC0415
    from evenrise.workspace.supports.queries.flag_due import due_flags  # noqa: PLC0415
    from evenrise.workspace.supports.queries.flag_watch import (  # noqa: PLC0415
        watch_part,
    )

    offer(Entry(41, "flags", _("This week"), (Right.SEE_STUDENTS,), "students"))
    STUDENT_PARTS.offer(10, "supports/parts/watch.html", watch_part)
    offer_due(due_flags)
    when_current(tasks.after_current)


def _offer_answers() -> None:
    from evenrise.workspace.data.standing import when_current  # noqa: PLC0415
    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415
    from evenrise.workspace.supports import tasks_effects  # noqa: PLC0415

    offer(Entry(50, "acted", _("Did we act?"), (Right.SEE_STUDENTS,), "students"))
    when_current(tasks_effects.after_current)


def _offer_meetings() -> None:
    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415
    from evenrise.workspace.people.student_parts import STUDENT_PARTS  # noqa: PLC0415
    from evenrise.workspace.supports.queries.contacts import (  # noqa: PLC0415
        contacts_part,
    )
    from evenrise.workspace.supports.queries.meetings import (  # noqa: PLC0415
        decisions_due,
    )
    from evenrise.workspace.supports.queries.notes import notes_part  # noqa: PLC0415
    from evenrise.workspace.supports.queries.transitions import (  # noqa: PLC0415
        transition_part,
    )
    from evenrise.workspace.supports.queries.voice import voice_part  # noqa: PLC0415

    offer(Entry(47, "teams", _("Teams"), (Right.SUPPORT_STUDENTS,), "students"))
    offer_due(decisions_due)
    STUDENT_PARTS.offer(5, "supports/parts/voice.html", voice_part)
    STUDENT_PARTS.offer(60, "supports/parts/contacts.html", contacts_part)
    STUDENT_PARTS.offer(70, "supports/parts/notes.html", notes_part)
    STUDENT_PARTS.offer(80, "supports/parts/transition.html", transition_part)


def _offer_care() -> None:
    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415
    from evenrise.workspace.people.student_parts import STUDENT_PARTS  # noqa: PLC0415
    from evenrise.workspace.supports.care_due import supports_due  # noqa: PLC0415
    from evenrise.workspace.supports.queries.care_part import (  # noqa: PLC0415
        care_part,
    )

    offer(Entry(42, "supports", _("Supports"), (Right.SUPPORT_STUDENTS,), "students"))
    offer_due(supports_due)
    STUDENT_PARTS.offer(20, "supports/parts/care.html", care_part)


def _offer_known() -> None:
    from evenrise.workspace.data.standing import when_current  # noqa: PLC0415
    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415
    from evenrise.workspace.people.student_parts import STUDENT_PARTS  # noqa: PLC0415
    from evenrise.workspace.supports import tasks_pathways  # noqa: PLC0415
    from evenrise.workspace.supports.queries.known import known_part  # noqa: PLC0415
    from evenrise.workspace.supports.queries.known_due import (  # noqa: PLC0415
        known_due,
    )
    from evenrise.workspace.supports.queries.pathways import (  # noqa: PLC0415
        pathways_part,
    )

    offer(Entry(48, "known", _("Known by"), (Right.SEE_STUDENTS,), "students"))
    offer(Entry(49, "pathways", _("Pathways"), (Right.SEE_STUDENTS,), "students"))
    offer_due(known_due)
    STUDENT_PARTS.offer(25, "supports/parts/known.html", known_part)
    STUDENT_PARTS.offer(30, "supports/parts/pathways.html", pathways_part)
    when_current(tasks_pathways.after_current)
