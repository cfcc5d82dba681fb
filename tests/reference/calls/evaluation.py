"""Card 9: did the support help?"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from evenrise.statistics.cutoff_effect import cutoff_effect, fixed_bandwidth
from evenrise.statistics.detectable import (
    means_detectable,
    rates_detectable,
    schools_detectable,
)
from evenrise.statistics.doubly_robust import doubly_robust
from evenrise.statistics.e_value import e_value, e_value_of_limit
from evenrise.statistics.planned_looks import planned_looks
from evenrise.statistics.time_series_effect import compared_series, interrupted
from tests.reference.calls import Around, call, listed
from tests.reference.compare import Asked
from tests.reference.data import evaluate, table


@call("eval_its")
def _its(given: Any, _: Around) -> Any:
    seen = interrupted(
        given["t"], given["post"], given["tpost"], given["y"], lag=given.get("lag", 2)
    )
    return {
        "coef": seen.coefficients,
        "se_ols": seen.se,
        "se_newey_west": seen.se_newey_west,
        "lag": given.get("lag", 2),
        "df_residual": seen.freedom,
        "durbin_watson": seen.durbin_watson,
    }


@call("eval_rd")
def _cutoff(given: Any, around: Around) -> Any:
    if "data" in given or "dataset" in given:
        frame = table(given, around.folder)
        x, y = evaluate(frame, given["x"]), evaluate(frame, given["y"])
    else:
        x, y = given["x"], given["y"]
    seen = cutoff_effect(x, y, given["cutoff"])

    def fixed(asked: Any) -> Any:
        # The bandwidth that was set beforehand stands in the reference's part only.
        found = fixed_bandwidth(x, y, given["cutoff"], asked["h"])
        return {
            "h": asked["h"],
            "tau": found.effect.value,
            "se_hc1": found.se,
            "n_used": found.used,
        }

    return {
        "tau_conventional": seen.conventional,
        "tau_bias_corrected": seen.effect.value,
        "se_conventional": seen.se_conventional,
        "se_robust": seen.se_robust,
        "ci_robust": [seen.effect.lower, seen.effect.upper],
        "p_robust": seen.p,
        "h": seen.bandwidths.main,
        "b": seen.bandwidths.bias,
        "n_left": seen.n[0],
        "n_right": seen.n[1],
        "n_eff_left": seen.near[0],
        "n_eff_right": seen.near[1],
        "mass_points": seen.distinct_scores,
        "fixed_bandwidth": Asked(fixed),
    }


@call("eval_cits")
def _cits(given: Any, _: Around) -> Any:
    words = re.search(r"yc\s*=\s*year\s*-\s*([\d.]+)", given.get("formula", ""))
    seen = compared_series(
        *(given[key] for key in ("year", "school", "treat", "post", "y")),
        center=float(words[1]) if words else 0.0,
    )
    return {
        "effect": seen.effect.value,
        "coef": seen.coefficients,
        "se_cluster_hc1": seen.se_clustered,
        "se_cr2": seen.se_cr2,
        "df_satterthwaite": seen.freedom,
        "p_satterthwaite": seen.p,
        "se_jackknife_cr3": seen.se_jackknife,
        "did_two_way_fe": seen.did,
        "did_se_cluster_hc1": seen.did_se,
        "n_clusters": seen.schools,
        "n_treated": seen.treated,
    }


@call("eval_doubly_robust")
def _robust(given: Any, around: Around) -> Any:
    if "dataset" in given or "data" in given:
        frame = table(given, around.folder)
        names = listed(given["x"])
        y, t = evaluate(frame, given["y"]), evaluate(frame, given["t"])
        x = np.column_stack([evaluate(frame, name) for name in names]).astype(float)
    else:
        y, t = given["y"], given["t"]
        names = list(given["x"])
        x = np.column_stack([given["x"][name] for name in names])
    seen = doubly_robust(y, t, x)
    low, high = seen.chance_range or (None, None)
    treated, control = seen.n_effective or (None, None)

    def named(values: Any) -> Any:
        return None if values is None else dict(zip(names, values, strict=True))

    return {
        "n": seen.n,
        "n_treated": seen.n_treated,
        "naive": seen.naive,
        "ps_min": low,
        "ps_max": high,
        "ra_ate": seen.by_outcome_model,
        "ipw_ate_hajek": seen.by_weights,
        "aipw_ate": seen.effect.value,
        "aipw_se_if": seen.se,
        "att_ipw_hajek": seen.on_treated_by_weights,
        "att_dr": seen.on_treated,
        "smd_raw": named(seen.difference_before),
        "smd_ate_weighted": named(seen.difference_after),
        "ess_treated": treated,
        "ess_control": control,
    }


@call("eval_sequential")
def _looks(given: Any, _: Around) -> Any:
    seen = planned_looks(
        given["looks"], given["type"], one_sided_alpha=given["one_sided_alpha"]
    )
    return {
        "critical_z": seen.z,
        "one_sided_nominal_p": seen.p,
        "cumulative_alpha": seen.spent,
    }


@call("eval_mdes")
def _mdes(given: Any, _: Around) -> Any:
    setting = {key: value for key, value in given.items() if key != "design"}
    if "schools" in setting:
        seen = schools_detectable(**setting)
        return {
            "mdes": seen.value,
            "ci": [seen.lower, seen.upper],
            "df": seen.freedom,
        }
    if "p1" in setting:
        seen = rates_detectable(**setting)
        gap = None if seen.value is None else seen.value - setting["p1"]
        return {"p2_detectable": seen.value, "difference": gap}
    return {"d_detectable": means_detectable(**setting).value}


@call("eval_evalue")
def _evalue(given: Any, _: Around) -> Any:
    return {
        "evalue": e_value(given["rr"]),
        "evalue_limit": e_value_of_limit(given["rr"], given["limit_nearest_1"]),
    }
