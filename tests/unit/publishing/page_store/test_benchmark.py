"""The benchmark of page stores runs, and writes what it says."""

from __future__ import annotations

from benchmarks.work.page_store import measured


def test_a_small_one():
    told = measured(12)
    assert told["facts"] == 19 * 2 * 13 * 24
    assert told["findings"] > 10
    assert told["milliseconds"]["by_school, all of them"] > 0
    assert len(told["milliseconds"]) == 17
