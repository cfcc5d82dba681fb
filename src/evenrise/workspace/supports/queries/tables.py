"""Rows of counts as HTML, made once where a large district keeps its counts.

Nine hundred schools as rows take a template 100 ms; joined here, and remembered as long
as the counts stand, they take none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.supports.queries.counting import (
    Counted,
    Counts,
    Line,
    Part,
    parts,
)


_MOST = 16  # tables a process remembers: a few pages in two languages
_made: dict[tuple[str, dt.datetime, Language], SafeString] = {}


def counts_table(
    key: str,
    found: Counted,
    cells: Callable[[Counts], tuple[str, ...]],
    width: int,
    language: Language,
) -> SafeString:
    """The bodies of a table of counts: all, schools, grades, groups.

    Args:
        key: which page's.
        found: the counts; their `rows` become rows.
        cells: words of one row; none where there are too few students.
        width: how many cells a row has.
        language: the reader's.
    """
    if found.made_at is None:
        return _bodies(found.counts["rows"], cells, width, language)
    name = (key, found.made_at, language)
    if name not in _made:
        if len(_made) >= _MOST:
            _made.clear()
        _made[name] = _bodies(found.counts["rows"], cells, width, language)
    return _made[name]


def _bodies(
    rows: list[Counts],
    cells: Callable[[Counts], tuple[str, ...]],
    width: int,
    language: Language,
) -> SafeString:
    first, more = parts(rows, cells, language)
    few = _("too few to say")
    return format_html_join(
        "", "{}", ((_body(part, width, few),) for part in [*first, *more])
    )


def _body(part: Part, width: int, few: str) -> SafeString:
    head = SafeString()
    if part.name:
        head = format_html(
            '<tr><th scope="rowgroup" colspan="{}"><span class="quiet">{}</span></th>'
            "</tr>",
            width + 1,
            part.name,
        )
    told = format_html_join(
        "\n", "{}", ((_row(line, part.name, width, few),) for line in part.lines)
    )
    return format_html("<tbody>{}{}</tbody>\n", head, told)


def _row(line: Line, part: str, width: int, few: str) -> SafeString:
    if line.cells:
        cells = format_html_join(
            "", '<td class="number">{}</td>', ((cell,) for cell in line.cells)
        )
    else:
        cells = format_html('<td class="hidden" colspan="{}">{}</td>', width, few)
    return format_html(
        '<tr{}><th scope="row">{}</th>{}</tr>',
        "" if part else SafeString(' class="all"'),
        line.name,
        cells,
    )
