"""A plan as a value: everything it says, in order; and its canonical bytes.

The content is what a plan is exchanged as, frozen as and compared as: files are made
from it and read into it, an adopted edition is its bytes, two editions differ where
their contents differ. It knows nothing of Django or of the database.

Every mark of time is an ISO text (a blank one: none), so that bytes stay the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from evenrise.vocabulary.errors import InputProblem


FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkContent:
    """What a rung stands on, in the words of that day."""

    kind: str
    key: str
    headline_en: str = ""
    headline_es: str = ""
    snapshot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPromise:
    """A gap of a measure: where it stood and where it is to be (shares, 0 to 1)."""

    family: str
    group: str
    baseline_gap: float | None = None
    target_gap: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureContent:
    """A measure of a rung; shares are 0 to 1, years are named by their end."""

    key: str
    place: int = 0
    title_en: str = ""
    title_es: str = ""
    indicator: str = ""
    definition_version: int | None = None
    organization_id: str = ""
    baseline_year: int | None = None
    baseline: float | None = None
    target: float | None = None
    target_year: int | None = None
    groups: tuple[GroupPromise, ...] = ()
    note_en: str = ""
    note_es: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetContent:
    """Dollars planned; `planned` is a decimal text with two places."""

    key: str
    source: str
    school_id: str = ""
    school_year: int
    planned: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RungContent:
    """One rung. `parent` is a key (blank: the plan), `person` an address of mail.

    `state` is a step's state as it is while people work; a frozen plan has none.
    `serves` is "slug of the plan above/key of its rung".
    """

    key: str
    kind: str
    parent: str = ""
    place: int = 0
    title_en: str = ""
    title_es: str = ""
    text_en: str = ""
    text_es: str = ""
    theory_en: str = ""
    theory_es: str = ""
    done_en: str = ""
    done_es: str = ""
    en_at: str = ""
    es_at: str = ""
    department: str = ""
    person: str = ""
    begins_on: str = ""
    ends_on: str = ""
    state: str = ""
    depends: tuple[str, ...] = ()
    serves: str = ""
    lcff: tuple[int, ...] = ()
    contributing: bool | None = None
    service: str = ""
    links: tuple[LinkContent, ...] = ()
    measures: tuple[MeasureContent, ...] = ()
    budget: tuple[BudgetContent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentContent:
    """A department that the plan names."""

    key: str
    name_en: str
    name_es: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContent:
    """A whole plan; `rungs` in reading order, a parent always before its children."""

    slug: str
    kind: str
    school_id: str = ""
    parent: str = ""  # slug of the plan above
    title_en: str = ""
    title_es: str = ""
    text_en: str = ""
    text_es: str = ""
    en_at: str = ""
    es_at: str = ""
    begins_year: int
    ends_year: int
    departments: tuple[DepartmentContent, ...] = ()
    rungs: tuple[RungContent, ...] = ()
    format: int = field(default=FORMAT)

    def rung(self, key: str) -> RungContent | None:
        """The rung of a key."""
        return next((one for one in self.rungs if one.key == key), None)

    def children(self, key: str = "") -> tuple[RungContent, ...]:
        """What stands below a rung (blank: below the plan), in order."""
        return tuple(one for one in self.rungs if one.parent == key)

    def numbers(self) -> dict[str, str]:
        """How each rung is counted, by key: "2.3.1"; values are not counted.

        Priorities and goals are counted for themselves, through the whole plan, as a
        reader names them ("Goal 3"); what stands below a goal carries its number.
        """
        counted: dict[str, int] = {}
        found: dict[str, str] = {}
        for one in self.rungs:
            if one.kind == "value":
                continue
            below = one.parent if one.kind in {"strategy", "step"} else f"*{one.kind}"
            counted[below] = counted.get(below, 0) + 1
            before = found.get(one.parent, "") if below == one.parent else ""
            found[one.key] = f"{before}.{counted[below]}".lstrip(".")
        return found

    def as_promised(self) -> PlanContent:
        """Without what changes while people work: the states of steps."""
        return replace(self, rungs=tuple(replace(one, state="") for one in self.rungs))


def instant_told(at: dt.datetime | None) -> str:
    """A moment as a content writes it: ISO, universal time, whole seconds."""
    return at.astimezone(dt.UTC).isoformat(timespec="seconds") if at else ""


def content_bytes(content: PlanContent) -> bytes:
    """The canonical bytes: JSON, keys in order, UTF-8, one line feed at the end."""
    told = json.dumps(
        asdict(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return f"{told}\n".encode()


def digest_of(told: bytes) -> str:
    """The SHA-256 of canonical bytes, 64 hexadecimal digits."""
    return hashlib.sha256(told).hexdigest()


def read_content(told: bytes) -> PlanContent:
    """The content of canonical bytes.

    Raises:
        InputProblem: when the bytes are no plan, or of a newer Evenrise.
    """
    try:
        found = json.loads(told)
        if found["format"] > FORMAT:
            raise InputProblem(
                "This plan was written by a newer Evenrise; update this one first."
            )
        return _plan(found)
    except (ValueError, KeyError, TypeError) as problem:
        raise InputProblem("This is not the content of a plan.") from problem


def _plan(found: Mapping[str, Any]) -> PlanContent:
    return PlanContent(
        **{
            **_named(PlanContent, found),
            "departments": _each(DepartmentContent, found["departments"]),
            "rungs": tuple(read_rung(one) for one in found["rungs"]),
        }
    )


def read_rung(found: Mapping[str, Any]) -> RungContent:
    """One rung of its plain values, as `asdict` gives them; unknown ones are left."""
    return RungContent(
        **{
            **_named(RungContent, found),
            "depends": tuple(found["depends"]),
            "lcff": tuple(found["lcff"]),
            "links": _each(LinkContent, found["links"]),
            "measures": tuple(_measure(one) for one in found["measures"]),
            "budget": _each(BudgetContent, found["budget"]),
        }
    )


def _measure(found: Mapping[str, Any]) -> MeasureContent:
    return MeasureContent(
        **{
            **_named(MeasureContent, found),
            "groups": _each(GroupPromise, found["groups"]),
        }
    )


def _each(kind: type[Any], found: Iterable[Mapping[str, Any]]) -> tuple[Any, ...]:
    return tuple(kind(**_named(kind, one)) for one in found)


def _named(kind: type[Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that this Evenrise knows; an older plan may lack some."""
    return {one.name: found[one.name] for one in fields(kind) if one.name in found}
