"""The rules of an indicator (Markdown of our own catalog) as HTML for a page."""

from __future__ import annotations

import re
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt


# One indicator's rules name another's by its file.
_NEIGHBOR = re.compile(r'href="\.\./(\w+)/rules(?:\.es)?\.md"')


@lru_cache(maxsize=64)
def rules_html(text: str) -> SafeString:
    """The rules without their first heading, which the page says itself.

    Headings stand one level lower, under the page's; tables scroll on a telephone.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        tokens = tokens[3:]
    made: str = str(parser.renderer.render(tokens, parser.options, {}))
    made = _NEIGHBOR.sub(
        lambda found: f'href="{reverse("definition", args=(found[1],))}"', made
    )
    wrapped = made.replace(
        "<table>", '<div class="scroll" role="group" tabindex="0"><table>'
    ).replace("</table>", "</table></div>")
    return SafeString(wrapped)
