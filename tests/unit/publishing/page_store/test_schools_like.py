"""Schools like a school: the same kind, by who their students are, never by results."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.covariance import ledoit_wolf

from evenrise.findings.like_schools import (
    COMPARED,
    ENOUGH,
    Schools,
    alike,
    shrunk_covariance,
)
from evenrise.findings.served import kind_of_grades, kind_of_name
from evenrise.publishing.page_store import PageStore
from tests.support.facts import DISTRICT, facts
from tests.support.page_stores import district_rows, review, store_of
from tests.unit.publishing.page_store.conftest import Invented


def school(number: str) -> str:
    return DISTRICT + number.zfill(7)


def names(store: PageStore, number: str, k: int = 5) -> list[str]:
    found = store.like_schools(school(number), k)
    return [one.school.organization.name for one in found]


def test_the_nearest_is_the_one_with_like_students(drawn: PageStore):
    assert names(drawn, "1")[0] == "Birch Elementary"
    assert names(drawn, "2")[0] == "Alder Elementary"
    first = drawn.like_schools(school("1"))[0]
    assert first.distance < 0.5
    assert first.closeness.en == "Students very much alike"
    assert [text.en for text in first.in_common] == [
        "About as many students: 420, and 400 here.",
        "About the same share of students from low-income families: 52%, and 50% here.",
        "About the same share of English learners: 22%, and 20% here.",
        "About the same share of students with disabilities: 13%, and 12% here.",
    ]
    assert first.in_common[0].es == (
        "Un número parecido de estudiantes: 420, y 400 aquí."
    )
    assert first.differs == ()


def test_what_sets_schools_apart_is_said_largest_first(drawn: PageStore):
    far = drawn.like_schools(school("1"))[-1]
    assert far.school.organization.name == "Dogwood Elementary"
    assert [text.en for text in far.differs] == [
        "A larger share of English learners: 65%, and 20% here.",
        "A larger share of students from low-income families: 90%, and 50% here.",
    ]


def test_only_schools_of_the_same_kind(drawn: PageStore):
    assert names(drawn, "5") == ["Fir Middle"]
    assert names(drawn, "7") == []
    assert drawn.like_schools("nowhere") == ()
    assert drawn.like_schools(DISTRICT) == ()
    assert len(names(drawn, "1", 2)) == 2
    assert names(drawn, "1", 0) == []


def test_results_play_no_part(drawn: PageStore, tmp_path):
    rows = district_rows()
    for row in rows:  # everybody absent at one school, nobody at its neighbour
        if row["organization_id"] == school("2"):
            row["numerator"], row["value"] = 0.0, 0.0
        if row["organization_id"] == school("3"):
            row["numerator"], row["value"] = row["denominator"], 1.0
    store = store_of(review(facts(*rows)), tmp_path / "x.sqlite")
    for number in "1234567":
        assert store.like_schools(school(number)) == drawn.like_schools(school(number))
    store.close()


def test_the_rule_is_told_beside_every_list(drawn: PageStore):
    rule = drawn.like_rule()
    assert "neither does race" in rule.words.en
    assert "la raza tampoco" in rule.words.es
    assert rule.counted_in == drawn.schools()[0].counted_in


def drawn_schools(count: int, seed: int = 5) -> Schools:
    chance = np.random.default_rng(seed)
    return Schools(
        codes=tuple(f"{number:03d}" for number in range(count)),
        kinds=("elementary",) * count,
        students=chance.integers(150, 900, count).astype(float),
        shares=chance.uniform(0.05, 0.8, (count, len(COMPARED))),
        few=np.zeros((count, len(COMPARED)), np.bool_),
    )


def test_the_covariance_is_ledoit_and_wolfs():
    chance = np.random.default_rng(3)
    for rows, columns in ((26, 4), (60, 3), (300, 4)):
        z = chance.normal(size=(rows, columns)) @ chance.normal(size=(columns, columns))
        z -= z.mean(axis=0)
        expected, _ = ledoit_wolf(z, assume_centered=True)
        assert shrunk_covariance(z) == pytest.approx(expected, rel=1e-10)


def test_what_goes_together_is_not_counted_twice():
    # Low income and English learners move together in all schools but the last.
    count = ENOUGH + 6
    schools = drawn_schools(count)
    schools.students[:] = 400
    schools.shares[:, 2] = 0.1
    poor = np.linspace(0.1, 0.7, count)
    schools.shares[:, 0], schools.shares[:, 1] = poor, poor / 2
    middle = count // 2
    schools.shares[-1, :2] = poor[middle], poor[middle] / 2 + 0.06
    near = {one.code: one.distance for one in alike(schools, most=count)["015"]}
    along, across = "011", f"{count - 1:03d}"
    plain = np.hypot(*(schools.shares[15, :2] - schools.shares[11, :2]))
    other = np.hypot(*(schools.shares[15, :2] - schools.shares[-1, :2]))
    assert other < plain  # as the crow flies the odd school is nearer
    assert near[across] > near[along]  # but it is unlike all the others


def test_distances_are_the_same_both_ways_and_sorted():
    for count in (8, 40):
        found = alike(drawn_schools(count))
        told = {
            (one, other.code): other.distance
            for one, near in found.items()
            for other in near
        }
        for (one, other), distance in told.items():
            assert told.get((other, one), distance) == pytest.approx(distance)
        for one, near in found.items():
            assert one not in {other.code for other in near}
            distances = [other.distance for other in near]
            assert distances == sorted(distances)
            assert len(near) == min(10, count - 1)


def test_hidden_numbers_never_stand_in_words():
    schools = drawn_schools(12)
    schools.shares[0, 1] = schools.shares[1, 1] = np.nan
    schools.few[0, 1] = schools.few[1, 1] = True
    schools.shares[2, 0] = np.nan  # hidden for another reason
    found = alike(schools)
    both = next(one for one in found["000"] if one.code == "001")
    learners = [text.en for text in both.in_common if "English" in text.en]
    assert learners == [
        "Few English learners at both, or none; the numbers are hidden."
    ]
    for other in found["002"]:
        words = " ".join(text.en for text in (*other.in_common, *other.differs))
        assert "low-income" not in words
        assert np.isfinite(other.distance)


def test_few_schools_of_a_kind_are_measured_by_all_the_districts():
    # Three high schools almost alike, among elementary schools far apart.
    schools = drawn_schools(15)
    kinds = ("high",) * 3 + ("elementary",) * 12
    near = Schools(schools.codes, kinds, schools.students, schools.shares, schools.few)
    near.students[:3] = 700, 710, 720
    near.shares[:3] = (0.30, 0.20, 0.10), (0.31, 0.20, 0.11), (0.30, 0.21, 0.10)
    for one in alike(near)["000"]:
        assert one.distance < 0.1
        assert one.closeness.en == "Students very much alike"


def test_one_school_or_schools_all_alike_do_not_fail():
    one = drawn_schools(1)
    assert alike(one) == {"000": ()}
    same = drawn_schools(30)
    same.shares[:] = 0.3
    same.students[:] = 400
    assert {near.distance for near in alike(same)["000"]} == {0.0}


@pytest.mark.parametrize(
    ("grades", "kind"),
    [
        (("TK", "KG", "01", "05"), "elementary"),
        (("KG", "06"), "elementary"),
        (("06", "07", "08"), "middle"),
        (("07", "09"), "middle"),
        (("09", "12"), "high"),
        (("07", "12"), "high"),
        (("KG", "08"), "k8"),
        (("KG", "12"), "k12"),
        ((), None),
    ],
)
def test_kinds_by_grades(grades, kind):
    assert kind_of_grades(grades) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Franklin Elementary", "elementary"),
        ("Lincoln Middle", "middle"),
        ("Adams Junior High", "middle"),
        ("Santa Monica High", "high"),
        ("Olympic High (Continuation)", "alternative"),
        ("The Academy", None),
    ],
)
def test_kinds_by_names(name, kind):
    assert kind_of_name(name) == kind


def test_the_districts_own_list_says_the_kind(invented: Invented):
    kinds = {one.kind for one in invented.pages.schools()}
    assert kinds <= {"elementary", "middle", "high", "k8", "k12", "alternative"}
    assert "high" in kinds
    for one in invented.pages.schools():
        for near in invented.pages.like_schools(one.organization.organization_id):
            assert near.school.kind == one.kind


def test_where_no_school_can_be_compared_none_is_alike():
    """A review of files without schools said so with a warning of NumPy."""
    none = np.zeros((0, len(COMPARED)))
    assert alike(Schools((), (), np.zeros(0), none, none > 0)) == {}
