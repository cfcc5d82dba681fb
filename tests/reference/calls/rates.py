"""Card 1: rates, differences, ratios, many comparisons, shrinkage, funnels."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenrise.statistics.disproportionality import disproportionality
from evenrise.statistics.funnel import funnel
from evenrise.statistics.multiplicity import (
    benjamini_hochberg,
    benjamini_yekutieli,
    holm,
)
from evenrise.statistics.rates import (
    difference,
    katz,
    koopman,
    score_difference,
    wilson,
)
from evenrise.statistics.shrinkage import shrink_rates
from tests.reference.calls import Around, call, listed


@call("rates_wilson")
def _wilson(given: Any, _: Around) -> Any:
    rate = wilson(given["x"], given["n"], conf=given.get("conf", 0.95))
    return {"estimate": rate.value, "lower": rate.lower, "upper": rate.upper}


@call("rates_difference_newcombe")
def _difference(given: Any, _: Around) -> Any:
    counts = tuple(given[key] for key in ("x1", "n1", "x2", "n2"))
    conf = given.get("conf", 0.95)
    gap = difference(*counts, conf=conf)
    score = score_difference(*counts, conf=conf)
    return {
        "estimate": gap.value,
        "lower": gap.lower,
        "upper": gap.upper,
        "published_lower": gap.lower,
        "published_upper": gap.upper,
        "score_MN_or_Mee": {"lower": score.lower, "upper": score.upper},
    }


@call("rates_risk_ratio")
def _ratio(given: Any, _: Around) -> Any:
    counts = tuple(given[key] for key in ("x1", "n1", "x2", "n2"))
    conf = given.get("conf", 0.95)
    log = katz(*counts, conf=conf)
    score = koopman(*counts, conf=conf)
    return {
        "rr": log.value,
        "katz_lower": log.lower,
        "katz_upper": log.upper,
        "koopman_lower": score.lower,
        "koopman_upper": score.upper,
        "reason": log.reason or ("no log interval" if log.lower is None else None),
    }


@call("idea_disproportionality")
def _idea(given: Any, _: Around) -> Any:
    def counts(table: Any) -> dict[str, tuple[float, float]]:
        return {
            group: (num, den)
            for group, num, den in zip(
                listed(table["group"]),
                listed(table["num"]),
                listed(table["den"]),
                strict=True,
            )
        }

    rows = disproportionality(
        counts(given["lea"]),
        counts(given["state"]) if given.get("state") else None,
        threshold=given["threshold"],
        min_cell=given["min_cell"],
        min_n=given["min_n"],
    )
    return [
        {
            "group": row.group,
            "group_num": row.events,
            "group_den": row.children,
            "comp_num": row.comparison_events,
            "comp_den": row.comparison_children,
            "status": "not_calculated" if row.ratio is None else "calculated",
            "reason": row.why,
            "ratio": row.ratio,
            "kind": row.kind,
            "exceeds": row.exceeds,
            "state_comp_num": row.state_events,
            "state_comp_den": row.state_children,
        }
        for row in rows
    ]


@call("multiplicity_bh")
def _many(given: Any, _: Around) -> Any:
    p = np.array([np.nan if one is None else one for one in listed(given["p"])])
    return {"bh": benjamini_hochberg(p), "by": benjamini_yekutieli(p), "holm": holm(p)}


@call("shrinkage_beta_binomial")
def _shrinkage(given: Any, _: Around) -> Any:
    rates = shrink_rates(listed(given["x"]), listed(given["n"]))
    return {
        "loglik": rates.log_likelihood,
        "loglik_pooled": rates.log_likelihood_pooled,
        "heterogeneity": rates.variation,
        "alpha": rates.alpha,
        "beta": rates.beta,
        "vgam_alpha": rates.alpha,
        "vgam_beta": rates.beta,
        "prior_mean": rates.mean,
        "pooled_rate": rates.mean,
        "rho": rates.rho,
        "shrunk": rates.shrunk,
        "lower": rates.lower,
        "upper": rates.upper,
        "weight": rates.weight,
    }


@call("funnel_overdispersion")
def _funnel(given: Any, _: Around) -> Any:
    x, n = listed(given["x"]), listed(given["n"])
    seen = funnel(x, n, trim=given.get("trim", 0.1))
    plain = funnel(x, n, trim=0)
    spreads = ("unadjusted", "multiplicative", "additive")
    curves = {spread: seen.limits(n, spread) for spread in spreads}
    return {
        "theta0": seen.center,
        "z": seen.z,
        "winsor_limits": seen.winsor_limits,
        "z_winsorised": seen.z_winsorised,
        "phi": seen.phi,
        "tau2": seen.tau2,
        "z_additive": seen.z_adjusted,
        "phi_no_winsor": plain.phi,
        "tau2_no_winsor": plain.tau2,
        "metafor_DL_tau2_no_winsor": plain.tau2,
        **{
            f"limits_{name}": {
                f"{spread}_{side}": getattr(curve, f"{side}_{width}")
                for spread, curve in curves.items()
                for side in ("lower", "upper")
            }
            for name, width in (("95", "95"), ("99_8", "998"))
        },
    }
