"""Files that would run, read elsewhere or swell: refused before they do any of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenrise.records.files.interchange import tables
from evenrise.records.files.limits import Unreadable


LAUGHS = "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(6)
)
BEFORE = (
    "",
    "<!-- <InterchangeStudent > -->",  # looks like the root, and is none
    "<?x <InterchangeStudent > ?>",
    "<!-- <InterchangeStudent > " + "x" * 2_000_000 + " -->",
)


@pytest.mark.parametrize("before", BEFORE, ids=("bare", "comment", "told", "long"))
@pytest.mark.parametrize(
    "entities", [LAUGHS, '<!ENTITY a5 SYSTEM "file:///etc/hostname">']
)
def test_entities_are_refused_wherever_they_are_declared(tmp_path, before, entities):
    path = tmp_path / "students.xml"
    path.write_text(
        f'<?xml version="1.0"?>{before}<!DOCTYPE x [{entities}]>'
        "<InterchangeStudent><Student><Name>&a5;</Name></Student>"
        "</InterchangeStudent>"
    )
    with pytest.raises(Unreadable, match="declares a document type"):
        _read(path, tmp_path)


def test_a_comment_before_the_root_is_no_reason(tmp_path):
    path = tmp_path / "students.xml"
    path.write_text(
        '<?xml version="1.0"?><!-- exported --><InterchangeStudent>'
        "<Student><Name>Ana</Name></Student></InterchangeStudent>"
    )
    ((kind, written),) = _read(path, tmp_path)
    assert (kind, written.read_text()) == ("Student", "Student#,Name\n1,Ana\n")


@pytest.mark.parametrize("root", ["html", "svg", "Interchanged"])
def test_other_xml_is_no_interchange(tmp_path, root):
    path = tmp_path / "students.xml"
    path.write_text(f"<!-- <InterchangeStudent > --><{root}><a>1</a></{root}>")
    if root == "Interchanged":
        assert _read(path, tmp_path) is not None
        return
    with pytest.raises(Unreadable, match="no Ed-Fi interchange"):
        _read(path, tmp_path)


def _read(path: Path, scratch: Path) -> list[tuple[str, Path]]:
    return list(tables(path, scratch, 1))
