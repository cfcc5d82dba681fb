"""Card 12: growth percentiles."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from evenrise.statistics.growth import TAUS, growth_percentiles, residual_percentiles
from tests.reference.calls import Around, call
from tests.reference.data import dataset, filtered


def _schools(words: str) -> list[str]:
    """The school of each student: `pkg::Item, filter, every 4th row`."""
    name, *rest = (part.strip() for part in words.split(","))
    frame = dataset(name)
    for part in rest:
        every = re.fullmatch(r"every (\d+)\w* row", part)
        frame = frame.iloc[:: int(every[1])] if every else filtered(frame, part)
    return frame["school"].astype(str).tolist()


@call("growth_sgp")
def _growth(given: Any, _: Around) -> Any:
    seen = growth_percentiles(given["prior"], given["current"])
    simple = residual_percentiles(given["prior"], given["current"])
    schools = np.array(given.get("school") or _schools(given["dataset"]))
    middle = TAUS.index(0.505)
    return {
        "sgp": seen.percentile,
        "knots": seen.knots,
        "boundary": seen.boundary,
        "coef_tau_0.505": seen.coefficients[middle],
        "school": schools.tolist(),
        "school_median": {
            name: float(np.median(seen.percentile[schools == name]))
            for name in np.unique(schools).tolist()
        },
        "cond": {
            "residual_percentile": simple.percentile,
            "coef": simple.coefficients,
            "sigma": simple.sigma,
        },
    }
