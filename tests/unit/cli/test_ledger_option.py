"""`review --ledger`: what a review published is remembered, and holds for the next."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from evenrise.cli.main import main
from evenrise.publishing import release
from evenrise.statistics.small_numbers.ledger import Ledger
from evenrise.synthetic.district import build_district
from evenrise.vocabulary.progress import Silent
from tests.support.sparing import gate_spared


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small") / "records"
    day = dt.date(2026, 7, 1)
    build_district(folder, students=300, seed=3, as_of=day, progress=Silent())
    return folder


def review(records, out, *more):
    words = ["review", str(records), "--out", str(out), "--as-of", "2026-07-01"]
    # What the ledger remembers is what was published, attacked before or not: who asks
    # for both together is tests/property/test_small_numbers_releases.py.
    with gate_spared(), pytest.raises(SystemExit) as ended:
        main([*words, "--lang", "en", "--json", *map(str, more)])
    return ended.value.code


def test_the_same_records_are_the_same_review(records, tmp_path, capsys):
    ledger = tmp_path / "ledger"
    for name in ("one", "two"):
        assert review(records, tmp_path / name, "--ledger", ledger) in {0, 4}
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    one, two = ((tmp_path / name / "facts.csv") for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert told[0]["figures_as_released_before"] == 0
    assert told[1]["figures_as_released_before"] == len(
        one.read_text().splitlines()[1:]
    )
    assert len(Ledger(ledger).releases()) == 2


def test_a_review_that_was_not_written_is_not_in_the_ledger(
    records, tmp_path, monkeypatch
):
    def broken(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(release, "publish", broken)
    assert review(records, tmp_path / "out", "--ledger", tmp_path / "ledger") != 0
    assert Ledger(tmp_path / "ledger").releases() == ()


def test_a_ledger_that_is_a_file_is_one_sentence(records, tmp_path, capsys):
    (tmp_path / "ledger").write_text("not a folder")
    assert review(records, tmp_path / "out", "--ledger", tmp_path / "ledger") == 2
    assert "name a folder for the ledger" in capsys.readouterr().err
