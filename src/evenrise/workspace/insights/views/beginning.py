"""What the pages of this room begin with: what stands, for whom, in which language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evenrise.publishing.page_store.model import FactLine
from evenrise.publishing.spreadsheets import as_csv
from evenrise.vocabulary.errors import EvenriseError
from evenrise.workspace.data.standing import pages_of, standing
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.people.models import Person


View = Callable[..., HttpResponse]


def who(request: HttpRequest) -> Person:
    """The person who is signed in."""
    return cast("Person", request.user)


def with_stand(view: View) -> View:
    """Hand the view what stands now; before the first import, say what to do."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = standing()
        if now is None:
            return render(request, "insights/nothing_yet.html")
        stand = Stand(pages_of(now.snapshot), now, who(request))
        return view(request, stand, *args, **kwargs)

    return shown


def done(request: HttpRequest, words: str, url: str) -> HttpResponse:
    """Say what was done, on the page that shows it."""
    messages.success(request, words)
    return redirect(url)


def tried(
    verb: Callable[[], Any],
    request: HttpRequest,
    *,
    told: tuple[type[EvenriseError], ...] = (Overtaken,),
) -> bool:
    """Whether a verb was done; a person who was overtaken is told so.

    Args:
        verb: does it.
        request: whose page says what stopped it.
        told: what may stop it and is said on the page; all else goes on.

    Raises:
        Http404: when it is not theirs.
    """
    try:
        verb()
    except NotYours as problem:
        raise Http404 from problem
    except told as problem:
        messages.error(request, str(problem))
        return False
    return True


def there(found: Any) -> Any:
    """What was found, or "not there"."""
    if found is None:
        raise Http404
    return found


def number(text: str) -> int | None:
    """A whole number that a reader chose; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def csv_file(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """A file for a spreadsheet: no cell is taken for a formula."""
    response = HttpResponse(as_csv(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


FACT_HEADS = (
    "indicator",
    "school_year",
    "level",
    "organization_id",
    "organization_name",
    "group_family",
    "group",
    "numerator",
    "denominator",
    "value",
    "lower",
    "upper",
    "status",
    "snapshot",
)


def facts_file(name: str, facts: Iterable[FactLine], snapshot: str) -> HttpResponse:
    """Protected facts as a file, each once; a hidden one has no number in it."""
    rows = dict.fromkeys(
        (
            one.indicator,
            one.school_year,
            str(one.organization.level),
            one.organization.organization_id,
            one.organization.name,
            one.group_family,
            one.group,
            one.numerator,
            one.denominator,
            one.estimate.value,
            one.estimate.lower,
            one.estimate.upper,
            "in_question" if one.in_question else str(one.status),
            snapshot,
        )
        for one in facts
    )
    return csv_file(name, FACT_HEADS, rows)
