"""The wheel builds, and `evenrise review` runs from it in an empty environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT


def call(*words: object, **more: object) -> str:
    """Run; its output, or the failure with what it said."""
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        env={**environ, "UV_LINK_MODE": "copy"},
        **more,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def evenrise(tmp_path_factory) -> Path:
    """The command, installed from the wheel into an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".env" / "bin"))
    empty = folder / "empty"
    if uv is None:
        call(sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", folder, ROOT)
        call(sys.executable, "-m", "venv", empty)
        pip = (empty / "bin" / "python", "-m", "pip", "install", "--quiet")
    else:
        call(uv, "build", "--wheel", "--out-dir", folder, ROOT)
        call(uv, "venv", "--python", sys.executable, empty)
        pip = (uv, "pip", "install", "--python", empty / "bin" / "python")
    (wheel,) = folder.glob("*.whl")
    call(*pip, wheel)
    return empty / "bin" / "evenrise"


@pytest.mark.slow
def test_a_review_is_made_from_the_wheel_alone(evenrise: Path, tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    call(evenrise, "demo", "--students", 300, "--out", demo, "--no-open", cwd=tmp_path)
    for name in ("index.html", "es/index.html", "review.es.pdf", "board.pptx"):
        assert (demo / "review" / name).stat().st_size > 10_000
    assert "evenrise" in call(evenrise, "--version", cwd=tmp_path)
