"""Renews the guide: prints each example into its pages and draws its pictures.

`.venv/bin/python -m docs.examples [method ...]` after a change. The words of a page are
written by hand; the fenced block and the line of the picture are written here.
"""

from __future__ import annotations

import re
import sys

from docs.examples.guide import METHODS, PICTURES, example_of, page_of, picture_lines
from evenrise.publishing.charts.drawing import draw
from evenrise.vocabulary.text import LANGUAGES


BLOCK = re.compile(r"```text\n.*?```", re.DOTALL)
IMAGE = re.compile(r"(?:^\*\*.*\*\*\n\n)?^!\[.*$", re.MULTILINE)
SIZE = re.compile(r'viewBox="0 0 (\S+) (\S+)" width="\S+" height="\S+"')
MARGIN = 14.0
GROUND = 'style="background:#fbfaf6"'  # ink needs its paper, also on a dark page
FONT = 'font-family="Noto Sans"'  # a browser may not have it: then one as narrow
FONTS = 'font-family="Noto Sans, Helvetica, Arial, sans-serif"'


def on_paper(svg: str) -> str:
    """A picture that stands alone: its own ground, a margin, fonts to fall back on."""
    found = SIZE.search(svg)
    if found is None:
        raise ValueError("The picture does not say its size.")
    wide, tall = (float(part) + 2 * MARGIN for part in found.groups())
    box = f'viewBox="{-MARGIN} {-MARGIN} {wide:.1f} {tall:.1f}"'
    size = f'{GROUND} {box} width="{wide:.1f}" height="{tall:.1f}"'
    return SIZE.sub(size, svg, count=1).replace(FONT, FONTS) + "\n"


def renew(method: str) -> None:
    """One method: two pages and two pictures."""
    found = example_of(method)
    for language in LANGUAGES:
        ident = f"{method}-{language}"
        svg = draw(found.picture, language, medium="paper", ident=ident)
        end = "" if language == "en" else ".es"
        (PICTURES / f"{method}{end}.svg").write_text(on_paper(svg), encoding="utf-8")
        path = page_of(method, language)
        page = path.read_text(encoding="utf-8")
        printed = "\n".join(line[language].rstrip() for line in found.lines)
        page = BLOCK.sub(lambda _, p=printed: f"```text\n{p}\n```", page)
        image = picture_lines(method, found, language)
        path.write_text(IMAGE.sub(lambda _, i=image: i, page), encoding="utf-8")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or METHODS:
        renew(chosen)
        print(chosen)
