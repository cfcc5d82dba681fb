"""Card 8: attendance as of a date, ABC, validation of a model, environments."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from evenrise.statistics.abc_rule import NO, YES, abc_flags
from evenrise.statistics.attendance_as_of import attendance_as_of
from evenrise.statistics.early_warning import Flagged, validate
from evenrise.statistics.environments import environments
from tests.reference.calls import Around, call, listed


@call("ews_attendance")
def _attendance(given: Any, around: Around) -> Any:
    calendar = next(
        one["school_days"] for one in around.siblings if "school_days" in one
    )
    days = [dt.date.fromisoformat(day) for day in given.get("school_days", calendar)]
    if "spells" not in given:
        return {"n": len(set(days))}

    def day(text: str | None) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    seen = attendance_as_of(
        days,
        [(day(one["entry"]), day(one["exit"])) for one in given["spells"]],
        [(day(one["date"]), day(one["recorded"])) for one in given["absences"]],
        day(given["as_of"]),
        min_days=given["min_days"],
    )
    return {
        "days_enrolled": seen.days_enrolled,
        "days_absent": seen.days_absent,
        "absence_rate": seen.rate,
        "eligible": seen.eligible,
        "chronic": seen.chronic,
    }


@call("ews_abc")
def _abc(given: Any, _: Around) -> Any:
    def known(name: str) -> Any:
        values = listed(given[name])
        return np.array([np.nan if one is None else float(one) for one in values])

    seen = abc_flags(
        absence_rate=known("absence_rate"),
        suspension_days=known("oss_days"),
        minor_incidents=known("minor_incidents"),
        failing_ela=known("fail_ela"),
        failing_math=known("fail_math"),
        serious_incidents=known("serious_incidents")
        if "serious_incidents" in given
        else None,
    )

    def three(flags: Any) -> list[bool | None]:
        return [{YES: True, NO: False}.get(flag) for flag in flags.tolist()]

    return {
        "A": three(seen.attendance),
        "A_severe": three(seen.severe_attendance),
        "B": three(seen.behavior),
        "C": three(seen.course),
        "count_known_true": seen.crossed,
        "indicators_known": seen.known,
        "any": three(seen.any_flag),
    }


def _counts(seen: Flagged) -> dict[str, Any]:
    return {
        "tp": seen.tp,
        "fp": seen.fp,
        "fn": seen.fn,
        "tn": seen.tn,
        "sensitivity": seen.sensitivity.value,
        "specificity": seen.specificity.value,
        "fnr": seen.missed.value,
        "fpr": seen.false_alarms.value,
        "precision": seen.precision.value,
        "flagged_share": seen.flagged_share.value,
    }


@call("ews_metrics")
def _metrics(given: Any, _: Around) -> Any:
    threshold = given["threshold"]
    seen = validate(
        given["p"],
        given["y"],
        k=given["k"],
        threshold=threshold,
        rule=given["rule"],
        group=given["group"],
    )
    own, fit = seen.area.value, seen.calibration
    n, mean, observed = zip(*fit.table, strict=True)
    return {
        "auc": own.value,
        "auc_ci_delong": [own.lower, own.upper],
        "brier": seen.brier,
        "brier_scaled": seen.brier_scaled,
        "calibration_in_the_large": fit.in_the_large,
        "calibration_slope": fit.slope,
        "val_prob": {"C": own.value, "brier": seen.brier, "slope": fit.slope},
        "ece_deciles": fit.expected_error,
        "decile_table": {"n": n, "mean_p": mean, "obs": observed},
        "threshold": {"value": threshold, **_counts(seen.flagged)},
        "precision_at_k": seen.precision_at_k,
        "precision_at_k_rule": seen.rule_precision_at_k,
        "base_rate": seen.base_rate,
        "lift_over_base": seen.lift,
        "lift_over_rule": seen.lift_over_rule,
        "auc_rule": seen.rule_area.value.value,
        "delong_p_model_vs_rule": seen.p_against_rule,
        "by_group": [
            {
                "group": one.group,
                "n": one.n,
                "events": one.events,
                **_counts(one.flagged),
                "fnr_ci": [one.flagged.missed.lower, one.flagged.missed.upper],
                "fpr_ci": [
                    one.flagged.false_alarms.lower,
                    one.flagged.false_alarms.upper,
                ],
                "mean_predicted": one.mean_predicted,
                "observed": one.observed,
                "calibration_in_the_large": one.in_the_large,
                "auc": one.area.value,
            }
            for one in seen.by_group
        ],
    }


@call("ews_environment")
def _environments(given: Any, _: Around) -> Any:
    seen = environments(given["p"], given["y"], given["school"], given["budget"])
    return {
        "share_variance_between": seen.share_between,
        "events_reached_individual": seen.reached_by_student,
        "events_reached_environment": seen.reached_by_setting,
        "budget": seen.budget,
    }
