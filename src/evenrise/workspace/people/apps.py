"""The app `people`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the room's pages in the navigation, and listen to sign-ins."""
        from evenrise.workspace.foundation.furniture import (  # noqa: PLC0415
            Entry,
            offer,
        )
        from evenrise.workspace.people import signals  # noqa: F401, PLC0415
        from evenrise.workspace.people.roles import Right  # noqa: PLC0415

        offer(Entry(40, "students", _("Students"), (Right.SEE_STUDENTS,), "students"))
        give = (Right.GIVE_CASELOADS,)
        offer(Entry(46, "caseloads", _("Caseloads"), give, "students"))
        offer(
            Entry(
                61,
                "record_requests",
                _("Who looked at records"),
                (Right.ANSWER_RECORD_REQUESTS,),
                "data",
            )
        )
        administer, switch = (Right.ADMINISTER,), (Right.SWITCH_POWERS,)
        offer(Entry(80, "persons", _("People"), administer, "accounts"))
        offer(Entry(82, "powers", _("Administrator powers"), switch, "accounts"))
        see = (Right.SEE_STUDENTS,)
        offer(Entry(45, "sections", _("Sections"), see, "students"))
