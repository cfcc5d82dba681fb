"""The page "Which students are not known well by any adult yet?" in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing import numbers
from evenrise.statistics.rates import wilson
from evenrise.vocabulary.text import Language
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.queries.students import (
    StudentsPage,
    Wanted,
    narrowed,
    students_page,
)
from evenrise.workspace.supports.queries.acted_page import made_words
from evenrise.workspace.supports.queries.counting import Counts, counted
from evenrise.workspace.supports.queries.known import known_by_none, known_counts
from evenrise.workspace.supports.queries.tables import counts_table


@dataclass(frozen=True, slots=True)
class KnownPage:
    """The page; `students` is None until a large district's reader chose whom."""

    answer: str
    table: SafeString
    made: str
    students: StudentsPage | None


def known_page(reach: Reach, wanted: Wanted, language: Language) -> KnownPage:
    """Counts within a reach, and those of its students whom nobody knows well."""
    found = counted("known", reach, known_counts)
    rows = found.counts["rows"]
    return KnownPage(
        answer=_answer(rows[0], language),
        table=counts_table(
            "known", found, lambda row: known_cells(row, language), 4, language
        ),
        made=made_words(found),
        students=None if is_wide(reach, wanted) else _nobody(reach, wanted),
    )


def is_wide(reach: Reach, wanted: Wanted) -> bool:
    """Whether names wait for a choice: a whole district is no list to work from."""
    chosen = wanted.school or wanted.section or wanted.caseload or wanted.search
    return reach.district and not chosen


def _nobody(reach: Reach, wanted: Wanted) -> StudentsPage:
    seen = known_by_none(students_within(reach))
    found = narrowed(seen, wanted, everywhere=reach.district)
    return students_page(found, wanted, reach)


def _answer(row: Counts, language: Language) -> str:
    if "known" not in row:
        return _("Too few to say: fewer than 11 students are within your reach.")
    none, every = row["known"][0], row["students"]
    if none == 0:
        return _("Every one of %(n)s students is known well by an adult.") % {
            "n": numbers.count(every, language)
        }
    return ngettext(
        "%(none)s of %(n)s students is not yet known well by any adult (%(share)s).",
        "%(none)s of %(n)s students are not yet known well by any adult (%(share)s).",
        none,
    ) % {
        "none": numbers.count(none, language),
        "n": numbers.count(every, language),
        "share": numbers.estimate(wilson(none, every), "share", language),
    }


def known_cells(row: Counts, language: Language) -> tuple[str, ...]:
    """n, and the shares known by nobody, by one, by two or more; none where too few."""
    if "known" not in row:
        return ()
    every = row["students"]
    shares = [wilson(x, every) for x in row["known"]]
    first = (
        f"{numbers.estimate(shares[0], 'share', language)} "
        f"({numbers.interval(shares[0], 'share', language)})"
    )
    rest = (numbers.estimate(share, "share", language) for share in shares[1:])
    return (numbers.count(every, language), first, *rest)
