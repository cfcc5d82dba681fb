"""Compare an answer with a reference answer, nested, within the file's tolerance."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from enum import Enum
from typing import Any

import numpy as np


# Words about the number, not numbers; a reason's wording is our own.
COMMENTS = frozenset(
    {"note", "notes", "note_loglik", "twofold_meaning", "status_note", "source"}
)
# Which tolerance a value falls under, where a file names several: the first whose
# word stands in the value's path.
NAMED = (
    ("koopman", "koopman"),
    ("sgp", "sgp_abs"),
    ("school_median", "sgp_abs"),
    ("published", "published"),
    ("score_", "score"),
    ("PCV", "pcv_abs"),
    ("fixed_se", "fixed_se_rel"),
    ("fixed", "fixed_abs"),
    ("loglik", "loglik_abs"),
    ("cond_cov", "blup_abs"),
    ("cond_sd", "cond_sd_rel"),
    ("sd_", "cond_sd_rel"),
    ("blup", "blup_abs"),
    ("interaction_mode", "blup_abs"),
    ("effect", "blup_abs"),
    ("p_", "blup_abs"),
    ("prob", "blup_abs"),
    ("var", "variance_rel"),
    ("sigma2", "variance_rel"),
    ("_cov", "variance_rel"),
    ("icc", "variance_rel"),
    ("reliability", "variance_rel"),
    ("vpc", "variance_rel"),
)
# R prints 15 digits, and zero as what rounding left of it.
PRINTED = 2e-14
ZERO = 1e-12
# Above this a share of counts is a quotient by what rounding left of zero. The one
# honest answer is that there is none.
DIVIDED_BY_ROUNDING = 1e12


@dataclass(frozen=True)
class Asked:
    """An answer to a question that the reference's own part poses (which pair, say).

    `answer` gets the part, and must read nothing from it but the labels of the
    question.
    """

    answer: Callable[[Any], Any]


def differences(
    expected: Any, actual: Any, tolerance: Mapping[str, Any], path: str = ""
) -> Iterator[str]:
    """One sentence for each place where the answers differ; none when they agree."""
    if isinstance(actual, Asked):
        many = isinstance(expected, list)
        actual = (
            [actual.answer(one) for one in expected]
            if many
            else actual.answer(expected)
        )
    actual = plain(actual)
    if expected in ({}, []) and actual in (None, {}, []):  # R's empty vector
        return
    if path.rsplit(".", 1)[-1] in COMMENTS:
        return
    if path.rsplit(".", 1)[-1] == "reason":
        if (expected is None) != (actual is None):
            yield f"{path}: expected the reason {expected!r}, got {actual!r}"
        return
    if isinstance(expected, dict):
        yield from _mapping(expected, actual, tolerance, path)
    elif isinstance(expected, list):
        yield from _sequence(expected, actual, tolerance, path)
    elif isinstance(actual, list) and len(actual) == 1:
        yield from differences(expected, actual[0], tolerance, path)  # R has no scalars
    elif not _same(expected, actual, tolerance, path):
        yield f"{path}: expected {expected!r}, got {actual!r}"


def plain(value: Any) -> Any:
    """Dataclasses, arrays and enumerations as JSON would hold them; nan is None."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def _mapping(
    expected: dict[str, Any], actual: Any, tolerance: Mapping[str, Any], path: str
) -> Iterator[str]:
    if not isinstance(actual, dict):
        yield f"{path}: expected named parts {list(expected)}, got {actual!r}"
        return
    for key, part in expected.items():
        if key in COMMENTS:
            continue
        if key not in actual:
            yield f"{path}.{key}: expected {str(part)[:80]}, and there is no answer"
        else:
            yield from differences(part, actual[key], tolerance, f"{path}.{key}")


def _sequence(
    expected: list[Any], actual: Any, tolerance: Mapping[str, Any], path: str
) -> Iterator[str]:
    given = actual if isinstance(actual, list) else [actual]
    if len(given) != len(expected):
        yield f"{path}: expected {len(expected)} entries, got {len(given)}"
        return
    pairs = list(zip(expected, given, strict=True))
    for number, (one, other) in enumerate(pairs):
        yield from differences(one, other, tolerance, f"{path}[{number}]")
    if path == ".sgp" and "share_exact" in tolerance:
        exact = sum(one == other for one, other in pairs) / len(pairs)
        if exact < tolerance["share_exact"]:
            yield f"{path}: only {exact:.0%} are exactly equal"


def _same(expected: Any, actual: Any, tolerance: Mapping[str, Any], path: str) -> bool:
    if expected is None or actual is None:
        if isinstance(expected, float) and abs(expected) > DIVIDED_BY_ROUNDING:
            return actual is None
        return expected is actual
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if isinstance(expected, str) or isinstance(actual, str):
        return str(expected) == str(actual)
    distance = abs(expected - actual)
    absolute, relative = _allowed(tolerance, path)
    size = 0.0 if abs(expected) < ZERO else abs(expected)
    return distance <= max(absolute, relative * size, PRINTED * size, ZERO)


def _allowed(tolerance: Mapping[str, Any], path: str) -> tuple[float, float]:
    """(absolute, relative) tolerance of the value at `path`."""
    for word, name in NAMED:
        if name in tolerance and word in path:
            limit = float(tolerance[name])
            return (0.0, limit) if name.endswith("_rel") else (limit, 0.0)
    if "abs" in tolerance or "rel" in tolerance:
        return float(tolerance.get("abs", 0)), float(tolerance.get("rel", 0))
    if "sgp_abs" in tolerance:  # what the percentiles are made from
        return 0.0, 1e-6
    # A file of models names no tolerance for sums of its parts: the effects' one.
    return float(tolerance.get("blup_abs", 0)), 0.0
