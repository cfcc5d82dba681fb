"""The page "Are tiers used as intended?" in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenrise.publishing import numbers
from evenrise.statistics.rates import wilson
from evenrise.vocabulary.text import Language
from evenrise.workspace.people.access import Reach
from evenrise.workspace.supports.queries.acted_page import made_words
from evenrise.workspace.supports.queries.counting import (
    Counts,
    counted,
    days_words,
    share_words,
)
from evenrise.workspace.supports.queries.tables import Bodies, counts_bodies
from evenrise.workspace.supports.queries.tiers import USUAL, tier_counts


@dataclass(frozen=True, slots=True, kw_only=True)
class TiersPage:
    """The page."""

    answer: str
    shares: Bodies
    usual: tuple[str, ...]
    stays: Bodies
    stays_words: str
    made: str


def tiers_page(reach: Reach, language: Language) -> TiersPage:
    """How tiers are used, for the students within a reach."""
    found = counted("tiers", reach, tier_counts)
    shares, stays = found.counts["shares"], found.counts["stays"]
    return TiersPage(
        answer=_answer(shares[0], language),
        shares=counts_bodies(
            ("tiers", "shares"),
            found,
            lambda row: _share_cells(row, language),
            4,
            language,
        ),
        usual=tuple(share_words(share, language) for share in USUAL),
        stays=counts_bodies(
            ("tiers", "stays"),
            found,
            lambda row: _stay_cells(row, language),
            5,
            language,
        ),
        stays_words=_stays_words(stays[0], language),
        made=made_words(found),
    )


def _answer(row: Counts, language: Language) -> str:
    if "tiers" not in row:
        return _("Too few to say: fewer than 11 students are within your reach.")
    every = row["students"]
    shares = [share_words(one / every, language) for one in row["tiers"]]
    return _(
        "Of %(students)s students, %(two)s are in tier 2 (%(two_share)s) and"
        " %(three)s in tier 3 (%(three_share)s); for all others tier 1, which is for"
        " everybody, is what they get."
    ) % {
        "students": numbers.count(every, language),
        "two": numbers.count(row["tiers"][1], language),
        "two_share": shares[1],
        "three": numbers.count(row["tiers"][2], language),
        "three_share": shares[2],
    }


def _share_cells(row: Counts, language: Language) -> tuple[str, ...]:
    if "tiers" not in row:
        return ()
    every = row["students"]
    told = []
    for x in row["tiers"]:
        share = wilson(x, every)
        interval = numbers.interval(share, "share", language)
        told.append(f"{numbers.estimate(share, 'share', language)} ({interval})")
    return (numbers.count(every, language), *told)


def _stay_cells(row: Counts, language: Language) -> tuple[str, ...]:
    if "stays" not in row:
        return ()
    share = _("too few to say")
    if row["left"] is not None:
        low = share_words(row["left_lower"], language)
        high = share_words(row["left_upper"], language)
        share = f"{share_words(row['left'], language)} ({low} – {high})"
    return (
        numbers.count(row["stays"], language),
        days_words(row["median"], language),
        numbers.count(row["asked"], language),
        share,
        numbers.count(row["long"], language),
    )


def _stays_words(row: Counts, language: Language) -> str:
    if row["students"] == 0:
        return _("Nobody has been in tier 2 or 3 in the past two years.")
    if row.get("left") is None:
        return _("Too few stays are half a year old to say whether students leave.")
    return _(
        "Of %(asked)s stays in tier 2 or 3 that began at least half a year ago,"
        " %(share)s ended with a step down within half a year. %(long)s stays have"
        " lasted more than a year: there a tier has become a place to stay."
    ) % {
        "asked": numbers.count(row["asked"], language),
        "share": share_words(row["left"], language),
        "long": numbers.count(row["long"], language),
    }
