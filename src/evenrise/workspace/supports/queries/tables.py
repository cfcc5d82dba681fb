"""Rows of counts as HTML, made once where a large district keeps its counts.

Nine hundred schools as rows take a template 100 ms; joined here, and remembered as long
as the counts stand, they take none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

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


_MOST = 32  # tables a process remembers: a few pages in two languages


@dataclass(frozen=True, slots=True)
class Bodies:
    """The rows of a table: all and the schools, then grades and groups; or blank."""

    first: SafeString
    more: SafeString


_made: dict[tuple[str, str, dt.datetime, Language], Bodies] = {}


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
    told = counts_bodies((key, "rows"), found, cells, width, language)
    return told.first + told.more


def counts_bodies(
    key: tuple[str, str],
    found: Counted,
    cells: Callable[[Counts], tuple[str, ...]],
    width: int,
    language: Language,
) -> Bodies:
    """The bodies of a table of counts, in two: grades and groups may be folded away.

    Args:
        key: which page's, and which of its counts become rows.
        found: the counts.
        cells: words of one row; none where there are too few students.
        width: how many cells a row has.
        language: the reader's.
    """
    rows = found.counts[key[1]]
    if found.made_at is None:
        return _bodies(rows, cells, width, language)
    name = (*key, found.made_at, language)
    if name not in _made:
        if len(_made) >= _MOST:
            _made.clear()
        _made[name] = _bodies(rows, cells, width, language)
    return _made[name]


def _bodies(
    rows: list[Counts],
    cells: Callable[[Counts], tuple[str, ...]],
    width: int,
    language: Language,
) -> Bodies:
    few = _("too few to say")
    first, more = (
        format_html_join("", "{}", ((_body(part, width, few),) for part in told))
        for told in parts(rows, cells, language)
    )
    return Bodies(first, more)


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
