"""A hundred broken inputs give one clear sentence each, and nothing is lost."""

from __future__ import annotations

import re

import pytest

from evenrise.records.files import limits
from evenrise.records.snapshots import SnapshotStore
from evenrise.vocabulary.errors import EvenriseError
from tests.unit.records.broken import ALL, FILES, ROWS, STOPS, Broken
from tests.unit.records.district import FILES as GOOD, bring_in, folder, rows, written


def test_there_are_a_hundred():
    assert len(ALL) >= 100
    assert len({case.what for case in ALL}) == len(ALL)


def _sentence(text: str, case: Broken) -> None:
    """One line that names the matter, without the engine's own words."""
    assert case.says in text, text
    assert "\n" not in text.strip()
    assert "Traceback" not in text
    assert len(text) < 500
    assert text.rstrip().endswith(".")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store with one good snapshot; every case must leave it whole."""
    home = tmp_path_factory.mktemp("store")
    written(bring_in(home / "store", folder(home / "good")))
    return home / "store"


@pytest.fixture(autouse=True)
def _small_bombs(monkeypatch):
    """A bomb is told by its ratio; a small one shows it as well as a large one."""
    monkeypatch.setattr(limits, "FREE_EXPANSION", 16 * 2**20)


def _given(home, case: Broken):
    given = folder(home / "in")
    (given / case.name).write_bytes(case.content())
    return given


def _nothing_half_written(store):
    names = {path.name for path in store.iterdir()}
    assert names == {"current.json", "import.lock", "parts", "snapshots"}


def _in_spanish(text: str) -> None:
    """The same sentence in Spanish: whole, and without an English word of ours."""
    assert "\n" not in text.strip()
    words = set(re.findall(r"[a-zñáéíóú]+", text.lower()))
    assert not words & {"the", "is", "has", "not", "with", "cannot", "it", "of"}, text
    assert words & {"es", "no", "está", "tiene", "se", "repite", "empieza"}, text
    assert text.rstrip().endswith(".")


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.what)
def test_a_file_that_is_no_table(store, tmp_path, case):
    report = bring_in(store, _given(tmp_path, case), allow_removal=True)
    told = [f.problem for f in report.files if f.problem]
    assert len(told) == 1
    _sentence(told[0].en, case)
    _in_spanish(told[0].es)
    assert told[0].en.startswith(case.name)
    assert told[0].es.startswith(case.name)
    # A picture or a letter beside the data is nobody's fault; one called .csv is.
    beside = case.name.endswith((".jpg", ".rtf"))
    harmless = "not recognised" in told[0].en or beside
    assert report.exit_code == (0 if harmless else 4)
    assert written(report).rows("students") == 3
    _nothing_half_written(store)


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.what)
def test_a_row_that_cannot_be_kept(store, tmp_path, case):
    report = bring_in(store, _given(tmp_path, case), allow_removal=True)
    story = next(f for f in report.files if f.name == case.name)
    assert story.refused == 1
    assert story.refusals[0].line is not None
    _sentence(story.refusals[0].reason.en, case)
    _in_spanish(story.refusals[0].reason.es)
    assert report.exit_code == 4
    snapshot = written(report)
    good = GOOD[case.name].count("\n") - 1
    kept = snapshot.rows(case.name.removesuffix(".csv"))
    assert kept in {good, good - 1}
    assert kept == len(rows(snapshot, case.name.removesuffix(".csv")))
    _nothing_half_written(store)


@pytest.mark.parametrize("case", STOPS, ids=lambda case: case.what)
def test_a_required_file_that_cannot_be_used(store, tmp_path, case):
    before = SnapshotStore(store).current()
    with pytest.raises(EvenriseError) as caught:
        bring_in(store, _given(tmp_path, case), allow_removal=True)
    _sentence(str(caught.value), case)
    assert caught.value.exit_code == 3
    assert SnapshotStore(store).current() == before
    _nothing_half_written(store)
