"""What of the list of flags somebody asks for, read from the address."""

from __future__ import annotations

from django.http import QueryDict

from evenrise.workspace.supports.queries.flags import FlagChoices, FlagsWanted


FILTERS = ("school", "grade", "domain", "waiting", "fresh")
_LONGEST = 18  # digits of a key


def read_flags_wanted(told: QueryDict, choices: FlagChoices) -> FlagsWanted:
    """The filters that are among the person's choices; others count as not asked."""
    after = told.get("after", "")
    is_key = after.isascii() and after.isdigit() and len(after) <= _LONGEST
    return FlagsWanted(
        school=_among(told.get("school", ""), choices.schools),
        grade=_among(told.get("grade", ""), choices.grades),
        domain=_among(told.get("domain", ""), choices.domains),
        waiting=told.get("waiting") == "yes",
        fresh=told.get("fresh") == "yes",
        after=int(after) if is_key else 0,
    )


def flag_filters_in_use(wanted: FlagsWanted) -> tuple[str, ...]:
    """The names of the filters in use, for the record; never their values."""
    return tuple(name for name in FILTERS if getattr(wanted, name))


def _among(value: str, choices: tuple[tuple[str, str], ...]) -> str:
    return value if any(value == code for code, _ in choices) else ""
