"""The state priorities of the Local Control Funding Formula, by their numbers.

California Education Code 52060 (d); 9 and 10 are for county offices, 52066 (d).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


LCFF: list[tuple[int, Any]] = [
    (1, _("1 Basic services and conditions")),
    (2, _("2 State standards")),
    (3, _("3 Family engagement")),
    (4, _("4 Student achievement")),
    (5, _("5 Student engagement")),
    (6, _("6 School climate")),
    (7, _("7 Access to courses")),
    (8, _("8 Other student outcomes")),
    (9, _("9 Expelled students (county offices)")),
    (10, _("10 Students in foster care (county offices)")),
]
