"""The rules of an indicator (Markdown of our own catalog) as HTML for a page."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt


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
    wrapped = made.replace(
        "<table>", '<div class="scroll" role="group" tabindex="0"><table>'
    ).replace("</table>", "</table></div>")
    return SafeString(wrapped)
