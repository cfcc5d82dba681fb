"""Sums of a two-way table: whatever is asked, no small number is a difference."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import example, given, settings, strategies as st
from hypothesis.extra import numpy as drawn

from evenrise.statistics.small_numbers.two_way import settle


FEW = 11
TABLES = drawn.arrays(
    np.int64,
    drawn.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=5),
    elements=st.one_of(st.integers(0, 14), st.integers(0, 60)),
)


def answers(counts, told):
    """All that anybody may ask: each column, and all, in any rows."""
    rows, columns = counts.shape
    every = range(rows)
    asked, values = [], []
    for size in range(1, rows + 1):
        for chosen in itertools.combinations(every, size):
            part = list(chosen)
            whole = not counts[[row for row in every if row not in part]].sum()
            for column in range(columns):
                if told.cells[part, column].all() or (whole and told.columns[column]):
                    question = np.zeros(counts.shape)
                    question[part, column] = 1
                    asked.append(question.ravel())
                    values.append(counts[part, column].sum())
            if told.rows[part].all() or (whole and counts.sum() >= FEW):
                question = np.zeros(counts.shape)
                question[part] = 1
                asked.append(question.ravel())
                values.append(counts[part].sum())
    return np.array(asked).reshape(len(asked), counts.size), values


@given(TABLES)
@settings(max_examples=150, deadline=None)
@example(np.array([[40, 35, 5]]))
@example(np.array([[30, 20], [30, 6]]))
def test_no_small_cell_or_sum_is_worked_out(counts):
    told = settle(counts, FEW)
    asked, values = answers(counts, told)
    assert all(not 0 < value < FEW for value in values)
    wanted = []
    for row, column in np.argwhere((counts > 0) & (counts < FEW)):
        one = np.zeros(counts.shape)
        one[row, column] = 1
        wanted.append(one.ravel())
    for axis, sums in ((0, counts.sum(axis=1)), (1, counts.sum(axis=0))):
        for place in np.flatnonzero((sums > 0) & (sums < FEW)):
            one = np.zeros(counts.shape)
            np.moveaxis(one, axis, 0)[place] = 1
            wanted.append(one.ravel())
    # Nobody stands in an empty cell, and anybody may know that.
    nobody = np.eye(counts.size)[counts.ravel() == 0]
    known = np.vstack([asked, nobody])
    for one in wanted:
        before = np.linalg.matrix_rank(known) if known.size else 0
        assert np.linalg.matrix_rank(np.vstack([known, one])) == before + 1


def test_what_is_large_is_told():
    counts = np.array([[60, 40, 30], [50, 45, 25]])
    told = settle(counts, FEW)
    assert told.cells.all()
    assert told.rows.all()
    assert told.columns.all()


def test_a_small_grade_of_a_group_hides_another_grade_of_it():
    """All grades less the three others would be its six students."""
    counts = np.array([[20, 80], [30, 70], [25, 75], [6, 94]])
    told = settle(counts, FEW)
    assert told.columns.tolist() == [True, True]
    assert told.cells[:, 0].tolist() == [False, True, True, False]
