"""The system asks us to end: one sentence, the right code, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest


STOPPED = """
import os, signal, sys
from evenrise.cli import main, check_command
def run(args):
    os.kill(os.getpid(), getattr(signal, sys.argv[1]))
    signal.pause()
check_command.run = run
main.main(["check", "--store", "nowhere"])
"""


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_is_a_tidy_end(name, code):
    done = subprocess.run(
        [sys.executable, "-c", STOPPED, name],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ},
    )
    assert done.returncode == code
    assert done.stderr == "evenrise: stopped; nothing half-written was left behind.\n"
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL, "ours alone is changed"
