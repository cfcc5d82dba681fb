"""Parts of a page that templates ask for by name: `{% load parts %}`.

Numbers arrive as words (formatting belongs to queries, in Python); these tags only put
them into the same markup everywhere. The markup of all parts stands on the pattern
page, `foundation/patterns.html`.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy as _


register = template.Library()

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)
THEME_COOKIE = "theme"

# Why there is no number: the status of a fact, or the reason of an estimate.
WORDS: dict[str, Any] = {
    "suppressed": _("hidden: too few to show"),
    "no_students": _("no students"),
    "not_applicable": _("does not apply"),
    "not_collected": _("not collected"),
    "not_loaded": _("not brought in yet"),
    "too_few": _("too few to say"),
}
CERTAINTY: dict[str, Any] = {
    "different": _("A clear difference"),
    "unclear": _("Unclear"),
    "too_few": _("Too few students to say"),
}


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> SafeString:
    """` data-theme="dark"` where the person chose so; nothing follows the device."""
    request = context.get("request")
    chosen = (
        request.COOKIES.get(THEME_COOKIE) if isinstance(request, HttpRequest) else None
    )
    if chosen in THEMES:
        return format_html(' data-theme="{}"', chosen)
    return SafeString()


@register.simple_tag
def estimate(
    value: str = "", interval: str = "", n: str = "", status: str = "reported"
) -> SafeString:
    """Value, interval and n, always together; or the word for why there is none.

    Args:
        value: as a person reads it ("41%").
        interval: as a person reads it ("38% to 44%"), or blank where there is none.
        n: how many students ("1,204"), or blank.
        status: a fact's status or an estimate's reason; anything but "reported" shows
            its word instead of a number.
    """
    if status != "reported":
        return status_word(status)
    parts = [format_html('<span class="value">{}</span>', value)]
    if interval:
        label = gettext("could be")
        parts.append(
            format_html(
                ' <span class="interval"><span class="hush">{} </span>{}</span>',
                label,
                interval,
            )
        )
    if n:
        parts.append(
            format_html(
                ' <span class="n"><abbr title="{}">n</abbr> {}</span>',
                gettext("number of students"),
                n,
            )
        )
    return format_html('<span class="estimate">{}</span>', _joined(parts))


@register.simple_tag
def status_word(status: str) -> SafeString:
    """Why there is no number, hatched; each reason has its own word."""
    return format_html(
        '<span class="status {}">{}</span>', status, WORDS.get(status, _("no number"))
    )


@register.simple_tag
def certainty(key: str) -> SafeString:
    """How sure: a full, half or open mark with its words."""
    return format_html(
        '<span class="certainty {}">{}</span>', key, CERTAINTY.get(key, key)
    )


@register.simple_tag
def term(word: str, meaning: str) -> SafeString:
    """A word that opens its definition; a click or Enter, never hover alone."""
    return format_html(
        '<details class="term"><summary>{}</summary><p>{}</p></details>', word, meaning
    )


@register.simple_tag(takes_context=True)
def page_link(context: template.Context, number: int) -> str:
    """The address of another page of the same list, with its filters kept."""
    request = context["request"]
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _joined(parts: list[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - each part was escaped above
