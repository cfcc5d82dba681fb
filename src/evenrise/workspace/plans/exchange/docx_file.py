"""A plan as a document that a board member reads, and back.

Headings, tables, styles and the language of each paragraph are a word processor's own.
Each rung carries a bookmark, and the plan as it was written lies in the file as a
custom XML part: what a person did not touch comes back to the letter. Where a word
processor dropped that part, the plan as it stands takes its place.
"""

from __future__ import annotations

import base64
import io
from functools import cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from evenrise.workspace.plans.content import PlanContent, content_bytes
from evenrise.workspace.plans.exchange.docx_layout import (
    EVIDENCE,
    FIELDS,
    HEADINGS,
    LABEL,
    NUMBER,
    TEXT,
    TEXT_ES,
    TITLE,
    TITLE_ES,
    Block,
    Para,
    blocks_of,
    bookmark,
)
from evenrise.workspace.plans.exchange.docx_reading import CUSTOM, read_document
from evenrise.workspace.plans.exchange.problems import Problem, Telling, silent


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_INK = RGBColor(0x1B, 0x36, 0x5D)
_LANGUAGES = {"en": "en-US", "es": "es-US"}
_SIZES = {1: 20, 2: 16, 3: 14, 4: 12}
_PROPERTIES = (
    '<ds:datastoreItem ds:itemID="{6B1D6A64-3C6E-4C0C-9E57-65766E726973}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{CUSTOM}"/></ds:schemaRefs>'
    "</ds:datastoreItem>"
)


def write(content: PlanContent) -> bytes:
    """The plan as DOCX."""
    document = Document(io.BytesIO(_empty()))
    title = content.title_en or content.title_es
    document.core_properties.title = _clean(title)[:200]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    _body(document, content)
    _keep(document, content)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(
    data: bytes, before: PlanContent, telling: Telling = silent
) -> tuple[PlanContent, tuple[Problem, ...]]:
    """The plan that a document says.

    Titles, texts, theories, what done means, order and each rung's own table (who,
    when, state, what it depends on) are read. Tables of measures and money and the
    evidence are for reading: they stay as they are in the plan.

    Args:
        data: the file.
        before: the plan as it stands.
        telling: is told how far the reading is, 0 to 1.

    Raises:
        InputProblem: when nothing can be read from it.
    """
    return read_document(data, before, telling)


@cache
def _empty() -> bytes:
    """A document with our styles and foot: most of the work, and always the same."""
    document = Document()
    _styles(document)
    _page(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _styles(document: Any) -> None:
    _style(document, TITLE, "Title", size=26)
    _style(document, TITLE_ES, "Subtitle", "es", size=16)
    _style(document, TEXT, "Body Text")
    _style(document, TEXT_ES, "Body Text", "es")
    _style(document, NUMBER, "Body Text", size=9, keep=True)
    _style(document, LABEL, "Body Text", size=9, keep=True)
    _style(document, EVIDENCE, "List Bullet")
    for name in FIELDS.values():
        _style(document, name, "Body Text", "es" if name.endswith("Spanish") else "en")
    for name, (_kind, _depth, level) in HEADINGS.items():
        _style(
            document, name, f"Heading {level}", size=_SIZES.get(level, 11), keep=True
        )
    title = document.styles[FIELDS["title_es"]]
    title.font.italic, title.font.size = True, Pt(12)


def _style(
    document: Any,
    name: str,
    base: str,
    language: str = "en",
    size: float = 11,
    *,
    keep: bool = False,
) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[base]
    style.quick_style = True
    style.font.name, style.font.size = "Noto Sans", Pt(size)
    if base not in {"Body Text", "List Bullet"}:
        style.font.color.rgb = _INK
    style.paragraph_format.keep_with_next = keep
    if name == NUMBER:
        style.paragraph_format.space_before = Pt(14)
        style.paragraph_format.space_after = Pt(0)
    elif name.startswith("Heading"):
        style.paragraph_format.space_before = Pt(0)
    style.element.get_or_add_rPr().append(
        parse_xml(f'<w:lang {_W} w:val="{_LANGUAGES[language]}"/>')
    )


def _page(document: Any) -> None:
    """A number at the foot of each page."""
    foot = document.sections[0].footer.paragraphs[0]
    for kind in ("begin", "instr", "end"):
        inner = (
            "<w:instrText>PAGE</w:instrText>"
            if kind == "instr"
            else f'<w:fldChar w:fldCharType="{kind}"/>'
        )
        foot._p.append(parse_xml(f"<w:r {_W}>{inner}</w:r>"))  # noqa: SLF001 - no other way


def _body(document: Any, content: PlanContent) -> None:
    told: list[str] = []
    for number, block in enumerate(blocks_of(content)):
        told.append(_xml(block, number))
    body = parse_xml(f"<w:body {_W}>{''.join(told)}</w:body>")
    last = document.element.body.sectPr
    for one in list(body):
        last.addprevious(one)


def _xml(block: Block, number: int) -> str:
    if isinstance(block, Para):
        style = block.style.replace(" ", "")
        runs = _run(block.text, block.language if block.key else "")
        if block.key:
            mark = f"{bookmark(block.key)}{'n' if block.style == NUMBER else 'h'}"
            runs = (
                f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>{runs}'
                f'<w:bookmarkEnd w:id="{number}"/>'
            )
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'
    rows = "".join(
        f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' * (block.headed and not at)}"
        + "".join(
            _cell(cell, bold=(block.headed and not at) or (not block.headed and not c))
            for c, cell in enumerate(row)
        )
        + "</w:tr>"
        for at, row in enumerate(block.rows)
    )
    grid = "<w:gridCol/>" * len(block.rows[0])
    look = f'w:firstRow="{int(block.headed)}" w:firstColumn="{int(not block.headed)}"'
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" '
        f'w:type="pct"/><w:tblLook {look}/><w:tblCaption w:val="{block.name}"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        '<w:p><w:pPr><w:pStyle w:val="PlanLabel"/></w:pPr></w:p>'
    )


def _cell(text: str, *, bold: bool) -> str:
    runs = _run(text, bold=bold)
    return f"<w:tc><w:tcPr/><w:p>{runs}</w:p></w:tc>"


def _run(text: str, language: str = "", *, bold: bool = False) -> str:
    """A run of text; line breaks and tabs are elements of their own."""
    clean = escape(_clean(text))
    for odd, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        clean = clean.replace(odd, f'</w:t>{element}<w:t xml:space="preserve">')
    told = f"<w:lang w:val={quoteattr(_LANGUAGES[language])}/>" if language else ""
    wear = f"<w:rPr>{'<w:b/>' * bold}{told}</w:rPr>" if bold or told else ""
    return f'<w:r>{wear}<w:t xml:space="preserve">{clean}</w:t></w:r>'


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        one
        for one in text
        if (one >= " " or one in "\n\t") and one not in "\ufffe\uffff"
    )


def _keep(document: Any, content: PlanContent) -> None:
    """Put the plan itself into the file, where no reader sees it."""
    told = base64.b64encode(content_bytes(content)).decode()
    package = document.part.package
    item = Part(
        PackURI("/customXml/item2.xml"),
        "application/xml",
        f'<plan xmlns="{CUSTOM}">{told}</plan>'.encode(),
        package,
    )
    properties = Part(
        PackURI("/customXml/itemProps2.xml"),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        _PROPERTIES.encode(),
        package,
    )
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
