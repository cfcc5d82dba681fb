"""Files of a plan as people edit them, and as attackers do."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.plans.content import (
    BudgetContent,
    DepartmentContent,
    GroupPromise,
    MeasureContent,
    PlanContent,
    RungContent,
)
from evenrise.workspace.plans.exchange import csv_file, docx_file, xlsx_file
from evenrise.workspace.plans.exchange.words import BELOW
from evenrise.workspace.plans.models.words import (
    BELOW as MODEL_BELOW,
    FundingSource,
    LinkTo,
    RungKind,
    StepState,
)
from tests.support.plan_contents import empty


def _rung(key: str, kind: str, parent: str = "", place: int = 0) -> RungContent:
    return RungContent(
        key=key,
        kind=kind,
        parent=parent,
        place=place,
        title_en=f"Title of {key}",
        title_es=f"Título de {key}",
    )


def plan(steps: int = 3) -> PlanContent:
    """A priority, two goals, a strategy and its steps."""
    return PlanContent(
        slug="a-plan",
        kind="district",
        title_en="A plan",
        title_es="Un plan",
        begins_year=2026,
        ends_year=2028,
        departments=(DepartmentContent(key="care", name_en="Care", name_es="Cuidado"),),
        rungs=(
            _rung("p1", "priority"),
            replace(
                _rung("g1", "goal", "p1"),
                text_en="First line\n\nThird line",
                theory_en="If we act, students return.",
                measures=(
                    MeasureContent(
                        key="m1",
                        title_en="Absence",
                        baseline=0.213,
                        groups=(GroupPromise(family="f", group="g"),),
                    ),
                ),
            ),
            _rung("s1", "strategy", "g1"),
            *(
                replace(
                    _rung(f"t{n}", "step", "s1", n),
                    state="planned",
                    department="care",
                    begins_on="2026-08-01",
                    ends_on="2027-06-01",
                    depends=(f"t{n - 1}",) if n else (),
                    budget=(
                        BudgetContent(
                            key="b", source="local", school_year=2026, planned="10.00"
                        ),
                    ),
                )
                for n in range(steps)
            ),
            _rung("g2", "goal", "p1", 1),
        ),
    )


Lines = list[dict[str, str]]


def edited_csv(edit: Callable[[Lines], object], content: PlanContent) -> bytes:
    """The CSV of a plan after a person edited its rows."""
    text = csv_file.write(content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    edit(lines)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()


def line_of(lines: Lines, key: str) -> dict[str, str]:
    return next(x for x in lines if x["record"] == "rung" and x["key"] == key)


def test_the_codes_are_those_of_the_room() -> None:
    from evenrise.workspace.plans.exchange.words import CODES

    assert {kind: tuple(above) for kind, above in MODEL_BELOW.items()} == BELOW
    assert set(CODES["kind"]) == set(RungKind.values)
    assert set(CODES["state"]) == set(StepState.values)
    assert set(CODES["source"]) == set(FundingSource.values)
    assert set(CODES["link_kind"]) == set(LinkTo.values)


def test_a_row_without_a_key_is_a_new_step_where_it_stands() -> None:
    def edit(lines: Lines) -> None:
        row = dict.fromkeys(lines[0], "")
        row |= {"record": "rung", "kind": "Paso de acción", "title_es": "Nuevo"}
        at = lines.index(line_of(lines, "t1"))
        lines.insert(at, row)

    before = plan()
    content, problems = csv_file.read(edited_csv(edit, before), before)
    assert not problems
    steps = content.children("s1")
    assert [one.title_es for one in steps][1] == "Nuevo"
    assert len(steps) == 4
    again, _ = csv_file.read(edited_csv(edit, before), before)
    assert again == content


def test_rows_that_are_gone_and_moved() -> None:
    def edit(lines: Lines) -> None:
        one = line_of(lines, "t2")
        lines.remove(one)
        lines.insert(lines.index(line_of(lines, "t0")), one)
        gone = line_of(lines, "t1")
        line_of(lines, "t2")["depends"] = ""
        at = lines.index(gone)
        del lines[at : at + 2]  # the step and its money

    before = plan()
    content, problems = csv_file.read(edited_csv(edit, before), before)
    assert not problems
    assert [one.key for one in content.children("s1")] == ["t2", "t0"]
    assert content.rung("t2").budget == before.rung("t2").budget  # type: ignore[union-attr]


def test_a_bad_cell_leaves_its_row_as_it_was_and_says_where() -> None:
    def edit(lines: Lines) -> None:
        line_of(lines, "t1").update(ends_on="next summer", title_en="Changed")
        line_of(lines, "t2")["title_en"] = "Changed too"

    before = plan()
    content, problems = csv_file.read(edited_csv(edit, before), before)
    assert content.rung("t1") == before.rung("t1")
    assert content.rung("t2").title_en == "Changed too"  # type: ignore[union-attr]
    (problem,) = problems
    assert "next summer" in problem.said.en
    assert "next summer" in problem.said.es
    assert "Ends on" in problem.where.en
    assert "fila" in problem.where.es.lower()


def test_days_and_money_as_american_spreadsheets_write_them() -> None:
    def edit(lines: Lines) -> None:
        line_of(lines, "t1")["ends_on"] = "6/30/2027"
        money = next(x for x in lines if x["record"] == "budget")
        money["planned"] = "$12,500"

    before = plan()
    content, problems = csv_file.read(edited_csv(edit, before), before)
    assert not problems
    assert content.rung("t1").ends_on == "2027-06-30"  # type: ignore[union-attr]
    assert content.rung("t0").budget[0].planned == "12500.00"  # type: ignore[union-attr]


def test_a_rung_is_not_lost_because_the_one_above_it_is() -> None:
    def edit(lines: Lines) -> None:
        lines.remove(line_of(lines, "s1"))

    before = plan()
    content, problems = csv_file.read(edited_csv(edit, before), before)
    assert content == before
    assert any("stays as it was" in one.said.en for one in problems)


def test_steps_that_wait_in_a_circle_are_refused() -> None:
    def edit(lines: Lines) -> None:
        line_of(lines, "t0")["depends"] = "t2"

    before = plan()
    content, problems = csv_file.read(edited_csv(edit, before), before)
    assert any("circle" in one.said.en for one in problems)
    assert content.rung("t0").depends == ()  # type: ignore[union-attr]
    assert content.rung("t2").depends == ("t1",)  # type: ignore[union-attr]


def test_a_few_columns_change_only_what_they_hold() -> None:
    before = plan()
    rows = [
        f"{one.key};{one.title_es} nuevo" for one in before.rungs if one.key != "g2"
    ]
    data = "\n".join(["clave;Título (español)", *rows]).encode("cp1252")
    content, problems = csv_file.read(data, before)
    assert not problems
    assert content.rung("t1") == replace(
        before.rung("t1"),  # type: ignore[type-var]
        title_es="Título de t1 nuevo",
    )
    assert content.rung("g2") is None
    assert content.rung("g1").measures == before.rung("g1").measures  # type: ignore[union-attr]


def test_no_cell_of_a_csv_can_run() -> None:
    before = replace(plan(), text_en="=HYPERLINK(1)", title_en="+cmd|' /C calc'!A0")
    for line in csv.reader(io.StringIO(csv_file.write(before).decode("utf-8-sig"))):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in line)
    assert csv_file.read(csv_file.write(before), before)[0] == before


def test_a_workbook_edited_by_openpyxl() -> None:
    before = plan()
    book = load_workbook(io.BytesIO(xlsx_file.write(before)))
    ladder = book["Ladder · Escalera"]
    heads = {cell.value.split(" · ")[0]: cell.column for cell in ladder[1]}
    for row in range(2, ladder.max_row + 1):
        if ladder.cell(row, 1).value == "t1":
            ladder.cell(row, heads["Title (English)"]).value = "Changed"
            ladder.cell(row, heads["State"]).value = "Terminado"
        if ladder.cell(row, 1).value == "t2":
            ladder.cell(row, heads["Title (English)"]).value = "=1+1"
    del book["Evidence · Evidencia"]
    out = io.BytesIO()
    book.save(out)
    content, problems = xlsx_file.read(out.getvalue(), before)
    assert content.rung("t1").title_en == "Changed"  # type: ignore[union-attr]
    assert content.rung("t1").state == "done"  # type: ignore[union-attr]
    assert content.rung("t2") == before.rung("t2")
    (problem,) = problems
    assert "formula" in problem.said.en
    assert problem.where.en.startswith("Ladder, row ")


@pytest.mark.parametrize(
    "file", [csv_file, xlsx_file, docx_file], ids=["csv", "xlsx", "docx"]
)
def test_four_hundred_steps_lose_nothing(file) -> None:
    before = plan(400)
    assert file.read(file.write(before), before) == (before, ())
    assert file.read(file.write(before), empty()) == (before, ())


def test_texts_longer_than_a_cell() -> None:
    long = "año 👩🏽‍🏫 " * 9_000
    before = replace(plan(), text_en=long, text_es=f"{long}⟦0⟧")
    content, problems = xlsx_file.read(xlsx_file.write(before), empty())
    assert not problems
    assert content == before


def edited_docx(edit: Callable[[object], object], content: PlanContent) -> bytes:
    """The document of a plan after a person edited it."""
    document = Document(io.BytesIO(docx_file.write(content)))
    edit(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_document_edited_in_a_word_processor() -> None:
    def edit(document) -> None:
        for one in document.paragraphs:
            if one.text == "Title of t1":
                one.runs[0].text = "Changed"
            if one.text == "Title of g2":
                new = one.insert_paragraph_before("A new step")
                new.style = document.styles["Heading 4"]
                one.insert_paragraph_before("What it is for.")
        for table in document.tables:
            for row in table.rows:
                if row.cells[0].text.startswith("State"):
                    row.cells[1].text = "Begun"

    before = plan()
    content, problems = docx_file.read(edited_docx(edit, before), before)
    assert not problems
    assert content.rung("t1").title_en == "Changed"  # type: ignore[union-attr]
    assert content.rung("t1").state == "begun"  # type: ignore[union-attr]
    assert content.rung("g1") == before.rung("g1")
    assert len(content.rungs) == len(before.rungs) + 1
    assert content.rung("g2") == before.rung("g2")


def test_a_document_whose_section_was_deleted() -> None:
    def edit(document) -> None:
        body = document.element.body
        gone = False
        for one in list(body):
            text = "".join(one.itertext())
            if text.startswith("Action step · Paso de acción 1.1.2"):
                gone = True
            elif text.startswith("Action step"):
                gone = False
            if gone:
                body.remove(one)

    before = plan()
    content, _problems = docx_file.read(edited_docx(edit, before), before)
    assert [one.key for one in content.children("s1")] == ["t0", "t2"]


def test_a_document_that_lost_what_it_carried_says_so() -> None:
    before = plan()
    packed = zipfile.ZipFile(io.BytesIO(docx_file.write(before)))
    out = io.BytesIO()
    with packed, zipfile.ZipFile(out, "w") as again:
        for name in packed.namelist():
            if not name.startswith("customXml/"):
                again.writestr(name, packed.read(name))
    content, problems = docx_file.read(out.getvalue(), before)
    assert content == before
    assert ["is gone from the file" in one.said.en for one in problems] == [True]


def _packed(document: bytes, *besides: str) -> bytes:
    """A packed file with one part of its own, and others."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", document)
        for name in besides:
            packed.writestr(name, b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"x" * (13 * 2**20), "larger than"),
        (b"PK\x03\x04broken", "damaged"),
        (_packed(b" " * (130 * 2**20)), "unpacks"),
        (_packed(b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "XML"),
        (_packed(b"<a/>", "word/vbaProject.bin"), "macros"),
        (_packed(b"<a>"), "damaged"),
        (_packed(b"<a>" * 90 + b"</a>" * 90), "plan"),
    ],
)
@pytest.mark.parametrize("file", [docx_file, xlsx_file], ids=["docx", "xlsx"])
def test_what_is_not_to_be_trusted_is_refused(file, data: bytes, said: str) -> None:
    with pytest.raises(InputProblem) as problem:
        file.read(data, plan())
    if file is docx_file:
        assert said in problem.value.text.en


def test_a_cell_far_out_does_not_fill_the_machine() -> None:
    packed = zipfile.ZipFile(io.BytesIO(xlsx_file.write(plan())))
    out = io.BytesIO()
    with packed, zipfile.ZipFile(out, "w") as again:
        for name in packed.namelist():
            part = packed.read(name)
            if name == "xl/worksheets/sheet2.xml":
                far = b"<row r='1048576'><c r='&#88;FD1048576'><v>1</v></c></row>"
                part = part.replace(b"</sheetData>", far + b"</sheetData>")
            again.writestr(name, part)
    with pytest.raises(InputProblem, match="rows or"):
        xlsx_file.read(out.getvalue(), plan())


def _has_filter(kind: str) -> bool:
    parts = {"docx": "libswlo.so", "xlsx": "libsclo.so"}
    return any(Path("/usr/lib/libreoffice/program").glob(parts[kind]))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_word_processor_opens_and_saves_it_without_loss(
    kind: str, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None or not _has_filter(kind):
        pytest.skip("LibreOffice with Writer and Calc is not installed here.")
    file = {"docx": docx_file, "xlsx": xlsx_file}[kind]
    before = replace(
        plan(16),
        text_en="Tab\tand  two spaces \n\n👩🏽‍🏫 ñ “quoted” =1+1\r\nnext",
        title_es="",
    )
    (tmp_path / f"in.{kind}").write_bytes(file.write(before))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    told = [
        "--convert-to",
        kind,
        "--outdir",
        f"{tmp_path}/out",
        f"{tmp_path}/in.{kind}",
    ]
    subprocess.run(
        [office, "--headless", profile, *told],
        check=True,
        capture_output=True,
        timeout=120,
    )
    data = (tmp_path / "out" / f"in.{kind}").read_bytes()
    content, problems = file.read(data, before)
    assert not problems
    assert content == before
    afresh, _problems = file.read(data, empty())
    lines = before.text_en.replace("\r\n", "\n")
    assert replace(afresh, text_en=lines) == replace(before, text_en=lines)
