"""What people and records write is text: it never runs, in a page or a spreadsheet."""

from __future__ import annotations

import csv
import re

import pytest
from django.utils import timezone

from evenrise.workspace.data.models import DataQuestion, Import
from evenrise.workspace.insights.models import Evidence, Quote, Recommendation, Remark
from evenrise.workspace.people.models import (
    Caseload,
    Person,
    School,
    Section,
    Student,
)


pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>{{ 7 }}"
FORMULA = '=HYPERLINK("https://evil.example","x")'
RUNS = (
    "<script>alert",
    "<img src=x",
    'href="javascript',
    "HYPERLINK(https",
)


@pytest.fixture
def addresses(cast, db_district) -> list[str]:
    """Every kind of text is made to run if it can; the pages that show it."""
    steward, now = cast["steward"], timezone.now()
    School.objects.update(name=SCRIPT)
    Student.objects.update(given_name=SCRIPT, family_name=FORMULA)
    Section.objects.update(title=SCRIPT, subject=SCRIPT)
    Person.objects.update(name=SCRIPT)
    Caseload.objects.update(name=SCRIPT)
    finding = db_district.pages.main()[0].key
    Remark.objects.create(finding_key=finding, by=steward, text=SCRIPT)
    visit = Evidence.objects.create(
        kind="visit",
        title=SCRIPT,
        held_on=now.date(),
        language="en",
        text=SCRIPT,
        took_part=SCRIPT,
        by=steward,
    )
    Quote.objects.create(evidence=visit, place=0, text=SCRIPT, said_by="student")
    asked = Recommendation.objects.create(
        text_en=SCRIPT, text_es=SCRIPT, en_at=now, es_at=now, by=steward
    )
    row = {"file": FORMULA, "line": 1, "column": SCRIPT, "reason": FORMULA}
    file = {
        "file": SCRIPT,
        "recognised_as": None,
        "rows_kept": 0,
        "rows_refused": 1,
        "refused": [row],
        "notes": [{"en": SCRIPT, "es": SCRIPT}],
        "problem": SCRIPT,
    }
    brought = Import.objects.create(
        by=steward,
        as_of=timezone.localdate(),
        state="refused",
        files=[{"name": SCRIPT, "bytes": 1}],
        problem=SCRIPT,
        reason=SCRIPT,
        story={"files": [file], "rows_refused": 1, "differences": {}},
    )
    question = DataQuestion.objects.create(
        mark="m",
        kind="k",
        severity="ask",
        text_en=SCRIPT,
        text_es=SCRIPT,
        file=SCRIPT,
        where=SCRIPT,
    )
    student = Student.objects.filter(current=True)[0]
    return [
        *("/start", "/students", "/sections", "/caseloads", "/keys", "/data/"),
        *("/findings", "/evidence", "/recommendations", "/schools", "/reports/"),
        *(f"/{page}?q={SCRIPT}" for page in ("students", "findings", "evidence")),
        f"/record-requests?q={SCRIPT}",
        f"/students/{student.pk}",
        f"/record-requests/{student.pk}",
        f"/findings/{finding}",
        f"/evidence/{visit.pk}",
        f"/recommendations/{asked.pk}",
        "/data/imports",
        f"/data/imports/{brought.key}",
        f"/data/imports/{brought.key}/refused.csv",
        f"/data/questions/{question.pk}",
        "/students.csv",
        "/findings.csv",
    ]


def test_nothing_written_runs(as_person, addresses):
    client = as_person("steward")
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        text = answer.content.decode()
        if answer.headers["Content-Type"].startswith("text/csv"):
            assert "attachment" in answer.headers["Content-Disposition"]
            cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
            assert any(FORMULA in cell for cell in cells) or "findings" in address
            for cell in cells:
                begins = cell.lstrip("\ufeff ")[:1]
                number = re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell)
                assert number or begins not in set("=+-@\t\r"), (address, cell)
        else:
            for runs in RUNS:
                assert runs not in text, (address, runs)
            assert not re.search(r"<script(?![^>]*\bsrc=)|<style[ >]|\sstyle=", text)
