"""An estimate: value, interval and n, always together, or a reason why not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why there is no number. Never zero, never NaN."""

    NO_STUDENTS = "no_students"  # n = 0
    TOO_FEW = "too_few"  # too few to say
    NO_EVENTS_IN_REFERENCE = "no_events_in_reference"  # a ratio would divide by zero
    NO_VARIATION = "no_variation"  # all the same
    ONE_SCHOOL = "one_school"  # nothing to compare with
    SEPARATED = "separated"  # a group predicts the outcome perfectly
    SINGULAR = "singular"  # the model cannot be told apart from a simpler one
    SUPPRESSED = "suppressed"  # an input is hidden
    NOT_COLLECTED = "not_collected"
    NOT_APPLICABLE = "not_applicable"
    DID_NOT_CONVERGE = "did_not_converge"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number a person may read: `value`, its 95 % interval and `n`.

    Either `value` is a finite number, or `reason` says why there is none.
    `lower` and `upper` may be None where the method has no interval (a bound that is
    open is None too: a risk ratio of 0 has no lower log limit).

    Raises:
        ValueError: for NaN, for a value and a reason together, or for neither.
    """

    value: float | None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    reason: Reason | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("An estimate has a value or a reason, never both.")
        for part in (self.value, self.lower, self.upper):
            if part is not None and math.isnan(part):
                raise ValueError("An estimate is never NaN: give a reason instead.")

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return self.value is not None

    @property
    def excludes_zero(self) -> bool:
        """Whether the whole interval lies on one side of zero."""
        if self.lower is None or self.upper is None:
            return False
        return self.lower > 0 or self.upper < 0

    @classmethod
    def unknown(cls, reason: Reason, n: int | None = None) -> Estimate:
        """No number, and why."""
        return cls(None, n=n, reason=reason)
