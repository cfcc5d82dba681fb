"""The state and districts like this one: chosen by students, never by results."""

from __future__ import annotations

from tests.support.facts import fact, facts, review_of


def other(number, hispanic, n=3500, x=80):
    identifier = f"77{number:05d}"
    place = {
        "organization_id": identifier,
        "organization_name": f"Other {number}",
        "district_id": identifier,
        "indicator": "dropout",
    }
    return [
        fact(2017, "all", "all", x, n, **place),
        fact(2017, "race_ethnicity", "hispanic", 3, round(n * hispanic), **place),
    ]


def own():
    return [
        fact(2017, "all", "all", 32, 3542, indicator="dropout"),
        fact(2017, "race_ethnicity", "hispanic", 12, 1146, indicator="dropout"),
    ]


def rows(outcome=80):
    found = own()
    for number in range(30):  # like this one: a third of the students Hispanic
        found += other(number, 0.30 + number / 1000, x=outcome)
    for number in range(30, 60):
        found += other(number, 0.9, x=1)
    return found


def test_peers_are_the_districts_with_similar_students():
    section = review_of(facts(*rows())).sections[0]
    peers = section.context[0]
    assert peers.label.en == "20 districts like this one"
    assert (peers.numerator, peers.denominator) == (20 * 80, 20 * 3500)
    assert "Results play no part in the choice" in section.context_note.en
    assert "20" in section.context_note.en


def test_results_play_no_part():
    few = review_of(facts(*rows(outcome=2))).sections[0].context[0]
    assert (few.numerator, few.denominator) == (20 * 2, 20 * 3500)


def test_many_districts_stand_for_the_state_and_are_named_so():
    section = review_of(facts(*rows())).sections[0]
    assert section.context[1].label.en == "All 61 districts in the same file"


def test_the_states_own_figure_stands_where_it_is():
    state = {"level": "state", "organization_id": "00", "indicator": "dropout"}
    table = facts(*rows(), fact(2017, "all", "all", 47249, 1945401, **state))
    section = review_of(table).sections[0]
    assert section.context[1].label.en == "The whole state"
    assert section.context[1].estimate.n == 1945401
    kinds = [mark.kind for mark in section.picture.rows]
    assert kinds[-2:] == ["context", "context"]


def test_the_groups_figure_in_the_state_stands_beside_its_gap():
    state = {"level": "state", "organization_id": "00"}
    table = facts(
        fact(2024, "all", "all", 164, 8918),
        fact(2024, "disability", "disability", 53, 1502),
        fact(2024, "all", "all", 20000, 1000000, **state),
        fact(2024, "disability", "disability", 6000, 100000, **state),
    )
    (gap,) = review_of(table).findings
    labels = [row.label.en for row in gap.evidence]
    assert labels[-2:] == [
        "The whole state: Students with disabilities",
        "The whole state: All other students",
    ]
    assert gap.evidence[-1].numerator == 14000


def test_alone_there_is_no_context():
    section = review_of(facts(*own())).sections[0]
    assert section.context == ()
    assert section.context_note is None
