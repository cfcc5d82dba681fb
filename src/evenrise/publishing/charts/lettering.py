"""How wide a text is, and how it breaks into lines, without a font engine.

Widths are advances of Noto Sans in thousandths of an em, the face of the documents; a
page's own face is a little wider or narrower, so every width carries a margin.
"""

from __future__ import annotations

from functools import lru_cache


_ADVANCES = {
    180: "‘’",
    260: "ijl ìíîï\u00a0",
    270: "!,.:;J¡·",
    300: "()",
    320: "-",
    330: "[]",
    340: "IfÌÍÎÏ",
    360: "tª“”",
    370: "/\\",
    380: "{}º",
    410: '"r',
    430: "?°¿",
    470: "z",
    480: "csç",
    500: "–",
    510: "vy§«»ýÿ",
    520: "FL",
    530: "kx",
    550: "*S|",
    560: "ETaeÈÉÊËàáâãäåèéêë",
    570: "$+0123456789<=>YZ~±×Ý÷−",
    590: "X",
    600: "PVoÞðòóôõöø→",
    620: "KRbdghnpquñùúûüþ",
    640: "ACÀÁÂÃÄÅÇß",
    650: "#B",
    730: "&DGUÐÙÚÛÜ",
    740: "H",
    760: "NÑ",
    780: "OQÒÓÔÕÖØ",
    790: "w…",
    830: "%",
    910: "M",
    930: "W@",
    940: "m",
    1000: "—",
}
_WIDTHS = {letter: advance for advance, run in _ADVANCES.items() for letter in run}
_UNKNOWN = 700
_MARGIN = 1.05  # faces on screen differ
_BOLD = 1.06


@lru_cache(maxsize=4096)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line, in the units of `size`."""
    thousandths = sum(_WIDTHS.get(letter, _UNKNOWN) for letter in text)
    return thousandths / 1000 * size * _MARGIN * (_BOLD if bold else 1)


@lru_cache(maxsize=2048)
def wrap(
    text: str, size: float, room: float, *, most: int = 4, bold: bool = False
) -> tuple[str, ...]:
    """Break a text at its spaces into lines of at most `room`; the last may end in `…`.

    A word longer than a line is cut with a hyphen rather than left to run out of the
    picture.
    """
    lines = [""]
    for word in _fitting_words(text, size, room, bold=bold):
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size, bold=bold) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        last = lines[most - 1]
        while last and width(last + "…", size, bold=bold) > room:
            last = last[:-1].rstrip()
        lines = [*lines[: most - 1], last + "…"]
    return tuple(lines)


def _fitting_words(text: str, size: float, room: float, *, bold: bool) -> list[str]:
    words: list[str] = []
    for word in text.split(" "):
        rest = word
        while width(rest, size, bold=bold) > room and len(rest) > 2:
            cut = len(rest) - 1
            while cut > 1 and width(rest[:cut] + "-", size, bold=bold) > room:
                cut -= 1
            words.append(rest[:cut] + "-")
            rest = rest[cut:]
        words.append(rest)
    return words
