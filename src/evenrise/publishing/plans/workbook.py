"""A plan's tables for the state as a workbook: a sheet a table."""

from __future__ import annotations

import io
import re

from evenrise.publishing.plans.model import PlanStory
from evenrise.publishing.spreadsheets import workbook_of_texts


_ODD = re.compile(r"[\[\]:*?/\\']")
_NAME = 31  # letters of a sheet's name, as Excel allows
_WIDEST, _NARROWEST = 60, 10  # letters of a column
_MONEY = re.compile(r"\$([\d,]+(?:\.\d+)?)\Z")


def tables_workbook(story: PlanStory) -> bytes:
    """The tables as XLSX: heads frozen, dollars as numbers, nothing that computes."""
    out = io.BytesIO()
    book = workbook_of_texts(out)
    book.set_properties({"title": story.title, "comments": story.edition})
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": "$#,##0.00", "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 13})
    for one in story.tables:
        sheet = book.add_worksheet(_ODD.sub(" ", one.name)[:_NAME])
        sheet.write_string(0, 0, f"{story.title}: {one.caption}", title)
        sheet.write_string(1, 0, one.note or story.edition)
        for column, words in enumerate(one.heads):
            cells = [words, *(row[column] for row in one.rows)]
            wide = min(_WIDEST, max(_NARROWEST, *(len(cell) for cell in cells)))
            sheet.set_column(column, column, wide)
            sheet.write_string(2, column, words, head)
            for row, cell in enumerate(cells[1:], start=3):
                number = _MONEY.match(cell) if column in one.money else None
                if number:
                    amount = float(number[1].replace(",", ""))
                    sheet.write_number(row, column, amount, money)
                else:
                    sheet.write_string(row, column, cell, text)
        sheet.freeze_panes(3, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
    book.close()
    return out.getvalue()
