"""Longer moves: thin groups protect each other, and no table leaves for their sake."""

import numpy as np

from evenrise.statistics.small_numbers import protect
from evenrise.statistics.small_numbers.audit import audit
from evenrise.statistics.small_numbers.cells import Table
from evenrise.statistics.small_numbers.flows import Network
from tests.unit.statistics.small_numbers.tables import by_group, fact, group, table


def network(room, cost):
    """A network of one table whose cells have this room, up and down alike."""
    room, cost = np.array(room), np.array(cost, dtype=float)
    cell = np.arange(room.size).reshape(room.shape)
    rows, columns = np.arange(room.shape[0]), np.arange(room.shape[1])
    told = Table(("schools", ""), ("race_ethnicity", ""), rows, columns, cell)
    return Network(told, room.copy(), room.copy(), cost)


NO_JUMP = ((0, 0), (0, 0))


def test_three_ways_of_one_student_each_are_a_move_of_three():
    one = network([[3, 3], [1, 3], [1, 3], [1, 3]], np.zeros((4, 2)))
    assert one.around((0, 0), NO_JUMP, (3, 0), 3) == 3


def test_two_ways_are_not_enough_and_the_network_is_as_before():
    one = network([[3, 3], [1, 3], [1, 3]], np.zeros((3, 2)))
    assert one.around((0, 0), NO_JUMP, (3, 0), 3) is None
    assert one.up.tolist() == one.down.tolist() == [[3, 3], [1, 3], [1, 3]]


def test_up_and_down_share_the_width():
    one = network([[3, 3], [1, 3], [1, 3]], np.zeros((3, 2)))
    assert one.around((0, 0), NO_JUMP, (2, 1), 3) == 2


def test_the_long_way_is_taken_where_the_short_one_costs():
    cost = [[0, 0, 9], [9, 0, 0], [0, 9, 0]]
    one = network([[3, 3, 0], [0, 3, 3], [3, 0, 3]], cost)
    assert one.around((0, 0), NO_JUMP, (3, 0), 3) == 3
    assert one.picked == []
    assert one.spent == 0


def test_what_a_way_hides_is_picked_once():
    one = network([[3, 3], [3, 3]], [[0, 1], [1, 1]])
    assert one.around((0, 0), NO_JUMP, (3, 0), 3) == 3
    assert sorted(one.picked) == [1, 2, 3]
    assert one.spent == 3


SCHOOLS = {  # female, male, nonbinary: (suspended, students)
    "S1": ((15, 200), (30, 210), (0, 1)),
    "S2": ((14, 180), (28, 190), (0, 2)),
    "S3": ((16, 220), (31, 230), (1, 1)),
    "S4": ((13, 190), (26, 170), (0, 3)),
    "S5": ((12, 170), (25, 180), (0, 2)),
}


def schools_by_gender():
    """Five schools with one to three nonbinary students each."""
    names, rows = ("female", "male", "nonbinary"), []
    places = [("district", "D", np.sum(list(SCHOOLS.values()), axis=0))]
    places += [("school", name, np.array(own)) for name, own in SCHOOLS.items()]
    for level, place, own in places:
        where = {"level": level, "organization_id": place}
        x, n = own.sum(axis=0).tolist()
        rows.append(fact(numerator=x, denominator=n, **where))
        rows += [
            group("gender", name, *counts, **where)
            for name, counts in zip(names, own.tolist(), strict=True)
        ]
    return table(rows)


def test_a_thin_group_in_every_school_leaves_the_table_in_the_release():
    facts = schools_by_gender()
    told = protect(facts)
    assert told.withdrawn == 0
    assert audit(told, facts=facts, solve_up_to=60).safe
    rows = by_group(told)
    for place in ("D", *SCHOOLS):
        assert rows["suspension", place, "all", "all"]["value"] is not None
        # One larger group goes with the thin one; of the other, students stay told.
        assert rows["suspension", place, "gender", "female"]["denominator"] is None
        assert rows["suspension", place, "gender", "male"]["denominator"] is not None
    assert rows["suspension", "D", "gender", "male"]["value"] is not None
