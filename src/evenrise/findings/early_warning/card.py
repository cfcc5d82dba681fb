"""What cards hold: how well each way of flagging found students, in past years.

Every rate is an `Estimate`: value, interval and n, or a reason why there is none. What
stands in a card goes into JSON and comes back the same.
"""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.text import Text


class Way(StrEnum):
    """A way to choose whom to flag."""

    RULE = "rule"  # the count of lines crossed (attendance, behavior, course)
    MODEL = "model"  # chances learned from earlier years
    SCHOOL = "school"  # whole schools, those with most students not on track first


class Shortage(StrEnum):
    """Why no model could be tried."""

    NO_YEAR = "no_year"  # no finished year with known outcomes
    ONE_YEAR = "one_year"  # nothing earlier to learn from
    TOO_FEW_OUTCOMES = "too_few_outcomes"  # on track or not, in either part
    TOO_FEW_FLAGGED = "too_few_flagged"  # the rule flagged fewer than eleven


@dataclass(frozen=True, slots=True)
class Lead:
    """Days from the checkpoint until a flagged student's year was surely off track.

    A quarter had fewer than `lower_quartile`; 0 is on the day or before.
    """

    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    n: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """Students with about the same chance: what was expected, and what came."""

    expected: float
    observed: Estimate


@dataclass(frozen=True, slots=True)
class GroupErrors:
    """One group: missed students first; of fewer than 11 students nothing is said.

    Nor of the next smallest group, where the others would tell of the hidden one.

    `missed` is the share not flagged of those not on track (FNR), `false_alarms` the
    share flagged of those on track (FPR); `expected` is the mean chance, `observed`
    the share not on track.
    """

    family: str
    group: str
    n: int
    missed: Estimate
    false_alarms: Estimate
    precision: Estimate
    area: Estimate
    expected: float | None
    observed: Estimate


@dataclass(frozen=True, slots=True)
class WayCard:
    """One way of flagging, at the card's number of students.

    `in_the_large` is the logit by which outcomes exceed chances; `slope` below 1 says
    that chances are too extreme. Chances of rule and school are earlier years' shares.
    """

    way: Way
    precision: Estimate
    recall: Estimate
    missed: Estimate
    false_alarms: Estimate
    area: Estimate
    brier: Estimate
    in_the_large: float | None
    slope: float | None
    calibration: tuple[CalibrationRow, ...]
    lead: Lead
    groups: tuple[GroupErrors, ...]


@dataclass(frozen=True, slots=True)
class OtherSchools:
    """The model on schools it never learned from, and how it compares to the rule."""

    precision: Estimate
    area: Estimate
    over_rule: Estimate


@dataclass(frozen=True, slots=True)
class CheckpointCard:
    """One checkpoint of the tested years.

    `flagged` is the number of students that every way flags; `over_rule` and
    `over_schools` are the model's precision minus theirs at that number, with
    intervals from drawing `drawn` (schools or students) again. `share_between` is the
    share of the outcome's variance that lies between schools.
    """

    checkpoint: str
    students: int
    not_on_track: int
    flagged: int
    ways: tuple[WayCard, ...]
    over_rule: Estimate | None
    over_schools: Estimate | None
    areas_p: float | None
    drawn: str
    other_schools: OtherSchools | None
    share_between: float | None
    earns: bool
    sentences: tuple[Text, ...]

    def way(self, way: Way) -> WayCard | None:
        """The card of one way; None where there was nothing to make it from."""
        return next((one for one in self.ways if one.way is way), None)


@dataclass(frozen=True, slots=True)
class Cards:
    """What the district's own past says of each way to flag.

    `uses` is what the product may flag by. `why` says why no model could be tried; it
    is None where one was. Years are named by their spring.
    """

    uses: Way
    why: Shortage | None
    margin: float
    years_trained: tuple[int, ...]
    years_tested: tuple[int, ...]
    rows_used: int
    rows_there: int
    checkpoints: tuple[CheckpointCard, ...]
    sentences: tuple[Text, ...]

    def as_json(self) -> dict[str, Any]:
        """As dicts, lists, texts and numbers."""
        told: dict[str, Any] = plain(self)
        return told

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Cards:
        """What `as_json` told, the same again.

        Raises:
            KeyError: when a part is missing.
        """
        found: Cards = made(cls, told)
        return found


def plain(value: Any) -> Any:
    """A card as dicts, lists, texts and numbers.

    Raises:
        ValueError: for a number that is not finite: it must not leave the house.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} cannot be told; a card gives a reason instead.")
    return value


def made(kind: Any, value: Any) -> Any:
    """What `plain` gave, as `kind` again: exactly the same.

    Raises:
        KeyError: when a part is missing.
    """
    if value is None:
        return None
    if get_origin(kind) in (Union, types.UnionType):
        (kind,) = (one for one in get_args(kind) if one is not type(None))
    if get_origin(kind) is tuple:
        return tuple(made(get_args(kind)[0], part) for part in value)
    if is_dataclass(kind):
        return _made_of(kind, value)
    # Whole numbers of JSON are floats again where a float stood.
    return kind(value)


def _made_of(kind: Any, value: Mapping[str, Any]) -> Any:
    hints = get_type_hints(kind)
    return kind(
        **{one.name: made(hints[one.name], value[one.name]) for one in fields(kind)}
    )
