"""A document read back into a plan; see `docx_file.py` for how it is written.

What the file was made from (its base) is laid beside what it says now. A part that
still reads the same was not touched, and keeps what the plan says today; a part that
reads otherwise is a change.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Text
from evenrise.workspace.plans.content import PlanContent, RungContent, read_content
from evenrise.workspace.plans.exchange import docx_layout as layout
from evenrise.workspace.plans.exchange.columns import TABLES
from evenrise.workspace.plans.exchange.docx_details import Details
from evenrise.workspace.plans.exchange.docx_paragraphs import pages_of
from evenrise.workspace.plans.exchange.docx_sections import Section, sections_of
from evenrise.workspace.plans.exchange.keys import Keys
from evenrise.workspace.plans.exchange.ladder import Placed, assemble
from evenrise.workspace.plans.exchange.one_reading import Reading
from evenrise.workspace.plans.exchange.packed import tree_of, unpack
from evenrise.workspace.plans.exchange.problems import (
    LONGEST,
    MOST_ROWS,
    Problem,
    Telling,
    check_size,
    unreadable,
)
from evenrise.workspace.plans.exchange.reading import read_rows
from evenrise.workspace.plans.exchange.writing import rows_of


CUSTOM = "urn:evenrise:plan:1"
_LONGEST_TITLE = 300


def read_document(
    data: bytes, before: PlanContent, telling: Telling
) -> tuple[PlanContent, tuple[Problem, ...]]:
    """The plan that a document says; see `docx_file.read`."""
    check_size(data)
    parts = unpack(data)
    pages = pages_of(parts)
    telling(0.3)
    head, sections = sections_of(pages.parts)
    base = _base_of(parts)
    if (base is None and not sections) or len(sections) > MOST_ROWS:
        raise unreadable(
            "No heading of the document is one of a plan: begin with the document that "
            "this page gives, and keep its styles.",
            "Ningún encabezado del documento es de un plan: empiece con el documento "
            "que da esta página y conserve sus estilos.",
        )
    problems: list[Problem] = []
    if base is None:
        problems.append(Problem(_FILE, _DROPPED, refused=False))
        base = before
    if pages.tracked:
        problems.append(Problem(_FILE, _TRACKED, refused=False))
    now = before if before.rungs and before.slug == base.slug else base
    merge = _Merge(base, now, problems)
    content = merge.merged(head, sections)
    telling(0.9)
    return content, tuple(problems)


_FILE = Text("The document", "El documento")
_DROPPED = Text(
    "What the word processor was to carry along is gone from the file, so its texts "
    "are laid beside the plan as it stands now. Nothing is lost; look at the "
    "difference with care.",
    "Lo que el procesador de texto debía conservar ya no está en el archivo; sus "
    "textos se comparan con el plan tal como está ahora. No se pierde nada; mire la "
    "diferencia con cuidado.",
)
_TRACKED = Text(
    "Tracked changes were taken as accepted.",
    "Los cambios con seguimiento se tomaron como aceptados.",
)
_FOR_READING = Text(
    "Tables of measures and of money are not read from a document: change them on "
    "the page or in the spreadsheet.",
    "Las tablas de mediciones y de dinero no se leen de un documento: cámbielas en "
    "la página o en la hoja de cálculo.",
)
_NO_TITLE = Text(
    "A heading is empty: what stands below it was not taken. Write a title.",
    "Un encabezado está vacío: no se tomó lo que hay debajo. Escriba un título.",
)


def _base_of(parts: Mapping[str, bytes]) -> PlanContent | None:
    """The plan that lies in the file; None where it was dropped or is not sound.

    A file comes from anywhere: the plan in it goes through the same checks as rows of
    a spreadsheet.
    """
    for name, part in parts.items():
        if not name.startswith("customXml/item") or CUSTOM.encode() not in part:
            continue
        tree = tree_of(part)
        if tree.tag != f"{{{CUSTOM}}}plan":
            continue
        try:
            content = read_content(base64.b64decode(tree.text or "", validate=True))
            empty = replace(content, rungs=(), departments=())
            reading = Reading(empty, frozenset(TABLES))
            checked, problems = read_rows(list(rows_of(content)), reading)
        except (InputProblem, binascii.Error, TypeError, ValueError, AttributeError):
            return None
        return None if problems else checked
    return None


class _Merge:
    """Lays sections beside the base, and changes today's plan where they differ."""

    def __init__(
        self, base: PlanContent, now: PlanContent, problems: list[Problem]
    ) -> None:
        self.base, self.now, self.problems = base, now, problems
        self.numbers = base.numbers()
        self.by_mark = {layout.bookmark(one.key): one.key for one in base.rungs}
        self.by_mark |= {layout.bookmark(one.key): one.key for one in now.rungs}
        self.old = {one.key: one for one in base.rungs}
        self.stands = {one.key: one for one in now.rungs}
        self.details = Details(base, self.numbers, problems)

    def merged(
        self, head: Mapping[str, list[str]], sections: Sequence[Section]
    ) -> PlanContent:
        named = self._named(sections)
        before_at = layout.parents_by_place(
            [
                (one.key, one.kind, depth)
                for one, depth in zip(
                    self.base.rungs,
                    layout.depths_of(self.base.rungs).values(),
                    strict=True,
                )
            ]
        )
        now_at = layout.parents_by_place(
            [(key, one.kind, one.depth) for key, one in named]
        )
        found: list[Placed] = []
        for key, section in named:
            placed = self._placed(key, section)
            if placed is None:
                continue
            if now_at[key] != before_at.get(key):
                placed.rung = replace(placed.rung, parent=now_at[key])
            found.append(placed)
        since = [
            Placed(0, one, known=True)
            for one in self.now.rungs
            if one.key not in self.old and one.key not in {key for key, _ in named}
        ]
        rungs = assemble([*found, *since], self.now, self.problems)
        return replace(self.now, **self._head(head), rungs=rungs)

    def _named(self, sections: Sequence[Section]) -> list[tuple[str, Section]]:
        """Each section with its rung's key: by bookmark, else by title, else new."""
        keys = Keys([*self.old, *self.stands], ())
        found = [self._marked(one.marks) for one in sections]
        seen: set[str] = set()
        for at, key in enumerate(found):  # a copied section keeps no name
            found[at] = None if key in seen else key
            seen |= {key} if key else set()
        for look in (self._hinted, self._titled):
            for at, section in enumerate(sections):
                if found[at] is None:
                    found[at] = look(section, seen)
                    seen |= {found[at] or ""}
        named: list[tuple[str, Section]] = []
        for at, section in enumerate(sections):
            cells = {"title": "\n".join(section.title), "kind": section.kind}
            key = found[at] or keys.new(cells | {"at": str(at)})
            named.append((key, section))
        return named

    def _marked(self, marks: set[str]) -> str | None:
        return next(
            (self.by_mark[one] for one in sorted(marks) if one in self.by_mark), None
        )

    def _hinted(self, section: Section, taken: set[str]) -> str | None:
        key = self._marked(section.hints)
        return None if key in taken else key

    def _titled(self, section: Section, taken: set[str]) -> str | None:
        wanted = layout.loose("\n".join(section.title))
        return next(
            (
                one.key
                for one in self.base.rungs
                if one.key not in taken
                and one.kind == section.kind
                and layout.loose(layout.heading_of(one)) == wanted
            ),
            None,
        )

    def _placed(self, key: str, section: Section) -> Placed | None:
        old = self.old.get(key)
        title = "\n".join(section.title)
        stands = self.stands.get(key) or old or RungContent(key=key, kind=section.kind)
        where = Text(f"“{title[:60]}”", f"«{title[:60]}»")
        empty = not layout.loose(title)
        if empty and (old is None or layout.loose(layout.heading_of(old))):
            self.problems.append(Problem(_FILE, _NO_TITLE))
            return Placed(0, stands, known=True) if old else None
        changes = self._changes(section, old, title)
        longest = max(len(str(one)) for one in [title, *changes.values()])
        if (
            longest > LONGEST
            or len(changes.get("title_es", "")) > _LONGEST_TITLE
            or (len(title) > _LONGEST_TITLE)
        ):
            self.problems.append(Problem(where, _TOO_LONG))
            return Placed(0, stands, known=True) if old else None
        changes |= self.details.changes(section.details, old, section.kind, where)
        self._look_at_tables(section, old, where)
        kind = section.kind if old is None or section.kind != old.kind else stands.kind
        rung = replace(stands, **{**changes, "kind": kind})
        if rung.kind != "step" and rung.state:
            rung = replace(rung, state="")
        if rung.begins_on and rung.ends_on and rung.ends_on < rung.begins_on:
            self.problems.append(Problem(where, _BACKWARDS))
            rung = replace(rung, begins_on=stands.begins_on, ends_on=stands.ends_on)
        known = key in self.stands
        return Placed(0, rung, known=known, orderless=old is None, where=where)

    def _changes(
        self, section: Section, old: RungContent | None, title: str
    ) -> dict[str, Any]:
        """The texts that read otherwise than they were written."""
        found: dict[str, Any] = {}
        if old is None:
            found["title_en"] = title.strip()
        elif layout.loose(title) != layout.loose(layout.heading_of(old)):
            found["title_en" if old.title_en else "title_es"] = title.strip()
        shown = layout.shown_texts(old) if old else dict.fromkeys(layout.FIELDS, "")
        for name, was in shown.items():
            reads = section.text(name)
            if layout.loose(reads) != layout.loose(was):
                found[name] = reads.strip("\n")
        return found

    def _look_at_tables(
        self, section: Section, old: RungContent | None, where: Text
    ) -> None:
        """Say where a table was changed that is only for reading."""
        wanted = [
            table(old)
            for table, parts in (
                (layout.measures_table, old.measures if old else ()),
                (layout.budget_table, old.budget if old else ()),
            )
            if old and parts
        ]
        if _loosely(section.tables) != _loosely(wanted):
            self.problems.append(Problem(where, _FOR_READING))

    def _head(self, head: Mapping[str, list[str]]) -> dict[str, Any]:
        base = self.base
        found: dict[str, Any] = {}
        shown = {
            "title": base.title_en or base.title_es,
            "title_es": base.title_es if base.title_en else "",
            "text_en": base.text_en,
            "text_es": base.text_es,
        }
        titled = "title_en" if base.title_en or not base.title_es else "title_es"
        for name, was in shown.items():
            reads = "\n".join(head.get(name, ()))
            if layout.loose(reads) == layout.loose(was):
                continue
            most = _LONGEST_TITLE if name.startswith("title") else LONGEST
            if len(reads) > most or (name == "title" and not layout.loose(reads)):
                self.problems.append(Problem(_FILE, _TOO_LONG))
            else:
                found[titled if name == "title" else name] = reads.strip("\n")
        return found


_TOO_LONG = Text(
    "A title or a text is empty or too long (300 letters for a title): it stays as it "
    "was.",
    "Un título o un texto está vacío o es demasiado largo (300 letras para un título): "
    "queda como estaba.",
)
_BACKWARDS = Text(
    "It ends before it begins: its days stay as they were.",
    "Termina antes de empezar: sus días quedan como estaban.",
)


def _loosely(
    tables: Sequence[Sequence[Sequence[str]]],
) -> list[list[list[str]]]:
    return [[[layout.loose(cell) for cell in row] for row in one] for one in tables]
