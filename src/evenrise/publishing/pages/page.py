"""A story as one self-contained page: style and pictures inside, no script at all.

The page's content policy allows its own style sheet by its hash and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evenrise.findings.pictures import Picture
from evenrise.publishing.charts.drawing import draw
from evenrise.publishing.charts.frame import NARROW, WIDE
from evenrise.publishing.charts.ink import DARK, LIGHT
from evenrise.publishing.languages import Words
from evenrise.publishing.story import Story


TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style() -> str:
    """The style sheet, with the palettes of the charts as its variables."""
    sheet = (TEMPLATES / "review.css").read_text(encoding="utf-8")
    for name, palette in (("LIGHT", LIGHT), ("DARK", DARK)):
        variables = "".join(f"--{key}:{value};" for key, value in palette.items())
        sheet = sheet.replace(f"/*{name}*/", variables)
    return "\n".join(line.strip() for line in sheet.splitlines() if line.strip())


def policy(sheet: str) -> str:
    """The content policy: the sheet by its hash, pictures from the page itself."""
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def render_page(story: Story, words: Words, links: dict[str, str]) -> str:
    """The page of a story.

    Args:
        story: the review in the words' language.
        words: the interface's words.
        links: where the other languages, documents and data lie, from this page:
            `en`, `es`, `pdf`, `slides`, `facts`, `findings`, `import`.
    """
    sheet = style()

    def picture(one: Picture, ident: str) -> Markup:
        """Wide and narrow; the style sheet shows one of them."""
        wide = draw(one, words.language, width=WIDE, ident=f"{ident}-w")
        narrow = draw(one, words.language, width=NARROW, ident=f"{ident}-n")
        # The charts escape every word that goes into them.
        return Markup(  # noqa: S704
            f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>'
        )

    context: dict[str, Any] = {
        "story": story,
        "say": words.say,
        "plural": words.plural,
        "links": links,
        "sheet": Markup(sheet),  # noqa: S704 - our own file
        "policy": policy(sheet),
        "picture": picture,
    }
    return _environment().get_template("review.html").render(context)
