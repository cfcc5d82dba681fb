"""Long parts of a page that are joined in one go: the rows and lists of many schools.

A template asks a dozen questions a row; at 850 schools that was most of a page.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from evenrise.workspace.insights.queries.indicators import Choice
from evenrise.workspace.insights.shown import Row


register = template.Library()
_CHOSEN = mark_safe(" selected")
_ALL = mark_safe(' class="all"')
_ROW = '<tr{}><th scope="row">{}</th>{}<td class="number">{}</td>{}</tr>\n'
_KNOWN = '<td class="number"><a href="{}">{}</a></td><td class="number">{}</td>'
_HIDDEN = '<td class="hidden" colspan="2"><a href="{}">{}</a></td>'
_GAP = '<td class="number">{}</td><td>{}</td>'


@register.simple_tag
def options(choices: Iterable[Choice]) -> SafeString:
    """The options of a select."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((one.value, _CHOSEN if one.chosen else "", one.label) for one in choices),
    )


@register.simple_tag
def fact_rows(rows: Iterable[Row], gaps: object) -> SafeString:
    """The rows of a table of facts, with or without their gaps."""
    return format_html_join("", _ROW, (_cells(row, gaps=bool(gaps)) for row in rows))


@register.simple_tag
def fact_row(row: Row, gaps: object) -> SafeString:
    """One row of a table of facts."""
    return format_html(_ROW, *_cells(row, gaps=bool(gaps)))


def _cells(row: Row, *, gaps: bool) -> tuple[object, ...]:
    label = format_html('<a href="{}">{}</a>', row.link, row.label)
    figure = (
        format_html(_KNOWN, row.url, row.value, row.interval)
        if row.known
        else format_html(_HIDDEN, row.url, row.value)
    )
    return (
        _ALL if row.focus else "",
        label if row.link else row.label,
        figure,
        row.n,
        format_html(_GAP, row.gap, row.certainty) if gaps else "",
    )
