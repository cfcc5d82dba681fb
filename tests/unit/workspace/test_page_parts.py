"""Parts of a page: in their order, once, and none for whom it has nothing to say."""

from __future__ import annotations

from evenrise.workspace.foundation.page_parts import Parts, ShownPart


def test_parts_stand_in_order_once_and_only_with_something_to_say():
    parts: Parts[[str]] = Parts()
    parts.offer(20, "b.html", lambda name: f"late for {name}")
    parts.offer(10, "a.html", lambda name: name or None)
    parts.offer(30, "c.html", lambda _name: 0)
    parts.offer(5, "b.html", lambda name: f"early for {name}")
    assert parts.shown("Ana") == [
        ShownPart("b.html", "early for Ana", 5),
        ShownPart("a.html", "Ana", 10),
        ShownPart("c.html", 0, 30),
    ]
    assert [one.template for one in parts.shown("")] == ["b.html", "c.html"]


def test_each_page_has_parts_of_its_own():
    one: Parts[[]] = Parts()
    other: Parts[[]] = Parts()
    one.offer(1, "a.html", lambda: "here")
    assert other.shown() == []
    assert one.shown()[0].part == "here"
