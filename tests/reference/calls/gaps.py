"""Card 2: gaps and their trends."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenrise.statistics.adjusted_gap import adjusted_gap
from evenrise.statistics.cut_scores import cut_gaps
from evenrise.statistics.effect_size import hedges_g, v_statistic
from evenrise.statistics.enrollment_change import enrollment_change
from evenrise.statistics.gap_change import gap_change
from evenrise.statistics.ordered_levels import level_gap, level_model
from evenrise.statistics.segregation import segregation
from evenrise.statistics.within_between import within_between
from tests.reference.calls import Around, call, listed
from tests.reference.data import evaluate, table


@call("gap_change_decomposition")
def _gap_change(given: Any, _: Around) -> Any:
    pairs = (
        tuple(given[key]) for key in ("higher_1", "higher_2", "lower_1", "lower_2")
    )
    change = gap_change(*pairs, conf=given.get("conf", 0.95))
    share = change.share_from_rise
    fall = change.higher_change.value
    return {
        "gap_1": change.gap_before.value,
        "gap_2": change.gap_after.value,
        "narrowing": change.narrowing.value,
        "narrowing_se_wald": change.narrowing_se,
        "narrowing_ci_mover": [change.narrowing.lower, change.narrowing.upper],
        "rise_of_lower": change.lower_change.value,
        "fall_of_higher": None if fall is None else -fall,
        "lower_change_ci": [change.lower_change.lower, change.lower_change.upper],
        "higher_change_ci": [change.higher_change.lower, change.higher_change.upper],
        "share_from_rise": share,
        "share_from_fall": None if share is None else 1 - share,
        "point_label": change.label,
        "evidence": change.evidence,
        "warn_levelling_down": change.levelling_down_warning,
    }


@call("gap_kitagawa")
def _kitagawa(given: Any, _: Around) -> Any:
    parts = (listed(given[key]) for key in ("x1", "n1", "x2", "n2"))
    change = enrollment_change(*parts)
    return {
        "rate_1": change.before,
        "rate_2": change.after,
        "change": change.change,
        "composition": change.composition,
        "rate_effect": change.rate_effect,
        "by_group_rate": change.rate_effect_by_group,
        "by_group_composition": change.composition_by_group,
    }


@call("gap_cut_score_paradox")
def _cuts(given: Any, _: Around) -> Any:
    higher, lower = (given["muH_1"], given["muH_2"]), (given["muL_1"], given["muL_2"])
    gaps = cut_gaps(higher, lower, listed(given["cuts"]), given.get("sd", 1))
    return {
        "true_gap_1": higher[0] - lower[0],
        "true_gap_2": higher[1] - lower[1],
        "by_cut": [
            {"cut": g.cut, "gap_1": g.before, "gap_2": g.after, "change": g.change}
            for g in gaps
        ],
    }


@call("gap_effect_size")
def _effect(given: Any, _: Around) -> Any:
    size = hedges_g(
        *((given[f"mean{i}"], given[f"sd{i}"], given[f"n{i}"]) for i in (1, 2))
    )
    return {
        "cohen_d": size.d,
        "J_exact": size.factor,
        "hedges_g": size.g.value,
        "var_g_LS": size.variance,
        "ci95": [size.g.lower, size.g.upper],
    }


@call("gap_v_raw")
def _v_raw(given: Any, around: Around) -> Any:
    if "a" in given:
        first, second = listed(given["a"]), listed(given["b"])
    else:
        frame = table(given, around.folder)
        scores = evaluate(frame, given["score"])
        first = scores[evaluate(frame, given["group_a"])]
        second = scores[evaluate(frame, given["group_b"])]
    gap = v_statistic(first, second)
    return {
        "n_a": gap.n_first,
        "n_b": gap.n_second,
        "auc": gap.chance,
        "auc_se_delong": gap.chance_se,
        "V": gap.v.value,
        "V_se_delta": gap.v_se,
    }


@call(
    "gap_v_ordinal",
    V_from_raw_scores="the raw scores are not in the input; gap_v_raw meets them",
)
def _v_levels(given: Any, _: Around) -> Any:
    gap = level_gap(listed(given["counts_a"]), listed(given["counts_b"]))
    answer = {
        "auc_trapezoid": gap.chance,
        "V_trapezoid": gap.v_tie_split,
        "V_hetop": gap.v.value,
        "probit_gap_per_cut": gap.probit_by_cut,
    }
    if gap.model is not None and gap.model.log_likelihood is not None:
        answer |= {
            "hetop_mu": gap.model.mean,
            "hetop_sigma": gap.model.spread,
            "hetop_cuts": gap.model.cuts,
            "minus_loglik_multinomial_kernel": -gap.model.log_likelihood,
        }
    return answer


@call(
    "hetop_schools",
    raw_mean="raw scores are not in the input",
    raw_sd="raw scores are not in the input",
    cor_mu_raw="raw scores are not in the input",
)
def _hetop(given: Any, _: Around) -> Any:
    counts = np.asarray(given["counts"], dtype=float)
    model = level_model(counts)
    full = counts.sum(axis=1) == counts[:, -1]
    means = np.where(model.mean_known, "est", np.where(full, "max", "min"))
    return {
        "minus_loglik": None if model.reason else -model.log_likelihood,
        "est_star_mu": model.mean,
        "est_star_sigma": model.spread,
        "est_star_icc": model.between,
        "est_star_cuts": model.cuts,
        "status_mu": means,
        "status_sigma": np.where(model.spread_known, "est", "mean"),
    }


@call("gap_within_between")
def _within(given: Any, around: Around) -> Any:
    if "dataset" in given or "data" in given:
        frame = table(given, around.folder)
        y, g, school = (evaluate(frame, given[k]) for k in ("y", "g", "school"))
    else:
        y, g, school = (given[k] for k in ("y", "g", "school"))
    split = within_between(y, g, school)
    parts = (split.part_within, split.part_between, split.part_ambiguous)
    return {
        "n": split.n,
        "n_schools": split.schools,
        "gap_total": split.gap,
        "coef_within": split.within,
        "coef_between": split.between,
        "variance_ratio": split.variance_ratio,
        "identity_check": None if None in parts else split.gap - sum(parts),
        "component_within": split.part_within,
        "component_between": None
        if split.between is None
        else split.variance_ratio * split.between,
        "reardon_within": split.part_within,
        "reardon_between": split.part_between,
        "reardon_ambiguous": split.part_ambiguous,
        "school_mean_exposure_difference": split.variance_ratio,
    }


@call("segregation_indices")
def _segregation(given: Any, _: Around) -> Any:
    seen = segregation(given["counts"])
    groups = [f"g{i}" for i in range(1, len(seen.exposure) + 1)]
    # R's table has no row for two groups that never meet.
    meeting = np.argwhere(np.nan_to_num(seen.exposure) > 0)
    return {
        "M": seen.mutual_information,
        "H": seen.theil,
        "local": {
            "unit": [f"s{i}" for i in range(1, len(seen.local) + 1)],
            "ls": seen.local,
            "p": seen.weight,
        },
        "exposure": {
            "of": [groups[i] for i, _ in meeting],
            "to": [groups[j] for _, j in meeting],
            "exposure": [seen.exposure[i, j] for i, j in meeting],
        },
        "isolation": {"group": groups, "isolation": seen.isolation},
        "D": seen.dissimilarity,
        "D_expected_random": seen.dissimilarity_by_chance,
        "D_carrington_troske": seen.dissimilarity_corrected,
        "eta2_variance_ratio": seen.variance_ratio,
    }


@call("gap_oaxaca")
def _oaxaca(given: Any, around: Around) -> Any:
    frame = table(given, around.folder)
    y = evaluate(frame, given["y"])
    x = np.column_stack([evaluate(frame, name) for name in listed(given["x"])])
    gap = adjusted_gap(y, x.astype(float), frame[given["group"]] == 0)
    return {
        "n_A": gap.n_first,
        "n_B": gap.n_second,
        "mean_A": gap.mean_first,
        "mean_B": gap.mean_second,
        "gap": gap.gap,
        "threefold": {
            "endowments": gap.endowments,
            "coefficients": gap.coefficients,
            "interaction": gap.interaction,
        },
        "twofold": [
            {
                "group_weight": way.weight,
                "explained": way.explained,
                "unexplained": way.unexplained,
            }
            for way in gap.two_fold
        ],
    }
