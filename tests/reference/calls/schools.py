"""Cards 3 to 5: multilevel models, alike students, MAIHDA, bright spots."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pandas as pd

from evenrise.statistics.alike_students import alike_rates, alike_students
from evenrise.statistics.bright_spots import bright_for_both, bright_spots, chance_above
from evenrise.statistics.maihda import (
    Maihda,
    StrataModel,
    maihda_binomial,
    maihda_linear,
)
from evenrise.statistics.moments import ONE, Moments
from evenrise.statistics.multilevel import fit, fit_nested
from evenrise.statistics.multilevel_fit import MultilevelFit
from evenrise.statistics.school_comparison import compare_schools
from tests.reference.calls import Around, call, listed
from tests.reference.compare import Asked
from tests.reference.data import evaluate, filtered, table
from tests.reference.formulas import Formula, columns, parse


def _two_level(given: Any, around: Around, method: str) -> MultilevelFit:
    frame = table(given, around.folder)
    formula, made = columns(frame, parse(given["formula"]))
    group = formula.random[0][1]
    moments = Moments.of(frame[group], {"y": frame[formula.y], **made})
    return fit(moments, "y", formula.fixed, formula.random[0][0], method=method)


def _two_level_parts(model: MultilevelFit) -> dict[str, Any]:
    q = model.effects.shape[1]
    parts = {
        "method": model.method,
        "n": model.n,
        "groups": len(model.ids),
        "fixed": dict(zip(model.names, model.fixed, strict=True)),
        "fixed_se": dict(zip(model.names, model.fixed_se, strict=True)),
        "sigma2_residual": model.residual_variance,
        "random_names": model.levels[-1].names,
        "random_cov": model.levels[-1].cov,
        "loglik": model.log_likelihood,
        "minus2loglik": -2 * model.log_likelihood,
        "singular": model.singular,
        "group_ids": model.ids,
        "blup": model.effects.T,
        "blup_cond_sd": model.effect_sd.T,
        "icc": model.icc,
        "reliability": model.reliability,
        "group_n": model.group_n,
    }
    if q == 2:
        parts["blup_cond_cov_12"] = model.effect_cov[:, 0, 1]
    return parts


@call("multilevel_exam")
def _exam(given: Any, around: Around) -> Any:
    return {
        method: _two_level_parts(_two_level(given, around, method))
        for method in ("REML", "ML")
    }


call("multilevel_hsb82")(_exam)


@call("multilevel_egsingle_growth")
def _growth(given: Any, around: Around) -> Any:
    frame = table(given, around.folder)
    formula, made = columns(frame, parse(given["formula"]))
    (low_terms, low), (high_terms, high) = formula.random
    moments = Moments.of(frame[low], {"y": frame[formula.y], **made})
    parent = frame.groupby(low)[high].first().loc[list(moments.ids)].to_numpy()
    method = given.get("method", "REML")
    levels = [(low_terms, None), (high_terms, parent)]
    model = fit_nested(moments, "y", formula.fixed, levels, method=method)
    last = len(high_terms) - 1
    return {
        "fixed": dict(zip(model.names, model.fixed, strict=True)),
        "fixed_se": dict(zip(model.names, model.fixed_se, strict=True)),
        "child_cov": model.levels[0].cov,
        "school_cov": model.levels[1].cov,
        "sigma2": model.residual_variance,
        "loglik": model.log_likelihood,
        "school_ids": model.ids,
        "school_growth_blup": model.effects[:, last],
        "school_growth_cond_sd": model.effect_sd[:, last],
    }


@call("school_comparison_intervals")
def _comparison(given: Any, _: Around) -> Any:
    seen = compare_schools(listed(given["estimate"]), listed(given["se"]))
    ids = [str(label) for label in listed(given["ids"])]

    def pair(asked: Any) -> Any:
        first, second = (ids.index(str(asked[key])) for key in ("a", "b"))
        gap, se, lower, upper = seen.pair(first, second)
        return {
            "a": ids[first],
            "b": ids[second],
            "difference": gap,
            "se": se,
            "prob_a_above_b": seen.chance_above(first, second),
            "lower": lower,
            "upper": upper,
        }

    return {
        "gh_multiplier": seen.multiplier,
        "lower": seen.lower,
        "upper": seen.upper,
        "n_pairs": seen.pairs,
        "pairs_nonoverlap": seen.pairs_apart,
        "pairs_significant_z": seen.pairs_different,
        "pairs_significant_bh": seen.pairs_different_adjusted,
        "examples": Asked(pair),
        "expected_rank": seen.expected_rank,
    }


def _cells(frame: pd.DataFrame, words: str) -> pd.Series:
    """Cells as the fixtures write them: `sex x intake x prior cut at -1,0,1`."""
    parts = []
    for part in words.split(" x "):
        name, _, cuts = part.partition(" cut at ")
        column = frame[name.strip()]
        if cuts:
            at = [float(c) for c in re.findall(r"-?\d*\.?\d+", cuts.split("(")[0])]
            column = pd.cut(column, [-np.inf, *at, np.inf])
        parts.append(column.astype(str))
    cells = parts[0]
    for part in parts[1:]:
        cells = cells + "|" + part
    return cells


@call("alike_students")
def _alike(given: Any, around: Around) -> Any:
    words = given["cells"]
    if words == "same":
        words = next(o["cells"] for o in around.siblings if o["cells"] != "same")
    frame = table(given, around.folder)
    school = frame["school"].astype(str)
    frame = frame[school.isin([given["A"], given["B"]])]
    first = frame["school"].astype(str) == given["A"]
    seen = alike_students(frame[given["y"]], first, _cells(frame, words))
    return {
        "n_A": seen.coverage.first,
        "n_B": seen.coverage.second,
        "cells_shared": seen.coverage.cells,
        "matched_A": seen.coverage.matched_first,
        "matched_B": seen.coverage.matched_second,
        "coverage_A": seen.coverage.share_first,
        "coverage_B": seen.coverage.share_second,
        "raw_difference": seen.raw_difference,
        "alike_difference": seen.difference.value,
        "identity_weighted_cells": seen.difference.value,
        "se_classical": seen.se,
        "se_hc1": seen.se_robust,
    }


@call("alike_students_binary")
def _alike_rates(given: Any, _: Around) -> Any:
    events, n = (
        tuple(listed(given[f"{name}_{school}"]) for school in "AB")
        for name in ("events", "n")
    )
    seen = alike_rates(events, n)
    return {
        "strata_used": seen.coverage.cells,
        "risk_difference": seen.risk_difference.value,
        "rd_se_sato": seen.risk_difference_se,
        "or_mh": seen.odds_ratio.value,
        "or_log_se_rbg": seen.log_odds_ratio_se,
        "cmh_chi2": seen.chi_squared,
        "cmh_p": seen.p,
    }


def _strata_frame(given: Any, around: Around) -> pd.DataFrame:
    words = given.get("filter", "")
    other = re.fullmatch(r"as (\w+)/(\w+)", words)
    if other:
        content = json.loads((around.folder / f"{other[1]}.json").read_text())
        case = next(c for c in content["cases"] if c["id"] == other[2])
        words = case["input"]["filter"]
    frame = table({**given, "filter": None}, around.folder)
    return filtered(frame, words) if words else frame


def _r_names(names: tuple[str, ...]) -> list[str]:
    return [re.sub(r"^(.*)=(.*)$", r"factor(\1)\2", name) for name in names]


def _strata_model(model: StrataModel, share: str) -> dict[str, Any]:
    return {
        "var_stratum": model.variance,
        "var_residual": model.residual_variance,
        share: model.share,
        "loglik": model.log_likelihood,
        "fixed": dict(zip(_r_names(model.names), model.fixed, strict=True)),
        "singular": model.singular,
    }


@call("maihda_linear")
def _maihda_linear(given: Any, around: Around) -> Any:
    frame = _strata_frame(given, around)
    dims = {name: frame[name].to_numpy() for name in listed(given["dims"])}
    y = evaluate(frame, given["y"])
    seen = {method: maihda_linear(dims, y, method=method) for method in ("ML", "REML")}
    strata = seen["ML"].strata
    answer: dict[str, Any] = {"n": int(strata.n.sum()), "strata": len(strata.n)}
    for method, found in seen.items():
        answer[f"{method}_null"] = _strata_model(found.null, "vpc")
        answer[f"{method}_main"] = _strata_model(found.main, "vpc")
        answer[f"PCV_{method}"] = found.explained
    answer["stratum"] = {
        "id": ["|".join(labels) for labels in strata.labels],
        "n": strata.n,
        "raw_mean": strata.raw,
        "main_effects_part": strata.main,
        "interaction_blup": strata.interaction,
        "interaction_cond_sd": strata.interaction_sd,
        "predicted": strata.expected,
    }
    return answer


def _binomial_parts(dims: dict[str, Any], events: Any, n: Any) -> Any:
    laplace = maihda_binomial(dims, events, n, points=1)
    seen: Maihda = maihda_binomial(dims, events, n, points=25)
    strata = seen.strata
    agq = {
        name: _strata_model(model, "vpc_latent")
        for name, model in (("agq_null", seen.null), ("agq_main", seen.main))
    }
    for part in agq.values():
        part.pop("loglik")
    return {
        "n": int(strata.n.sum()),
        "strata": len(strata.n),
        "laplace_null": _strata_model(laplace.null, "vpc_latent"),
        "laplace_main": _strata_model(laplace.main, "vpc_latent"),
        "PCV_laplace": laplace.explained,
        "agq_points": 25,
        **agq,
        "PCV_agq": seen.explained,
        "stratum": {
            "id": ["|".join(labels) for labels in strata.labels],
            "dims": {
                name: [labels[i] for labels in strata.labels]
                for i, name in enumerate(seen.dimensions)
            },
            "events": strata.raw * strata.n,
            "n": strata.n,
            "eta_main": strata.main,
            "interaction_mode": strata.interaction,
            "interaction_cond_sd": strata.interaction_sd,
            "predicted_rate": strata.expected,
            "rate_without_interaction": strata.expected_main,
        },
    }


@call(
    "maihda_binomial",
    **{"agq_null.loglik": "lme4 leaves constants out differently: the file says so"},
    **{"agq_main.loglik": "lme4 leaves constants out differently: the file says so"},
)
def _maihda_binomial(given: Any, around: Around) -> Any:
    frame = _strata_frame(given, around)
    names = listed(given["dims"])
    frame = frame.assign(
        _event=evaluate(frame, given["y"]).astype(float), _one=1.0
    ).astype(dict.fromkeys(names, str))
    sums = frame.groupby(names)[["_event", "_one"]].sum().reset_index()
    dims = {name: sums[name].to_numpy() for name in names}
    return _binomial_parts(dims, sums["_event"], sums["_one"])


@call(
    "maihda_binomial_counts",
    **{"agq_null.loglik": "lme4 leaves constants out differently: the file says so"},
    **{"agq_main.loglik": "lme4 leaves constants out differently: the file says so"},
)
def _maihda_counts(given: Any, _: Around) -> Any:
    names = [name for name in given if name not in ("n", "events")]
    frame = pd.DataFrame(given).sort_values(names)
    dims = {name: frame[name].to_numpy() for name in names}
    return _binomial_parts(dims, frame["events"], frame["n"])


@call("bright_spots")
def _bright(given: Any, around: Around) -> Any:
    if "from" in given:
        fixture, case, method = given["from"].split(" / ")
        content = json.loads((around.folder / f"{fixture}.json").read_text())
        source = next(c["input"] for c in content["cases"] if c["id"] == case)
        model = _two_level(source, around, method)
        seen = bright_spots(model, given["delta"])
        return {
            "ids": seen.ids,
            "blup": seen.effect,
            "cond_sd": seen.sd,
            "prob_above_delta": chance_above(seen.effect, seen.sd, given["delta"]),
            "flagged_90": seen.ids[seen.bright],
        }
    formula: Formula = parse(given["formula"])
    terms, group = formula.random[0]
    model = _two_level(given, around, "REML")
    frame = table(given, around.folder)
    (member,) = (term for term in terms if term != ONE)
    members = frame.groupby(group)[member].sum().loc[list(model.ids)].to_numpy()
    both = bright_for_both(model, members)
    return {
        "ids": both.ids,
        "n": model.group_n,
        "n_minority": members,
        "effect_majority": both.effect_others,
        "sd_majority": both.sd_others,
        "effect_minority": both.effect_group,
        "sd_minority": both.sd_group,
        "p_majority": both.chance_others,
        "p_minority": both.chance_group,
        "bright": both.ids[both.bright],
    }
