"""What may stop a verb: one sentence for the person, and the page they came from."""

from __future__ import annotations

from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import EvenriseError


class Overtaken(EvenriseError):  # noqa: N818 - read aloud: "a verb was overtaken"
    """Somebody else changed the same thing after this page was opened."""

    def __init__(self, who: str = "") -> None:
        told = (
            _("%(name)s changed this while you had the page open.") % {"name": who}
            if who
            else _("This changed while you had the page open.")
        )
        super().__init__(
            told + " " + _("Nothing of theirs was overwritten; read it and try again.")
        )


class NotYours(EvenriseError):  # noqa: N818 - read aloud: "it is not yours"
    """The person may not do this; from outside it looks as if it were not there."""

    def __init__(self) -> None:
        super().__init__(_("This is not here, or not yours to change."))
