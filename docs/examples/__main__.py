"""Renews the guide: prints each example into its pages and draws its pictures.

`.venv/bin/python -m docs.examples [method ...]` after a change. The words of a page are
written by hand; the fenced block and the line of the picture are written here.
"""

from __future__ import annotations

import re
import sys

from docs.examples.guide import METHODS, PICTURES, example_of, page_of, picture_line
from evenrise.publishing.charts.drawing import draw
from evenrise.vocabulary.text import LANGUAGES


BLOCK = re.compile(r"```text\n.*?```", re.DOTALL)
IMAGE = re.compile(r"^!\[.*$", re.MULTILINE)
GROUND = 'style="background:#fbfaf6"'  # ink needs its paper, also on a dark page
FONT = 'font-family="Noto Sans"'  # a reader's browser may not have it
FONTS = 'font-family="Noto Sans, system-ui, sans-serif"'


def renew(method: str) -> None:
    """One method: two pages and two pictures."""
    found = example_of(method)
    for language in LANGUAGES:
        ident = f"{method}-{language}"
        drawn = draw(found.picture, language, medium="paper", ident=ident)
        svg = drawn.replace("<svg ", f"<svg {GROUND} ", 1).replace(FONT, FONTS)
        end = "" if language == "en" else ".es"
        (PICTURES / f"{method}{end}.svg").write_text(svg + "\n", encoding="utf-8")
        path = page_of(method, language)
        page = path.read_text(encoding="utf-8")
        printed = "\n".join(line[language].rstrip() for line in found.lines)
        page = BLOCK.sub(lambda _, p=printed: f"```text\n{p}\n```", page)
        image = picture_line(method, found, language)
        path.write_text(IMAGE.sub(lambda _, i=image: i, page), encoding="utf-8")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or METHODS:
        renew(chosen)
        print(chosen)
