"""The how-to pages as their tests read them: pairs of languages, outlines, names."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from babel.messages.pofile import read_po
from django.utils import translation

from tests.support.paths import ROOT
from tests.support.words import catalog_of, rooms


GUIDES = ROOT / "docs/how-to"
# For whoever runs the server or writes programs: these stand in English alone.
TECHNICAL = frozenset(
    {
        "back-up-and-restore",
        "fetch-records-every-night",
        "import-some-tables",
        "map-another-states-files",
        "read-with-a-program",
        "serve-a-district",
        "use-postgresql",
    }
)

_PRINTED = ROOT / "src/evenrise/publishing/locale/es/LC_MESSAGES/evenrise.po"
_TWIN = re.compile(r"\[(?:En español|In English)\]\([^)]*\)\.?")
_FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")
_INDENTED = re.compile(r"^ {4}\S.*$", re.MULTILINE)
_MARKED = re.compile(r"\*\*(.+?)\*\*|(?<![*\w])\*([^*\n]+?)\*(?![*\w])", re.DOTALL)
_LINES = {
    "heading": re.compile(r"#+ "),
    "step": re.compile(r"\s*\d+\. "),
    "point": re.compile(r"\s*- "),
    "row": re.compile(r"\|"),
    "picture": re.compile(r"!\["),
}


def guides() -> tuple[str, ...]:
    """The names of the how-to pages that staff read."""
    names = {
        path.stem for path in GUIDES.glob("*.md") if not path.name.endswith(".es.md")
    }
    return tuple(sorted(names - TECHNICAL))


def text_of(page: Path) -> str:
    """A page without its link to the other language."""
    return _TWIN.sub("", page.read_text("utf-8")).replace("\u00a0", " ")


def outline(text: str) -> dict[str, int]:
    """How many headings (by level), steps, points, rows, pictures, blocks, links."""
    found: Counter[str] = Counter()
    blocks = _FENCED.findall(text)
    for line in _FENCED.sub("", text).splitlines():
        for kind, begins in _LINES.items():
            head = begins.match(line)
            if head:
                found[kind + (head[0].strip() if kind == "heading" else "")] += 1
        found["line of code"] += bool(_INDENTED.match(line))
    found["block"] = len(blocks)
    found["link"] = len(re.findall(r"\]\(", text))
    return dict(found)


def blocks(text: str) -> list[str]:
    """What stands in fenced blocks: what a person copies is the same everywhere."""
    return _FENCED.findall(text)


def numbers(text: str) -> list[str]:
    """Every number in digits, sorted, without those of addresses."""
    prose = re.sub(r"\]\([^)]*\)", "]", text)
    return sorted(re.findall(r"\d+(?:[.,:/-]\d+)*", prose))


def marked(text: str) -> list[str]:
    """What stands in bold or italics, in order; `A > B` is two names."""
    prose = _CODE.sub("`", _INDENTED.sub("", _FENCED.sub("", text)))
    spans = [bold or slanted for bold, slanted in _MARKED.findall(prose)]
    return [folded(name) for span in spans for name in span.split(" > ")]


def folded(words: str) -> str:
    """Words as they are compared: in small letters, without what ends a sentence."""
    return " ".join(words.split()).casefold().strip(" .,:;?¿…")


def spanish_names() -> dict[str, set[str]]:
    """Every word of the interface, folded: what a Spanish reader sees in its place."""
    names: dict[str, set[str]] = {}
    entries = [(one, True) for room in rooms() for one in catalog_of(room) or ()]
    with _PRINTED.open("rb") as file:
        entries += [(one, False) for one in read_po(file, locale="es")]
    with translation.override("es"):
        for entry, on_screen in entries:
            ids = _each(entry.id)
            # Rooms share one table on screen: what it says may be another room's.
            shared = on_screen and not entry.context and len(ids) == 1
            for one in ids:
                told = [translation.gettext(one)] if shared else _each(entry.string)
                names.setdefault(folded(one), set()).update(map(folded, told))
    return names


def _each(words: object) -> list[str]:
    """The words of an entry of a catalog: one, or one for each number."""
    told = words if isinstance(words, (list, tuple)) else (words,)
    return [str(one) for one in told if one]
