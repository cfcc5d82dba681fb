"""The paper that slides are set on: sizes, colours, words, descriptions, notes.

python-pptx's plain template brings the layouts; everything a reader sees is placed
here. Every slide has a title, every text its language, every picture its description.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Length, Pt

from evenrise.publishing.charts.ink import LIGHT
from evenrise.vocabulary.text import Language


WIDTH, HEIGHT = 13.333, 7.5  # inches
LEFT, RIGHT = 0.7, 12.633
FACE = "Segoe UI"
TITLE_ONLY = 5  # the template's layout with a title and nothing else
_TAGS: dict[Language, str] = {"en": "en-US", "es": "es-US"}
RISE = "0b7a75"


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        """The place as python-pptx takes it."""
        return (
            Inches(self.left),
            Inches(self.top),
            Inches(self.width),
            Inches(self.height),
        )


@dataclass(frozen=True, slots=True)
class Letters:
    """How words are set on a slide."""

    size: float = 18
    ink: str = LIGHT["ink"]
    bold: bool = False


MUTED = Letters(12, LIGHT["muted"])


def rgb(colour: str) -> Any:
    """`#0a5c8f` as python-pptx takes it."""
    builder: Any = RGBColor  # python-pptx carries no types
    return builder.from_string(colour.lstrip("#").upper())


class Deck:
    """A presentation in one language, on the house's paper."""

    def __init__(self, language: Language, title: str) -> None:
        self.language = language
        self.presentation: Any = Presentation()
        self.presentation.slide_width = Inches(WIDTH)
        self.presentation.slide_height = Inches(HEIGHT)
        core = self.presentation.core_properties
        core.title, core.author, core.language = title, "Evenrise", _TAGS[language]
        master = self.presentation.slide_master
        master.background.fill.solid()
        master.background.fill.fore_color.rgb = rgb(LIGHT["paper"])

    def slide(self, title: str, *, size: float = 28, top: float = 0.45) -> Any:
        """A new slide with its title, in the placeholder that readers look for."""
        layout = self.presentation.slide_layouts[TITLE_ONLY]
        slide = self.presentation.slides.add_slide(layout)
        shape = slide.shapes.title
        box = Box(LEFT, top, RIGHT - LEFT, 1.15)
        shape.left, shape.top, shape.width, shape.height = box.emu
        self._fill(shape.text_frame, [title], Letters(size, bold=True))
        return slide

    def words(
        self, slide: Any, box: Box, paragraphs: Sequence[str], letters: Letters
    ) -> Any:
        """A text box; each paragraph on its own line."""
        shape = slide.shapes.add_textbox(*box.emu)
        self._fill(shape.text_frame, paragraphs, letters)
        return shape

    def runs(self, slide: Any, box: Box, parts: Sequence[tuple[str, Letters]]) -> None:
        """One paragraph of differently set words."""
        frame = slide.shapes.add_textbox(*box.emu).text_frame
        self._prepare(frame)
        for words, letters in parts:
            self._run(frame.paragraphs[0], words, letters)

    def rule(self, slide: Any, at: tuple[float, float], width: float) -> None:
        """A thin line in the house's colour; only an ornament, so it says nothing."""
        box = Box(at[0], at[1], width, 0.03)
        shape = slide.shapes.add_shape(1, *box.emu)
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(RISE)
        shape.line.fill.background()
        decorate(shape)

    def small(self, *, bold: bool = False) -> Letters:
        """Letters of a heading inside a picture."""
        return Letters(11, LIGHT["ink"] if bold else LIGHT["muted"], bold)

    def page_number(self, slide: Any, box: Box) -> None:
        """The slide's number, as a field that follows when slides are moved."""
        frame = slide.shapes.add_textbox(*box.emu).text_frame
        self._prepare(frame)
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        number = len(self.presentation.slides)
        colour = LIGHT["muted"].lstrip("#")
        field = parse_xml(
            f"<a:fld {nsdecls('a')} id='{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}'"
            f" type='slidenum'><a:rPr lang='{_TAGS[self.language]}' sz='1200'>"
            f"<a:solidFill><a:srgbClr val='{colour}'/></a:solidFill></a:rPr>"
            f"<a:t>{number}</a:t></a:fld>"
        )
        paragraph._p.append(field)  # noqa: SLF001

    def notes(self, slide: Any, paragraphs: Sequence[str]) -> None:
        """What the speaker sees: caveats, sources, how sure."""
        frame = slide.notes_slide.notes_text_frame
        frame.text = "\n".join(paragraphs)
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run._r.get_or_add_rPr().set("lang", _TAGS[self.language])  # noqa: SLF001

    def table(
        self, slide: Any, box: Box, rows: Sequence[Sequence[str]], description: str
    ) -> Any:
        """A native table; its first row is its heading."""
        frame = slide.shapes.add_table(len(rows), len(rows[0]), *box.emu)
        describe(frame, description)
        table = frame.table
        table.horz_banding = False
        for y, row in enumerate(rows):
            table.rows[y].height = Inches(box.height / len(rows))
            for x, words in enumerate(row):
                self._cell(table.cell(y, x), words, head=y == 0, number=x > 0)
        return table

    def _cell(self, cell: Any, words: str, *, head: bool, number: bool) -> None:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(LIGHT["wash" if head else "paper"])
        cell.margin_top = cell.margin_bottom = Inches(0.03)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        frame = cell.text_frame
        self._run(frame.paragraphs[0], words, Letters(11, LIGHT["ink"], bold=head))
        frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if number else PP_ALIGN.LEFT

    def _prepare(self, frame: Any) -> None:
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = 0
        frame.margin_top = frame.margin_bottom = 0

    def _fill(self, frame: Any, paragraphs: Sequence[str], letters: Letters) -> None:
        self._prepare(frame)
        for place, words in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            paragraph.space_after = Pt(letters.size * 0.45)
            self._run(paragraph, words, letters)

    def _run(self, paragraph: Any, words: str, letters: Letters) -> None:
        run = paragraph.add_run()
        run.text = words
        run.font.size, run.font.bold = Pt(letters.size), letters.bold
        run.font.name = FACE
        run.font.color.rgb = rgb(letters.ink)
        run._r.get_or_add_rPr().set("lang", _TAGS[self.language])  # noqa: SLF001


def describe(shape: Any, description: str) -> None:
    """Give a picture, a chart or a table its text alternative."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", description)  # noqa: SLF001


def decorate(shape: Any) -> None:
    """Say that a shape is an ornament, so that a screen reader passes it over."""
    properties = shape._element.xpath(".//p:cNvPr")[0]  # noqa: SLF001
    extensions = properties.makeelement(qn("a:extLst"), {})
    extension = properties.makeelement(
        qn("a:ext"), {"uri": "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"}
    )
    space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    extension.append(
        extension.makeelement(f"{{{space}}}decorative", {"val": "1"}, {"adec": space})
    )
    extensions.append(extension)
    properties.append(extensions)
    properties.set("descr", "")
