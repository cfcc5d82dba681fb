"""Two contents: what is new, changed, moved, gone; and texts word by word."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st

from evenrise.workspace.plans.content import PlanContent, RungContent
from evenrise.workspace.plans.differing import Piece, What, difference, pieces
from tests.web.plans.a_plan import small_content


def of(*keys: str, parent: str = "s1") -> PlanContent:
    """A plan of one goal, one strategy and steps in this order."""
    rungs = [
        RungContent(key="g1", kind="goal", title_en="Goal"),
        RungContent(key="s1", kind="strategy", parent="g1", title_en="Strategy"),
        RungContent(key="s2", kind="strategy", parent="g1", place=1, title_en="Other"),
    ]
    steps = [
        RungContent(key=key, kind="step", parent=parent, place=place, title_en=key)
        for place, key in enumerate(keys)
    ]
    return replace(small_content(), rungs=(*rungs, *steps))


def told(before: PlanContent, after: PlanContent) -> dict[str, What]:
    return {one.rung.key: one.what for one in difference(before, after).rungs}


def test_the_same_content_differs_in_nothing():
    assert not difference(small_content(), small_content())


def test_new_and_gone_and_the_fewest_moved():
    before, after = of("a", "b", "c", "d"), of("d", "a", "b", "x")
    assert told(before, after) == {
        "d": What.MOVED,
        "x": What.NEW,
        "c": What.GONE,
    }
    keys = [one.rung.key for one in difference(before, after).rungs]
    assert keys == ["d", "c", "x"]  # what is gone stands where it stood: after b


def test_another_parent_is_moved_also_when_the_order_is_the_same():
    assert told(of("a"), of("a", parent="s2")) == {"a": What.MOVED}


def test_fields_and_parts_are_told_by_name():
    before = small_content()
    rungs = {one.key: one for one in before.rungs}
    rungs["g1"] = replace(
        rungs["g1"],
        theory_en="Another theory",
        measures=(replace(rungs["g1"].measures[0], target=0.1),),
        es_at="2026-09-09T00:00:00+00:00",
    )
    rungs["s1"] = replace(rungs["s1"], links=())
    after = replace(before, title_es="Otro", rungs=tuple(rungs.values()))
    found = difference(before, after)
    assert [one.name for one in found.head] == ["title_es"]
    goal, strategy = found.rungs
    assert [one.name for one in goal.fields] == ["theory_en"]
    assert [(p.name, p.before is None) for p in goal.parts] == [("measures", False)]
    assert [(p.name, p.after) for p in strategy.parts] == [("links", None)]
    assert found.count(What.CHANGED) == 2


def test_days_of_languages_alone_are_no_difference():
    content = small_content()
    rungs = tuple(
        replace(one, es_at="2026-09-09T00:00:00+00:00") for one in content.rungs
    )
    assert not difference(content, replace(content, rungs=rungs))


def test_words():
    found = pieces("Call on the third day", "Call by the second day")
    assert found == (
        (Piece.SAME, "Call "),
        (Piece.OUT, "on"),
        (Piece.IN, "by"),
        (Piece.SAME, " the "),
        (Piece.OUT, "third"),
        (Piece.IN, "second"),
        (Piece.SAME, " day"),
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_pieces_lose_nothing(before, after):
    found = pieces(before, after)
    assert "".join(text for piece, text in found if piece != Piece.IN) == before
    assert "".join(text for piece, text in found if piece != Piece.OUT) == after


@given(st.permutations("abcdefg"))
def test_moving_back_what_moved_restores_the_order(keys):
    before, after = of(*"abcdefg"), of(*keys)
    moved = told(before, after)
    assert set(moved.values()) <= {What.MOVED}
    stayed = [key for key in keys if key not in moved]
    assert stayed == sorted(stayed)


def test_very_long_texts_are_told_whole():
    long = "word " * 4_000
    assert pieces(long, "") == ((Piece.OUT, long),)
