"""Invented plans for tests of exchange: any text, any key, any ladder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from evenrise.workspace.plans.content import (
    BudgetContent,
    DepartmentContent,
    GroupPromise,
    LinkContent,
    MeasureContent,
    PlanContent,
    RungContent,
)
from evenrise.workspace.plans.exchange.words import BELOW, CODES


# What PostgreSQL and XML keep: no NUL, no halves of letters, no marks of byte order.
_LETTERS = st.characters(
    blacklist_categories=("Cs",), blacklist_characters="\0\ufffe\uffff"
)
_ODD = st.sampled_from(
    [
        *("=1+1", "+49", "-x", "@a", "'tis", "'=1", "''=1", " =1", "a\nb", "a\r\nb"),
        *("\n", " ", "👩🏽‍🏫 ok", "⟦0⟧", "x⟦12⟧", "_x0041_", "12", "1.50", "1e5"),
        *('"quoted"', "a;b", "a,b", "\t", "ñandú", "TRUE", "\ufeffx", "x" * 40),
    ]
)
texts = st.one_of(_ODD, st.text(_LETTERS, max_size=30))
titles = texts.map(lambda told: told if told.strip() else f"{told}.")
keys = st.one_of(
    st.text(_LETTERS, min_size=1, max_size=12).filter(str.strip),
    st.sampled_from(["t;1", "007", "1e5", "=k", "a b", "'k", '"k"', "k,1", "-"]),
)
_share = st.none() | st.floats(-1, 2, allow_nan=False).map(lambda one: one + 0.0)
_year = st.integers(2000, 2099)
_instant = st.sampled_from(["", "2026-02-03T16:00:00+00:00"])
_day = st.dates().map(str)


@st.composite
def _measures(draw: st.DrawFn) -> tuple[MeasureContent, ...]:
    found = draw(st.lists(keys, unique=True, max_size=2))
    names = draw(st.lists(st.tuples(keys, keys), unique=True, max_size=2))
    return tuple(
        MeasureContent(
            key=key,
            place=place,
            title_en=draw(titles),
            title_es=draw(texts),
            indicator=draw(texts),
            definition_version=draw(st.none() | st.integers(1, 9)),
            baseline_year=draw(st.none() | _year),
            baseline=draw(_share),
            target=draw(_share),
            groups=tuple(
                GroupPromise(family=a, group=b, baseline_gap=draw(_share))
                for a, b in names
            ),
            note_en=draw(texts),
        )
        for place, key in enumerate(found)
    )


@st.composite
def _budget(draw: st.DrawFn) -> tuple[BudgetContent, ...]:
    return tuple(
        BudgetContent(
            key=key,
            source=draw(st.sampled_from(list(CODES["source"]))),
            school_id=draw(texts),
            school_year=draw(_year),
            planned=f"{draw(st.decimals(0, 10**11, places=2)):.2f}",
        )
        for key in draw(st.lists(keys, unique=True, max_size=2))
    )


@st.composite
def _links(draw: st.DrawFn) -> tuple[LinkContent, ...]:
    kinds = st.sampled_from(list(CODES["link_kind"]))
    return tuple(
        LinkContent(kind=kind, key=key, headline_en=draw(texts), snapshot=draw(texts))
        for kind, key in draw(st.lists(st.tuples(kinds, keys), unique=True, max_size=2))
    )


@st.composite
def _rung(draw: st.DrawFn, key: str, kind: str, parent: str) -> RungContent:
    days = sorted(draw(st.lists(_day, min_size=2, max_size=2)))
    dated = draw(st.booleans())
    return RungContent(
        key=key,
        kind=kind,
        parent=parent,
        title_en=draw(titles),
        title_es=draw(texts),
        text_en=draw(texts),
        text_es=draw(texts),
        theory_en=draw(texts),
        done_es=draw(texts),
        en_at=draw(_instant),
        department=draw(texts),
        person=draw(texts),
        begins_on=days[0] if dated else "",
        ends_on=days[1] if dated else "",
        state=draw(st.sampled_from(["", *CODES["state"]])) if kind == "step" else "",
        serves=draw(texts),
        lcff=tuple(draw(st.lists(st.integers(1, 10), unique=True, max_size=3))),
        contributing=draw(st.none() | st.booleans()),
        service=draw(st.sampled_from(["", "increased", "improved"])),
        links=draw(_links()),
        measures=draw(_measures()),
        budget=draw(_budget()),
    )


@st.composite
def contents(draw: st.DrawFn, most: int = 8) -> PlanContent:
    """A plan of up to `most` rungs, each below one it may stand below."""
    rungs: list[RungContent] = []
    for key in draw(st.lists(keys, unique=True, max_size=most)):
        kind = draw(st.sampled_from(list(BELOW)))
        above = [""] * ("" in BELOW[kind])
        above += [one.key for one in rungs if one.kind in BELOW[kind]]
        if not above:
            kind, above = "goal", [""]
        parent = draw(st.sampled_from(above))
        rungs.append(draw(_rung(key, kind, parent)))
    known: list[str] = []
    for at, one in enumerate(rungs):
        waits = (
            draw(st.lists(st.sampled_from(known), unique=True, max_size=2))
            if (known)
            else []
        )
        rungs[at] = replace(one, depends=tuple(waits))
        known.append(one.key)
    return PlanContent(
        slug="a-plan",
        kind="district",
        title_en=draw(titles),
        title_es=draw(texts),
        text_en=draw(texts),
        en_at=draw(_instant),
        begins_year=2026,
        ends_year=draw(st.integers(2026, 2030)),
        departments=tuple(
            DepartmentContent(key=key, name_en=draw(texts), name_es=draw(texts))
            for key in draw(st.lists(keys, unique=True, max_size=2))
        ),
        rungs=in_order(rungs),
    )


def in_order(rungs: list[RungContent]) -> tuple[RungContent, ...]:
    """Reading order, siblings numbered."""
    found: list[RungContent] = []

    def walk(parent: str) -> None:
        below = [one for one in rungs if one.parent == parent]
        for place, one in enumerate(below):
            found.append(replace(one, place=place))
            walk(one.key)

    walk("")
    return tuple(found)


def empty(**changed: Any) -> PlanContent:
    """A plan that says nothing yet."""
    return replace(
        PlanContent(slug="a-plan", kind="district", begins_year=2026, ends_year=2026),
        **changed,
    )
