"""The front door: help at once, one sentence for every failure, no traceback."""

from __future__ import annotations

import argparse
import subprocess
import sys

import pytest

from evenrise.cli import main as front
from evenrise.vocabulary.errors import ArgumentProblem, InputProblem


def evenrise(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evenrise", *words],
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_every_command_and_the_exit_codes() -> None:
    answer = evenrise("--help")
    assert answer.returncode == 0
    for name in front.COMMANDS:
        assert name in answer.stdout
    assert "exit codes" in answer.stdout


@pytest.mark.parametrize("name", list(front.COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    answer = evenrise(name, "--help")
    assert answer.returncode == 0
    assert "exit codes" in answer.stdout
    assert "--json" in answer.stdout


@pytest.mark.parametrize(
    "words", [[], ["revue"], ["review"], ["review", "x", "--ot", "y"]]
)
def test_unusable_arguments_end_with_two_and_one_sentence(words: list[str]) -> None:
    answer = evenrise(*words)
    assert answer.returncode == 2
    assert len(answer.stderr.strip().splitlines()) == 1
    assert "--help" in answer.stderr


def test_help_does_not_import_what_is_heavy() -> None:
    code = (
        "import sys\n"
        "from evenrise.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'pyarrow', 'duckdb', 'scipy', 'rich', 'pptx'}\n"
        "sys.exit(len(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False
    )
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (ArgumentProblem("No such district."), 2),
        (InputProblem("students.csv, line 3: no."), 3),
        (KeyboardInterrupt(), 130),
        (PermissionError(13, "Permission denied", "/x"), 3),
    ],
)
def test_each_failure_is_one_sentence_with_its_code(failure, code, capsys) -> None:
    def run(_: argparse.Namespace) -> int:
        raise failure

    assert front._guarded(run, argparse.Namespace()) == code
    said = capsys.readouterr().err
    assert said.startswith("evenrise: ")
    assert len(said.strip().splitlines()) == 1


def test_a_fault_of_ours_keeps_places_but_no_message(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(front.tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv("EVENRISE_DEBUG", raising=False)

    def run(_: argparse.Namespace) -> int:
        raise RuntimeError("Ana Lopez was absent")

    assert front._guarded(run, argparse.Namespace()) == 1
    assert "Traceback" not in capsys.readouterr().err
    (kept,) = tmp_path.iterdir()
    assert "RuntimeError" in kept.read_text()
    assert "Ana" not in kept.read_text().replace('raise RuntimeError("Ana Lopez', "")
