"""Card 10: surveys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evenrise.statistics.item_bias import scale_bias, yes_no_bias
from evenrise.statistics.survey_answers import favorable
from evenrise.statistics.survey_design import Design, design_mean
from evenrise.statistics.survey_response import rake, response
from evenrise.statistics.survey_scale import reliability, reversed_items
from tests.reference.calls import Around, call, listed
from tests.reference.data import evaluate, table


def _items(given: Any, around: Around) -> tuple[pd.DataFrame, Any]:
    frame = table(given, around.folder)
    names = listed(given["items"])
    answers = {name: frame[name].to_numpy(dtype=float) for name in names}
    return frame, reversed_items(answers, given.get("reverse") or {})


@call("survey_reliability")
def _reliability(given: Any, around: Around) -> Any:
    _, answers = _items(given, around)
    seen = reliability(answers)
    factor = seen.factor
    return {
        "n": seen.n,
        "k": seen.items,
        "alpha": seen.alpha.value,
        "alpha_std": seen.alpha_standardized,
        "alpha_ci_feldt": [seen.alpha.lower, seen.alpha.upper],
        "alpha_if_dropped": seen.alpha_without,
        "item_rest_r": seen.item_rest,
        "omega_ml_one_factor": factor.omega,
        "loadings": factor.loadings,
        "uniquenesses": factor.uniquenesses,
        "cfa_fit": {
            "chisq": factor.chi_squared,
            "df": factor.freedom,
            "cfi": factor.cfi,
            "rmsea": factor.rmsea,
            "srmr": factor.srmr,
        },
    }


@call("survey_favourability")
def _favorable(given: Any, _: Around) -> Any:
    answers = np.array(
        [np.nan if one is None else one for one in listed(given["responses"])],
        dtype=float,
    )
    seen = favorable(
        answers,
        given["population"],
        listed(given["top"]),
        min_answers=given.get("min_n", 10),
    )
    share, plain = seen.share, seen.share_infinite
    return {
        "n_answered": seen.answered,
        "reported": share.known,
        "reason": share.reason,
        "favourable": share.value,
        "response_rate": seen.response_rate,
        "fpc": seen.correction,
        "wilson_fpc": [share.lower, share.upper],
        "wilson_infinite": [plain.lower, plain.upper],
    }


@call("survey_representativeness")
def _response(given: Any, _: Around) -> Any:
    seen = response(listed(given["respondents"]), listed(given["population"]))
    return {
        "response_rate": seen.rate,
        "group_rates": seen.by_group,
        "representation_ratio": seen.ratio,
        "dissimilarity": seen.dissimilarity,
        "chi2": seen.chi_squared,
        "df": seen.freedom,
        "p": seen.p,
        "R_indicator": seen.indicator,
    }


@call("survey_raking")
def _raking(given: Any, _: Around) -> Any:
    names = sorted(key for key in given if key.startswith("margin"))
    cells = [given[f"g{name.removeprefix('margin')}"] for name in names]
    seen = rake(
        [(cell, given[name]) for cell, name in zip(cells, names, strict=True)],
        start=given.get("start"),
    )
    return {
        "weights": seen.weights,
        "kish_deff": seen.design_effect,
        "n_effective": seen.n_effective,
    }


@call("survey_design")
def _design(given: Any, around: Around) -> Any:
    frame = table(given, around.folder)
    # Cases that do not repeat how the sample was drawn share the fixture's design.
    drawn = next((one for one in around.siblings if "strata" in one), {}) | given
    weight = frame[drawn["weight"]].to_numpy(float)
    about = {
        "stratum": frame[drawn["strata"]],
        "population": frame[drawn["fpc"].split(" ")[0]],
    }
    if "margins" in given:
        cells = {name: frame[name].astype(str) for name in given["margins"]}
        weights = rake(
            [(cells[name], known) for name, known in given["margins"].items()],
            start=frame[given["start"]].to_numpy(float),
        ).weights
        design = Design.of(weights, **about)
        mean = design_mean(design, frame["api00"], raked_on=list(cells.values()))
        return {
            "weights_first10": weights[:10],
            "sum": weights.sum(),
            "cv_weights": weights.std(ddof=1) / weights.mean(),
            "kish_deff": 1 + weights.var(ddof=0) / weights.mean() ** 2,
            "api00": {"mean": mean.mean.value, "se": mean.se},
        }
    design = Design.of(weight, **about)
    y = evaluate(frame, given["y"])
    domain = evaluate(frame, given["domain"]) if "domain" in given else None
    share = y.dtype == bool
    seen = design_mean(design, y.astype(float), domain=domain, share=share)
    return {
        "mean": seen.mean.value,
        "p": seen.mean.value,
        "se": seen.se,
        "deff": seen.effect,
        "ci_logit": [seen.mean.lower, seen.mean.upper],
        "df": seen.freedom,
        "n": seen.n,
    }


@call("survey_dif_mh", ets="the file's words give two classes; ours gives one")
def _yes_no(given: Any, _: Around) -> Any:
    seen = yes_no_bias(
        (listed(given["ref_yes"]), listed(given["ref_no"])),
        (listed(given["focal_yes"]), listed(given["focal_no"])),
    )
    return {
        "alpha_mh": seen.odds_ratio,
        "mh_d_dif": seen.delta,
        "chi2_cc": seen.chi_squared_corrected,
        "p_cc": seen.p_corrected,
        "chi2": seen.chi_squared,
        "p": seen.p,
        "ets": seen.ets,
    }


@call("survey_dif_ordinal")
def _ordered(given: Any, around: Around) -> Any:
    frame, answers = _items(given, around)
    whole = ~np.isnan(answers).any(axis=1)
    where = listed(given["items"]).index(given["item"])
    item = answers[whole, where]
    others = np.delete(answers[whole], where, axis=1).mean(axis=1)
    group = evaluate(frame, given["group"]).to_numpy()[whole]
    seen = scale_bias(item, others, group)
    return {
        "n": seen.n,
        "loglik": seen.log_likelihood,
        "lr_uniform": seen.uniform,
        "p_uniform": seen.p_uniform,
        "lr_nonuniform": seen.non_uniform,
        "p_nonuniform": seen.p_non_uniform,
        "coef_group": seen.shift,
        "se_group": seen.shift_se,
        "nagelkerke": seen.r_squared,
        "delta_nagelkerke_total": seen.effect,
    }
