"""Plans to begin with (`starting/*.toml`): whole plans of real words, to be changed.

A file tells a ladder as people read it: values, priorities, goals below them,
strategies below goals, steps below strategies. Days are told by the plan's years:
"1-09-15" is the 15th of September of its first school year.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from evenrise.vocabulary.school_year import FIRST_MONTH
from evenrise.workspace.plans.content import (
    DepartmentContent,
    MeasureContent,
    PlanContent,
    RungContent,
)


_FOLDER = Path(__file__).parent / "starting"
# The school year that files are read for; `begun_in` moves a content to any other.
_FIRST = 2027
_LETTER = {"value": "v", "priority": "p", "goal": "g", "strategy": "s", "step": "t"}
_WORDS = tuple(
    f"{name}_{language}"
    for name in ("title", "text", "theory", "done")
    for language in ("en", "es")
)


@cache
def starting_plans() -> Mapping[str, PlanContent]:
    """Every plan to begin with, by its name; the first is offered first."""
    return {
        path.stem.partition("_")[2]: _read(path)
        for path in sorted(_FOLDER.glob("*.toml"))
    }


def begun_in(content: PlanContent, first: int) -> PlanContent:
    """The same plan, beginning in another school year: its days move with it.

    Args:
        content: of any plan.
        first: the school year in which it is to begin, by its spring.
    """
    by = first - content.begins_year
    rungs = tuple(
        replace(
            one,
            begins_on=_moved(one.begins_on, by),
            ends_on=_moved(one.ends_on, by),
            measures=tuple(
                replace(m, target_year=m.target_year + by if m.target_year else None)
                for m in one.measures
            ),
        )
        for one in content.rungs
    )
    return replace(
        content, begins_year=first, ends_year=content.ends_year + by, rungs=rungs
    )


def _moved(told: str, years: int) -> str:
    """A day some years later; the 29th of February becomes the 28th."""
    if not told:
        return ""
    day = dt.date.fromisoformat(told)
    last = day.day if (day.month, day.day) != (2, 29) else 28
    return day.replace(year=day.year + years, day=last).isoformat()


def _read(path: Path) -> PlanContent:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    head = told["plan"]
    counted: dict[str, int] = {}
    return PlanContent(
        slug=path.stem.partition("_")[2].replace("_", "-"),
        kind=head["kind"],
        title_en=head["title_en"],
        title_es=head["title_es"],
        text_en=head["text_en"].strip(),
        text_es=head["text_es"].strip(),
        begins_year=_FIRST,
        ends_year=_FIRST + head["years"] - 1,
        departments=tuple(
            DepartmentContent(**one) for one in told.get("department", ())
        ),
        rungs=tuple(_rungs(told, "", counted)),
    )


def _rungs(
    told: Mapping[str, Any], parent: str, counted: dict[str, int]
) -> Iterator[RungContent]:
    """The rungs below one, each before what stands below it."""
    place = 0
    for kind, letter in _LETTER.items():
        for one in told.get(kind, ()):
            counted[kind] = counted.get(kind, 0) + 1
            key = f"{letter}{counted[kind]}"
            yield _rung(one, kind, key, parent, place)
            place += 1
            yield from _rungs(one, key, counted)


def _rung(
    one: Mapping[str, Any], kind: str, key: str, parent: str, place: int
) -> RungContent:
    return RungContent(
        key=key,
        kind=kind,
        parent=parent,
        place=place,
        **{name: one.get(name, "").strip() for name in _WORDS},
        department=one.get("department", ""),
        begins_on=_day(one.get("begins", "")),
        ends_on=_day(one.get("ends", "")),
        state="planned" if kind == "step" else "",
        lcff=tuple(one.get("lcff", ())),
        contributing=one.get("contributing"),
        service=one.get("service", ""),
        measures=tuple(
            MeasureContent(
                key=f"m{place}",
                place=place,
                title_en=measure["title_en"],
                title_es=measure["title_es"],
                indicator=measure.get("indicator", ""),
                note_en=measure.get("note_en", ""),
                note_es=measure.get("note_es", ""),
            )
            for place, measure in enumerate(one.get("measure", ()), 1)
        ),
    )


def _day(told: str) -> str:
    """The day of "1-09-15": in the first school year, the 15th of September."""
    if not told:
        return ""
    year, month, day = (int(part) for part in told.split("-"))
    calendar = _FIRST + year - 1 - (1 if month >= FIRST_MONTH else 0)
    return dt.date(calendar, month, day).isoformat()
