"""What of the list of students somebody asks for, read from the address."""

from __future__ import annotations

from django.http import QueryDict

from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.queries.students import Choices, Wanted


_LONGEST = 100  # letters of a search
ALL = "all"


def read_wanted(told: QueryDict, choices: Choices, reach: Reach) -> Wanted:
    """The filters that are among the person's choices; others count as not asked.

    Without any filter somebody who serves a caseload begins with it.
    """
    caseload = _among(told.get("caseload", ""), choices.caseloads)
    if not any(told.get(name) for name in FILTERS) and _begins_with_own(reach):
        caseload = choices.caseloads[0][0] if len(choices.caseloads) == 1 else ""
    return Wanted(
        search=_plain(told.get("q", ""))[:_LONGEST],
        school=_among(told.get("school", ""), choices.schools),
        grade=_among(told.get("grade", ""), choices.grades),
        section=_among(told.get("section", ""), choices.sections),
        caseload=int(caseload) if caseload else None,
        left=reach.district and told.get("left") == "yes",
        after=_plain(told.get("after", ""))[:250],
        before=_plain(told.get("before", ""))[:250],
    )


FILTERS = ("q", "school", "grade", "section", "caseload", "left")


def filters_in_use(wanted: Wanted) -> tuple[str, ...]:
    """The names of the filters in use, for the record; never their values."""
    values = (
        wanted.search,
        wanted.school,
        wanted.grade,
        wanted.section,
        wanted.caseload,
        wanted.left,
    )
    return tuple(name for name, value in zip(FILTERS, values, strict=True) if value)


def _begins_with_own(reach: Reach) -> bool:
    return reach.own_caseloads and not reach.district


def _among(value: str, choices: tuple[tuple[str, str], ...]) -> str:
    return value if any(value == code for code, _ in choices) else ""


def _plain(text: str) -> str:
    """Without what a database cannot take."""
    return text.replace("\x00", "").strip()
