"""The words of shares in tenths and of terms, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from evenrise.workspace.learning.spread import LEAST, MOST
from evenrise.workspace.learning.terms import Term
from evenrise.workspace.people.queries.words import month_words


def share_words(tenths: int) -> str:
    """A share as it is told: "about 4 in 10", "1 in 10 or fewer"."""
    if tenths <= LEAST:
        return _("1 in 10 or fewer")
    if tenths >= MOST:
        return _("9 in 10 or more")
    return _("about %(n)s in 10") % {"n": tenths}


def term_words(term: Term) -> str:
    """A term by its months: "August 2026 to November 2026"."""
    return _("%(first)s to %(last)s") % {
        "first": month_words(term.year, term.month),
        "last": month_words(*term.last_month),
    }
