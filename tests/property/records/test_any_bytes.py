"""Any bytes at all give a report or one sentence, never a traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings, strategies as st

from evenrise.records.files import fold, fold_all, open_paths
from evenrise.records.files.headers import delimiter_of, header_row, split
from evenrise.records.files.limits import Unreadable
from evenrise.vocabulary.errors import EvenriseError
from evenrise.vocabulary.progress import Silent
from tests.support.examples import examples
from tests.unit.records.district import SCHOOLS, STUDENTS, bring_in, folder


_CELLS = st.text(alphabet="ab1,;\"'\n\r\t =-/é\u00a0\x00", max_size=8)
_ROWS = st.lists(st.lists(_CELLS, max_size=5).map(",".join), max_size=8)


@given(st.binary(max_size=300))
@settings(max_examples=examples(150), deadline=None)
def test_opening_any_bytes_gives_a_member_or_a_sentence(content):
    with tempfile.TemporaryDirectory() as home:
        path = Path(home, "x.csv")
        path.write_bytes(content)
        opened = open_paths([path], Path(home), Silent())
        assert len(opened.members) + len(opened.closed) >= 1
        for closed in opened.closed:
            for told in (closed.reason.en, closed.reason.es):
                assert told.startswith("x.csv")
                assert told.endswith(".")


@given(_ROWS, st.sampled_from(["utf-8", "cp1252", "utf-16"]))
@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_importing_any_rows_gives_a_report_or_a_sentence(lines, encoding):
    text = STUDENTS + "\n".join(lines)
    with tempfile.TemporaryDirectory() as home:
        given_files = folder(
            Path(home, "in"), students=text.encode(encoding, errors="replace")
        )
        report = _report(Path(home, "store"), given_files)
        if report is None:
            assert not Path(home, "store").exists()
            return
        story = next(f for f in report.files if f.name == "students.csv")
        assert story.kept + story.refused <= story.read + len(story.refusals)
        assert story.kept >= 1


def _report(store: Path, files: Path):
    """The import's report; None where one sentence says that nothing was written."""
    try:
        return bring_in(store, files)
    except EvenriseError:
        return None


@given(st.text(max_size=40), st.sampled_from([",", ";", "\t", "^", "|"]))
def test_a_table_of_words_is_split_by_its_own_mark(word, mark):
    plain = "".join(c for c in word if c.isalnum()) or "x"
    lines = [mark.join([plain, "b", "c"]), *[mark.join(["d", "e", "f"])] * 3]
    text = "\n".join(lines)
    assert delimiter_of(text) == mark
    assert len(split(text, mark)[0]) == 3


@given(st.lists(st.lists(_CELLS, max_size=4), max_size=6))
def test_a_header_row_is_one_of_the_rows_or_a_sentence(rows):
    try:
        place = header_row(rows)
    except Unreadable:
        assert not any(cell.strip() for row in rows for cell in row)
    else:
        assert any(cell.strip() for cell in rows[place])


@given(st.lists(st.text(max_size=12), max_size=20))
def test_folded_names_are_unique_and_stable(header):
    names = fold_all(header)
    assert len(set(names)) == len(names) == len(header)
    assert all(fold(name.split("_")[0]) == name.split("_")[0] for name in names)


def test_schools_constant_is_a_table():
    assert header_row(split(SCHOOLS, ",")) == 0
