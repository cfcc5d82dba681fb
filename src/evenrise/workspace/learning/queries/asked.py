"""What is asked after a session: three statements, each with four taps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


ASKED = {
    "useful": _("I can use this in my work."),
    "fits": _("It fits the students I serve."),
    "time": _("My time was well spent."),
}
TAPS = ((4, _("Yes")), (3, _("Rather yes")), (2, _("Rather no")), (1, _("No")))
LENGTH_WORDS = (
    ("short", _("up to 2 hours")),
    ("half", _("more than 2, up to 6 hours")),
    ("long", _("more than 6 hours")),
)
