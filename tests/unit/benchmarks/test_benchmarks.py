"""The benchmarks measure what they say, and their two ways of counting agree."""

from __future__ import annotations

import subprocess
import sys

import pytest
from benchmarks.__main__ import Table
from benchmarks.measuring import Measured, WorkFailed, measure, python
from benchmarks.work.listening import Stopwatch

from tests.support.paths import ROOT


MEASURING = """
import sys
from benchmarks.measuring import measure
greedy = "x = bytearray(300_000_000); print('{\\"seconds\\": 0.25}')"
large = measure([sys.executable, "-c", greedy])
small = measure([sys.executable, "-c", "print('no json')"])
assert large.memory > 0.3 > small.memory, (large, small)
assert large.work == 0.25, large
assert small.work == small.process > 0, small
"""


def test_a_child_is_measured_by_itself():
    # In a process of its own: a child begins with the memory of whoever starts it,
    # and a test runner is large.
    subprocess.run([sys.executable, "-c", MEASURING], check=True, cwd=ROOT)


def test_medians_leave_out_the_warm_up(tmp_path):
    count = tmp_path / "count"
    words = (
        f"import pathlib; p = pathlib.Path({str(count)!r});"
        "n = int(p.read_text()) + 1 if p.exists() else 0; p.write_text(str(n));"
        "print('{\"seconds\": %d}' % (100 if n == 0 else n))"
    )
    assert measure([sys.executable, "-c", words], runs=3).work == 2


def test_work_that_fails_is_told_and_not_measured():
    with pytest.raises(WorkFailed, match="it broke"):
        measure([sys.executable, "-c", "raise SystemExit('it broke')"])


def test_a_stopwatch_gives_each_step_its_own_seconds(monkeypatch):
    clock = iter([0.0, 1.0, 3.0, 7.0])
    monkeypatch.setattr("time.perf_counter", lambda: next(clock))
    watch = Stopwatch()
    for what in ("read", "read", "write"):
        watch.step(what, 0, 1)
    assert watch.slowest() == {"write": 4.0, "read": 2.0, "before": 1.0}


def test_the_table_says_what_did_not_run():
    table = Table()
    table.add("one thing", Measured(1.0, 1.5, 2.0, 0.1, 1, {}), "1.0")
    table.failed("another", "it broke")
    page = table.markdown()
    assert "| one thing | 1.00 | 2.00 | 0.10 | 1.0 |" in page
    assert "| another | - | - | - | did not run |" in page
    assert "- another: it broke" in page


@pytest.mark.slow
def test_pandas_and_evenrise_count_the_same(tmp_path):
    records, store = tmp_path / "records", tmp_path / "store"
    measure(python("build", records, 300))
    told = measure(python("evenrise_all", records, store)).told
    assert told["facts_rows"] > 500
    ours, theirs = tmp_path / "ours.parquet", tmp_path / "theirs.parquet"
    measure(python("indicators", store, ours))
    measure(python("pandas_way", store, theirs))
    agreed = measure(python("agreement", ours, theirs)).told
    assert agreed["cells"] > 100
    assert agreed["agree"] == agreed["cells"]
