"""How strong would something unrecorded have to be (METHODS card 9)?"""

from __future__ import annotations

import math


def e_value(ratio: float) -> float:
    """The risk ratio with both support and outcome that would explain `ratio` away.

    RR + sqrt(RR (RR - 1)), of 1 / RR below 1. Source: VanderWeele and Ding 2017,
    Annals of Internal Medicine 167:268.

    Raises:
        ValueError: unless the ratio is above 0.
    """
    if not ratio > 0:
        raise ValueError(f"A risk ratio is above 0; got {ratio}.")
    up = max(ratio, 1 / ratio)
    return up + math.sqrt(up * (up - 1))


def e_value_of_limit(ratio: float, limit: float) -> float:
    """The same for the limit of the interval nearest 1; 1 when it lies beyond 1.

    Raises:
        ValueError: unless both are above 0.
    """
    if not (ratio > 0 and limit > 0):
        raise ValueError("A risk ratio and its limit are above 0.")
    beyond = (ratio >= 1 and limit <= 1) or (ratio <= 1 and limit >= 1)
    return 1.0 if beyond else e_value(limit)
