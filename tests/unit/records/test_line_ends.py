"""Lines may end in any of the ways that systems write, mixed in one file too."""

from __future__ import annotations

import pytest

from evenrise.records.files.texts import one_line_end, scan
from tests.unit.records.district import FILES, bring_in, folder, rows, written


ENDS = {
    "unix": lambda lines: "\n".join(lines) + "\n",
    "windows": lambda lines: "\r\n".join(lines) + "\r\n",
    "no last end": "\r\n".join,
    "mac": lambda lines: "\r".join(lines) + "\r",
    "a line added on another system": lambda lines: (
        "\r\n".join(lines[:-1]) + "\r\n" + lines[-1] + "\n"
    ),
    "windows after unix": lambda lines: (
        "\n".join(lines[:2]) + "\n" + "\r\n".join(lines[2:]) + "\r\n"
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_file_is_read_whichever_way_its_lines_end(tmp_path, end):
    lines = FILES["enrollments.csv"].splitlines()
    content = ENDS[end](lines).encode()
    records = folder(tmp_path / "in", enrollments=content)
    report = bring_in(tmp_path / "store", records)
    told = {one.name: (one.kept, one.refused, one.problem) for one in report.files}
    assert told["enrollments.csv"] == (len(lines) - 1, 0, None)
    kept = rows(written(report), "enrollments")
    whole = bring_in(tmp_path / "other", folder(tmp_path / "good"))
    assert kept == rows(written(whole), "enrollments")


def test_only_mixed_ends_are_written_anew(tmp_path):
    path = tmp_path / "x.csv"
    for end, content in ENDS.items():
        path.write_bytes(content(["a,b", "1,2", "3,4"]).encode())
        if end != "mac":  # made lines of before
            assert scan(path, ",").mixed == ("on" in end.split() or "after" in end), end


def test_a_return_at_the_edge_of_a_block_is_no_line(tmp_path, monkeypatch):
    monkeypatch.setattr("evenrise.records.files.texts.BLOCK", 4)
    path = tmp_path / "x.csv"
    for content in (b"a,b\r\n1,2\n3\r,4\r\n", b"\r\n\r\n\n", b"ab\r", b"abc\r\r\r\n"):
        path.write_bytes(content)
        made = one_line_end(path, tmp_path / "y.csv").read_bytes()
        assert made == content.replace(b"\r\n", b"\n").replace(b"\r", b" ")
