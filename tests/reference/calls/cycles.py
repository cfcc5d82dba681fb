"""Card 7: run charts, control charts, Making Data Count."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenrise.statistics.making_data_count import making_data_count
from evenrise.statistics.process_control import (
    SCREEN,
    ControlChart,
    control_chart,
    moving_range,
)
from tests.reference.calls import Around, call, listed


def _places(given: Any, key: str) -> list[int]:
    return [] if given.get(key) is None else listed(given[key])


def _chart(kind: str, given: Any, y: Any) -> ControlChart:
    return control_chart(
        kind,
        listed(y),
        None if given.get("n") is None else listed(given["n"]),
        phases=_places(given, "part"),
        freeze=given.get("freeze"),
        exclude=_places(given, "exclude"),
        screen=bool(given.get("screened")),
        narrow=True,  # the reference gives Laney's raw limits
    )


def _parts(chart: ControlChart) -> dict[str, Any]:
    runs = {
        name: [getattr(one, ours) for one in chart.runs]
        for name, ours in (
            ("n_useful", "useful"),
            ("longest_run", "longest_run"),
            ("longest_run_max", "longest_run_limit"),
            ("crossings", "crossings"),
            ("crossings_min", "crossings_limit"),
            ("signal", "signal"),
        )
    }
    return {
        "value": chart.value,
        "center": chart.center,
        "lcl": chart.lower,
        "ucl": chart.upper,
        "beyond_limits": chart.beyond,
        "part": [str(part) for part in chart.part],
        "runs": {k: v[0] if len(v) == 1 else v for k, v in runs.items()},
    }


def _as_qcc(chart: ControlChart, given: Any) -> dict[str, Any]:
    """Center and limits; limits are one number where there is no denominator."""
    same = given.get("n") is None
    return {
        "center": chart.center[0],
        "lcl": chart.lower[0] if same else chart.lower,
        "ucl": chart.upper[0] if same else chart.upper,
    }


@call("spc_run_chart")
def _run(given: Any, _: Around) -> Any:
    return _parts(_chart("run", given, given["y"]))


@call("spc_xmr")
def _xmr(given: Any, _: Around) -> Any:
    chart = _chart("xmr", given, given["y"])
    step = moving_range(listed(given["y"])) or np.nan
    return {
        "qicharts2": _parts(chart),
        "qcc": _as_qcc(chart, given),
        "mR_bar": step,
        "limits_2.66": [chart.center[0] - 2.66 * step, chart.center[0] + 2.66 * step],
        "mR_upper": SCREEN * step,
    }


@call("spc_attribute")
def _attribute(given: Any, _: Around) -> Any:
    chart = _chart(given["chart"], given, given["events"])
    return {"qicharts2": _parts(chart), "qcc": _as_qcc(chart, given)}


@call("spc_nhs_mdc")
def _nhs(given: Any, _: Around) -> Any:
    seen = making_data_count(
        listed(given["y"]),
        good=given.get("improvement_direction", 1),
        rebase=_places(given, "rebase"),
        freeze=given.get("fix_after_n_points"),
        screen=given.get("screen", True),
    )
    return {
        "mean": seen.mean,
        "lpl": seen.lower,
        "upl": seen.upper,
        "special_cause": seen.signal,
        "point_type": seen.meaning,
    }
