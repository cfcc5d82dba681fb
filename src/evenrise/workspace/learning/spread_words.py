"""The words of shares in tenths and of terms, in the language of the page."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_skeleton
from django.utils.translation import gettext as _

from evenrise.publishing.numbers import LOCALES
from evenrise.workspace.learning.spread import LEAST, MOST
from evenrise.workspace.learning.terms import Term
from evenrise.workspace.people.queries.words import page_language


def share_words(tenths: int) -> str:
    """A share as it is told: "about 4 in 10", "1 in 10 or fewer"."""
    if tenths <= LEAST:
        return _("1 in 10 or fewer")
    if tenths >= MOST:
        return _("9 in 10 or more")
    return _("about %(n)s in 10") % {"n": tenths}


def term_words(term: Term, *, begins: bool = False) -> str:
    """A term by its months: "August 2026 to November 2026".

    Args:
        term: the term.
        begins: whether it stands at the beginning of a line.
    """
    told = _("%(first)s to %(last)s") % {
        "first": _month(term.year, term.month),
        "last": _month(*term.last_month),
    }
    return told[:1].upper() + told[1:] if begins else told


def _month(year: int, month: int) -> str:
    first = dt.date(year, month, 1)
    return str(format_skeleton("yMMMM", first, locale=LOCALES[page_language()]))
