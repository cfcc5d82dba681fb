"""Is leading shared across groups of staff? Only where nobody can be told by it.

Who leads what is known to all staff by name. So a group is shown only where ten and
more of its adults lead and ten and more of those who lead are in other groups, also by
subtraction from the whole; a group of which nobody leads counts as hidden. Shares are
rounded to ten in a hundred, so that a page read before and after somebody begins to
lead seldom tells of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from evenrise.publishing import numbers
from evenrise.records.snapshots.staff_groups import (
    NOT_REPORTED,
    StaffGroups,
    read_staff_groups,
)
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.standing import snapshot_store, standing
from evenrise.workspace.learning.access import FEWEST
from evenrise.workspace.learning.queries.few import shown_rows
from evenrise.workspace.learning.queries.posts import Stamp, posts_stamp
from evenrise.workspace.people.models import StaffAssignment


_GENDERS = {"F": _("Women"), "M": _("Men"), "X": _("Another gender")}


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group of staff: of all adults, and of those who lead; or that it is hidden."""

    name: str
    shown: bool
    of_all: str = ""
    of_leading: str = ""


@dataclass(frozen=True, slots=True)
class FamilyShares:
    """The groups of one family; `known` tells whether any can be shown."""

    name: str
    groups: tuple[GroupShare, ...]

    @property
    def known(self) -> bool:
        """Whether any group can be shown."""
        return any(one.shown for one in self.groups)


def families_leading(
    leading: Collection[str], language: Language
) -> tuple[FamilyShares, ...]:
    """The families of groups among the adults with a post, and among those who lead.

    Args:
        leading: the codes of the staff who lead something.
        language: the reader's.
    """
    now = standing()
    if now is None:
        return ()
    groups = _groups(now.snapshot)
    every = _adults(now.snapshot, posts_stamp())
    leads = [groups[one] for one in leading if one in groups]
    races = {one.code: one.name[language] for one in FAMILIES["race_ethnicity"].groups}
    genders = {code: str(name) for code, name in _GENDERS.items()}
    return (
        FamilyShares(
            FAMILIES["gender"].name[language],
            _family(genders, every["gender"], "gender", leads, language),
        ),
        FamilyShares(
            FAMILIES["race_ethnicity"].name[language],
            _family(races, every["race_ethnicity"], "race_ethnicity", leads, language),
        ),
    )


@lru_cache(maxsize=2)  # a snapshot never changes
def _groups(snapshot: str) -> Mapping[str, StaffGroups]:
    return read_staff_groups(snapshot_store().get(snapshot))


@lru_cache(maxsize=2)
def _adults(snapshot: str, stamp: Stamp) -> Mapping[str, Counter[str]]:
    """The adults with a post, counted by each family's groups."""
    del stamp
    groups = _groups(snapshot)
    posts = StaffAssignment.objects.order_by().values_list("staff", flat=True)
    adults = [groups[one] for one in posts.distinct() if one in groups]
    return {
        family: Counter(getattr(one, family) for one in adults)
        for family in ("gender", "race_ethnicity")
    }


def _family(
    names: Mapping[str, str],
    every: Counter[str],
    family: str,
    leads: Collection[StaffGroups],
    language: Language,
) -> tuple[GroupShare, ...]:
    leading = Counter(getattr(one, family) for one in leads)
    codes = [code for code in (*names, NOT_REPORTED) if every[code] or leading[code]]
    may = groups_shown(
        [every[code] for code in codes], [leading[code] for code in codes]
    )
    return tuple(
        GroupShare(
            names[code],
            True,
            _share(every[code], every.total(), language),
            _share(leading[code], len(leads), language),
        )
        if shown
        else GroupShare(names[code], False)
        for code, shown in zip(codes, may, strict=True)
        if code in names and code != NOT_REPORTED
    )


def groups_shown(adults: list[int], leading: list[int]) -> list[bool]:
    """Which groups of a family may be shown.

    Args:
        adults: how many adults are in each group.
        leading: how many of those who lead are.
    """
    total = sum(leading)
    # "None of those who lead" would tell of every one of them: it hides like a few.
    by_leading = shown_rows([max(one, 1) for one in leading]).rows
    by_adults = shown_rows(adults).rows
    return [
        by_adults[place] and by_leading[place] and FEWEST <= one <= total - FEWEST
        for place, one in enumerate(leading)
    ]


def _share(some: int, every: int, language: Language) -> str:
    """In steps of ten in a hundred: one more who leads does not tell of themselves."""
    rounded = round(10 * some / every) / 10
    return numbers.estimate(Estimate(rounded, n=every), "share", language)
