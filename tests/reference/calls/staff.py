"""Cards 11 and 13: staff that mirrors students, who stays, and resources."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from evenrise.statistics.resource_equity import resource_equity
from evenrise.statistics.staff_mirror import staff_mirror
from evenrise.statistics.staff_retention import Curve, compare_staying, staying
from tests.reference.calls import Around, call, listed
from tests.reference.data import evaluate, table


@call("staff_mirror")
def _mirror(given: Any, _: Around) -> Any:
    seen = staff_mirror(listed(given["staff"]), listed(given["students"]))

    def each(name: str) -> list[Any]:
        return [getattr(row, name) for row in seen.rows]

    return {
        "staff_share": each("staff_share"),
        "student_share": each("student_share"),
        "ratio": [row.ratio.value for row in seen.rows],
        "ratio_lower": [row.ratio.lower for row in seen.rows],
        "ratio_upper": [row.ratio.upper for row in seen.rows],
        "gap_points": each("gap"),
        "expected_staff": each("expected"),
        "shortfall": each("shortfall"),
        "dissimilarity": seen.dissimilarity,
        "exact_p_vs_student_share": each("p"),
        "students_per_staff": each("students_per_staff"),
    }


def _curve(curve: Curve) -> dict[str, Any]:
    return {
        "time": curve.time,
        "at_risk": curve.at_risk,
        "survival": curve.survival,
        "se_greenwood": curve.se,
        "lower": curve.lower,
        "upper": curve.upper,
    }


@call("staff_retention")
def _retention(given: Any, _: Around) -> Any:
    years, left, group = (np.asarray(given[k]) for k in ("years", "left", "group"))
    at = listed(given["at"])
    whole = staying(years, left, at)
    test = compare_staying(years, left, group)
    return {
        "overall": _curve(whole),
        "by_group": [
            {
                "group": name,
                **_curve(staying(years[group == name], left[group == name], at)),
            }
            for name in np.unique(group)
        ],
        "logrank_chi2": test.chi_squared,
        "logrank_p": test.p,
        "median": whole.median,
    }


@call("resource_equity")
def _resources(given: Any, around: Around) -> Any:
    keys = ("spending", "pupils", "need")
    if "dataset" in given:
        frame = table(given, around.folder)
        spending, pupils, need = (evaluate(frame, given[key]) for key in keys)
    else:
        spending, pupils, need = (given.get(key) for key in keys)
    seen = resource_equity(spending, pupils, need)
    answer = asdict(seen.horizontal)
    if seen.vertical is not None:
        vertical = asdict(seen.vertical)
        answer |= {
            "concentration_index": vertical["concentration"],
            "slope": vertical["slope"],
            "slope_se_hc1": vertical["slope_se"],
            "log_slope": vertical["log_slope"],
            "correlation_weighted": vertical["correlation"],
            "high_need_to_low_need_ratio": vertical["high_to_low"],
        }
    return answer
