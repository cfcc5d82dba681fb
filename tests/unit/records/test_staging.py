"""Staged snapshots: written whole, made current later, or retired."""

from __future__ import annotations

import pytest

from evenrise.records.snapshots import SnapshotStore
from evenrise.records.snapshots.verify import verify
from evenrise.vocabulary.errors import InputProblem
from tests.unit.records.district import STUDENTS, bring_in, folder, rows, written


@pytest.fixture
def two(tmp_path):
    """A store, its current snapshot's name, and that of one staged beside it."""
    root = tmp_path / "store"
    first = written(bring_in(root, folder(tmp_path / "in"))).id
    given = folder(tmp_path / "in", students=STUDENTS + "S8,F,N,\n")
    second = written(bring_in(root, given, make_current=False)).id
    return SnapshotStore(root), first, second


def _current(store):
    found = store.current()
    assert found is not None
    return found.id


def test_a_staged_snapshot_waits_and_is_whole(two):
    store, first, second = two
    assert _current(store) == first
    assert set(store.names()) == {first, second}
    assert len(rows(store.get(second), "students")) == 4
    assert verify(store).problems == ()


def test_the_tidying_before_the_next_import_leaves_what_is_staged(two, tmp_path):
    store, _, second = two
    given = folder(tmp_path / "in", students=STUDENTS + "S9,M,N,\n")
    written(bring_in(store.root, given))
    store.sweep()
    assert len(rows(store.get(second), "students")) == 4
    assert verify(store).problems == ()


def test_making_current_swaps_and_can_be_undone(two):
    store, first, second = two
    assert store.make_current(second).id == second
    assert _current(store) == second
    store.make_current(first)
    assert _current(store) == first
    assert list(store.root.glob("aside-*")) == []


def test_a_snapshot_that_is_not_whole_never_becomes_current(two):
    store, first, second = two
    own = set(store.get(second).parts("students")) - set(
        store.get(first).parts("students")
    )
    (part,) = own
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    with pytest.raises(InputProblem, match="missing or was changed"):
        store.make_current(second)
    part.unlink()
    with pytest.raises(InputProblem, match="missing or was changed"):
        store.make_current(second)
    page = store.get(first).path / "manifest.json"
    page.write_text(page.read_text().replace("students.csv", "others.csv"))
    with pytest.raises(InputProblem, match="manifest"):
        store.make_current(first)
    assert _current(store) == first


def test_retiring_takes_the_parts_that_nobody_else_needs(two):
    store, first, second = two
    shared = set(store.get(first).parts("schools"))
    own = set(store.get(second).parts("students"))
    store.retire(second)
    assert store.names() == (first,)
    assert all(part.exists() for part in shared)
    assert not any(part.exists() for part in own)
    assert verify(store).problems == ()


def test_the_current_snapshot_and_strangers_are_not_retired(two):
    store, first, _ = two
    with pytest.raises(InputProblem, match=f"{first} is the current one"):
        store.retire(first)
    for name in ("nobody", "../parts", "..", ""):
        with pytest.raises(InputProblem, match="has no snapshot"):
            store.retire(name)
        with pytest.raises(InputProblem, match="has no snapshot"):
            store.make_current(name)
    assert (store.root / "parts").is_dir()


def test_a_damaged_snapshot_can_be_retired(two):
    store, first, second = two
    (store.get(second).path / "manifest.json").write_text("{")
    store.retire(second)
    assert store.names() == (first,)
    assert verify(store).problems == ()


def test_nothing_is_swapped_while_an_import_writes(two):
    store, first, second = two
    with store.writing():
        for step in (store.make_current, store.retire):
            with pytest.raises(InputProblem, match="Another import"):
                step(second)
    assert _current(store) == first


def test_the_first_import_may_be_staged_too(tmp_path):
    root = tmp_path / "store"
    staged = written(bring_in(root, folder(tmp_path / "in"), make_current=False))
    store = SnapshotStore(root)
    assert store.current() is None
    assert store.make_current(staged.id) == store.current()
