"""Keys by the hundred: nothing lost, nothing twice, in order."""

from __future__ import annotations

import pytest

from evenrise.workspace.foundation.batches import AT_ONCE, in_batches


@pytest.mark.parametrize("size", [1, 3, 7, 8, AT_ONCE])
@pytest.mark.parametrize("count", [0, 1, 7, 8])
def test_all_come_once_and_in_order(count, size):
    batches = [list(batch) for batch in in_batches(range(count), size)]
    assert [one for batch in batches for one in batch] == list(range(count))
    assert all(len(batch) == size for batch in batches[:-1])
    assert all(0 < len(batch) <= size for batch in batches)


def test_a_batch_of_nothing_never_ends_and_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        list(in_batches([1], 0))
