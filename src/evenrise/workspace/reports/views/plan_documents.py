"""A plan in force as documents: report, one page, slides, tables of the state."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from evenrise import __version__
from evenrise.publishing.plans.documents import report, summary
from evenrise.publishing.plans.model import PlanStory
from evenrise.publishing.plans.workbook import tables_workbook
from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.door import public
from evenrise.workspace.reports.kept_pages import KeptPages
from evenrise.workspace.reports.plan_releasing import in_force, public_editions
from evenrise.workspace.reports.plan_story import plan_story
from evenrise.workspace.reports.releasing import public_pages


_OFFICE = "application/vnd.openxmlformats-officedocument"
_KEEP = "public, max-age=300"
# Making one costs half a second of work: many readers at once cost what one costs.
_LATELY = KeptPages(seconds=3600)


def _slides(story: PlanStory) -> bytes:
    from evenrise.publishing.plans.slides import (  # noqa: PLC0415 - python-pptx is slow
        board_slides,
    )

    return board_slides(story)


DOCUMENTS: dict[str, tuple[Callable[[PlanStory], bytes], str]] = {
    "report.pdf": (report, "application/pdf"),
    "summary.pdf": (summary, "application/pdf"),
    "slides.pptx": (_slides, f"{_OFFICE}.presentationml.presentation"),
    "tables.xlsx": (tables_workbook, f"{_OFFICE}.spreadsheetml.sheet"),
}


@public
@require_safe
def public_plan_document(
    request: HttpRequest, language: Language, plan: str, name: str
) -> HttpResponse:
    """One document of the plan that everybody reads."""
    del request
    figures = public_pages()
    found = in_force(public_editions(plan)) if name in DOCUMENTS else None
    if figures is None or found is None:
        raise Http404
    release, pages = figures
    make, kind = DOCUMENTS[name]
    key = f"{release.pk}-{release.content}-{found.release.pk}-{name}-{language}"
    made = _LATELY.find(f"{key}-{__version__}")
    if made is None:
        made = make(plan_story(found.plan, pages, language))
        _LATELY.keep(f"{key}-{__version__}", made)
    answer = HttpResponse(made, content_type=kind)
    stem, _dot, ending = name.partition(".")
    answer["Content-Disposition"] = (
        f'inline; filename="{plan}-{stem}.{language}.{ending}"'
    )
    answer["Cache-Control"] = _KEEP
    return answer
