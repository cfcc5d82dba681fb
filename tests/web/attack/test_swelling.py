"""Files that swell, dropped on the page as a data steward drops them.

Each is small on its way in. None may take the memory or the disk of the server, each
costs one sentence, and the good file beside it is read as always.
"""

from __future__ import annotations

import io
import resource
import zipfile
from collections.abc import Iterator

import pytest
from django.urls import reverse

from evenrise.records.files import limits
from evenrise.workspace.data.models import Import
from evenrise.workspace.data.states import State
from tests.web.conftest import AS_OF
from tests.web.data.conftest import (  # noqa: F401 - fixtures of the room
    as_csv,
    at_once,
    home,
    rows,
    sent,
    small,
)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "at_once")]
MEGABYTE = 2**20
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _xlsx(cells: Iterator[str]) -> bytes:
    """A workbook of one sheet, written by hand: no library would write these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_SPACE}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="b"/></sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="b" '
            f'Type="{_OFFICE}/worksheet" Target="worksheets/s.xml"/></Relationships>',
        )
        with packed.open("xl/worksheets/s.xml", "w") as file:
            file.write(f'<worksheet xmlns="{_SPACE}"><sheetData>'.encode())
            for row in cells:
                file.write(row.encode())
            file.write(b"</sheetData></worksheet>")
    return out.getvalue()


def _corner() -> Iterator[str]:
    """Two cells: the first of a sheet, and the last that a sheet can have."""
    yield '<row r="1"><c r="A1"><v>1</v></c></row>'
    yield '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def _wide() -> Iterator[str]:
    for n in range(1, 12_000):
        yield f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c></row>'


def _long() -> Iterator[str]:
    row = f'<row><c t="inlineStr"><is><t>{"A" * 1000}</t></is></c></row>' * 1000
    for _ in range(400):
        yield row


def _many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for n in range(12):
            packed.writestr(f"part{n}.csv", b"a,b\n" + b"1,2\n" * (MEGABYTE // 4))
    return out.getvalue()


def _interchange(inside: str) -> bytes:
    student = f"<Student>{inside}</Student>"
    return f"<InterchangeStudent>{student}</InterchangeStudent>".encode()


FILES = {
    "corner.xlsx": (lambda: _xlsx(_corner()), "memoria"),
    "wide.xlsx": (lambda: _xlsx(_wide()), "memoria"),
    "long.xlsx": (lambda: _xlsx(_long()), "se descomprime a"),
    "parts.zip": (_many_parts, "se descomprime a"),
    "endless.xml": (lambda: _interchange("<b/>" * 3_000_000), "demasiadas partes"),
    "text.xml": (lambda: _interchange("A" * (30 * MEGABYTE)), "demasiado largo"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_swells_costs_one_sentence(as_person, rows, name, monkeypatch):  # noqa: F811
    make, says = FILES[name]
    if name == "parts.zip":  # a small disk: twelve parts of 1 MB are too much
        monkeypatch.setattr(limits, "FREE_EXPANSION", 4 * MEGABYTE)
    content = make()
    good = as_csv(rows("attendance")[:-3])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = as_person("steward", "es").post(
        reverse("bring_in"),
        {
            "as_of": AS_OF.isoformat(),
            "files": [sent(name, content), sent("attendance.csv", good)],
        },
    )
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 300, f"{grown:.0f} MB"
    assert answer.status_code == 302
    one = Import.objects.get()
    assert one.state == State.READY, one.problem
    told = [file for file in one.story["files"] if file["problem"]]
    assert told, one.story["files"]
    assert any(says in file["problem_es"] for file in told)
    assert all("\n" not in file["problem_es"] for file in told)
    kept = {file["file"]: file["rows_kept"] for file in one.story["files"]}
    assert kept["attendance.csv"] > 0
