"""Say at the end which fixtures are covered, and name those that are not yet."""

from __future__ import annotations

from collections import defaultdict

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    outcomes: dict[str, set[str]] = defaultdict(set)
    for outcome in ("passed", "failed", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            _, _, case = report.nodeid.partition("test_reference.py::test_reference[")
            if case:
                waits = "not yet covered" in str(report.longrepr)
                name = case.split("[")[0].rstrip("]")
                outcomes[name].add("waiting" if waits else outcome)
    if not outcomes:
        return
    waiting = sorted(name for name, seen in outcomes.items() if "waiting" in seen)
    failing = sorted(name for name, seen in outcomes.items() if "failed" in seen)
    met = len(outcomes) - len(set(waiting) | set(failing))
    write = terminalreporter.write_line
    write(f"Reference numbers: {met} of {len(outcomes)} fixtures met.")
    if waiting:
        write(f"Not yet covered: {', '.join(waiting)}")
    if failing:
        write(f"Not met: {', '.join(failing)}")
