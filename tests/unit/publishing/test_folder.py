"""The folder of a review: whole or not at all, and never somebody else's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from evenrise.publishing import folder
from evenrise.publishing.folder import SIGNS, check_target, written_aside
from evenrise.vocabulary.errors import ArgumentProblem


def fill(place, word):
    for name in (*SIGNS, "index.html"):
        (place / name).write_text(word)


def test_a_new_folder_appears_whole(tmp_path):
    out = tmp_path / "deep" / "review"
    with written_aside(out) as aside:
        fill(aside, "new")
        assert not out.exists()
    assert (out / "index.html").read_text() == "new"
    assert [entry.name for entry in out.parent.iterdir()] == ["review"]


def test_an_older_review_is_replaced(tmp_path):
    out = tmp_path / "review"
    for word in ("old", "new"):
        with written_aside(out) as aside:
            fill(aside, word)
    assert (out / "index.html").read_text() == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["review"]


def test_an_older_review_is_replaced_where_folders_cannot_be_exchanged(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(folder, "_exchange", lambda *_: False)
    test_an_older_review_is_replaced(tmp_path)


def test_an_error_leaves_the_older_review_and_nothing_beside_it(tmp_path):
    out = tmp_path / "review"
    with written_aside(out) as aside:
        fill(aside, "old")
    with pytest.raises(FileNotFoundError), written_aside(out) as aside:
        fill(aside / "missing", "half")
    assert (out / "index.html").read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["review"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("thesis.docx",), "thesis.docx"),
        (("index.html",), "facts.csv is not there"),
        ((*SIGNS, "index.html", "notes.txt"), "notes.txt"),
    ],
)
def test_a_folder_that_is_not_ours_is_left_alone(tmp_path, names, said):
    for name in names:
        (tmp_path / name).write_text("mine")
    with pytest.raises(ArgumentProblem, match=said):
        check_target(tmp_path)
    with pytest.raises(ArgumentProblem), written_aside(tmp_path):
        pytest.fail("nothing may be written")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(names)


def test_what_a_desktop_leaves_behind_is_no_stranger(tmp_path):
    fill(tmp_path, "old")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    check_target(tmp_path)


def test_a_file_is_not_a_folder(tmp_path):
    (tmp_path / "review").write_text("mine")
    with pytest.raises(ArgumentProblem, match="is a file"):
        check_target(tmp_path / "review")


def test_an_empty_folder_and_a_new_one_may_be_used(tmp_path):
    check_target(tmp_path)
    check_target(tmp_path / "new")


def test_a_place_that_cannot_be_written_gets_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    said = pytest.raises(ArgumentProblem, match="cannot be written")
    with said, written_aside(tmp_path / "file" / "review"):
        pytest.fail("nothing may be written")


def test_a_killed_run_leaves_the_older_review_and_the_next_run_sweeps(tmp_path):
    out = tmp_path / "review"
    with written_aside(out) as aside:
        fill(aside, "old")
    program = (
        "import sys, time; from pathlib import Path\n"
        "from evenrise.publishing.folder import written_aside\n"
        f"with written_aside(Path({str(out)!r})) as aside:\n"
        "    (aside / 'index.html').write_text('half')\n"
        "    print('writing', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"writing\n"
        running.send_signal(signal.SIGKILL)
        running.wait(10)
    assert (out / "index.html").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2
    with written_aside(out) as aside:
        fill(aside, "new")
    assert (out / "index.html").read_text() == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["review"]


def test_readers_never_find_the_folder_missing(tmp_path):
    """While reviews replace one another, every look finds a whole one."""
    if sys.platform != "linux":
        pytest.skip("only Linux exchanges folders in one step")
    out = tmp_path / "review"
    with written_aside(out) as aside:
        fill(aside, "0")
    reader = os.fork()
    if reader == 0:
        end, torn = time.monotonic() + 1.0, 0
        while time.monotonic() < end:
            torn += not out.is_dir()
        os._exit(min(torn, 100))
    for turn in range(1, 40):
        with written_aside(out) as aside:
            fill(aside, str(turn))
    _, status = os.waitpid(reader, 0)
    assert os.waitstatus_to_exitcode(status) == 0
