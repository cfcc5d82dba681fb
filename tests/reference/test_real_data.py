"""Published figures of real data, reproduced by name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evenrise.statistics.effect_size import hedges_g, v_statistic
from evenrise.statistics.least_squares import LeastSquares, least_squares
from evenrise.statistics.maihda import maihda_binomial
from evenrise.statistics.moments import ONE, Moments
from evenrise.statistics.multilevel import fit
from evenrise.statistics.ordered_levels import level_gap
from evenrise.statistics.rates import difference, risk_ratio, wilson
from evenrise.statistics.segregation import segregation
from evenrise.statistics.survey_design import Design, design_mean
from tests.support.paths import REFERENCE, real_data


def read(folder: str, name: str, **options: object) -> pd.DataFrame:
    return pd.read_csv(Path(real_data(folder)) / name, **options)


def test_inner_london() -> None:
    frame = read("inner_london_exam", "Exam.csv")
    moments = Moments.of(frame["school"], {"y": frame["normexam"]})
    null = fit(moments, "y", [ONE], method="ML")
    assert null.n == 4059
    assert len(null.ids) == 65
    assert null.fixed[0] == pytest.approx(-0.0132, abs=5e-5)
    assert null.levels[0].cov[0, 0] == pytest.approx(0.169, abs=5e-4)
    assert null.residual_variance == pytest.approx(0.848, abs=5e-4)


def test_high_school_and_beyond() -> None:
    # Raudenbush and Bryk 2002, table 4.2.
    frame = read("hsb82", "Hsb82.csv")
    null = fit(Moments.of(frame["school"], {"y": frame["mAch"]}), "y", [ONE])
    assert null.fixed[0] == pytest.approx(12.637, abs=5e-4)
    assert null.levels[0].cov[0, 0] == pytest.approx(8.614, abs=5e-4)
    assert null.residual_variance == pytest.approx(39.148, abs=5e-4)
    assert null.icc == pytest.approx(0.18, abs=5e-3)


def test_tennessee_star_small_classes() -> None:
    # Principles of Econometrics, 4th edition, section 7.5: regular and small classes.
    frame = read("tn_star_k_absences", "star.csv")
    means = [frame.loc[frame[kind] == 1, "totalscore"].mean() for kind in KINDS]
    assert means == pytest.approx([918.0, 931.9, 918.4], abs=0.05)
    two = frame[frame["aide"] == 0]
    design = np.column_stack([np.ones(len(two)), two["small"]])
    found = least_squares((ONE, "small"), design, two["totalscore"])
    assert isinstance(found, LeastSquares)
    assert found.beta[1] == pytest.approx(13.899, abs=5e-4)


KINDS = ("regular", "small", "aide")


def test_opensdp_texas_third_grade_mathematics() -> None:
    frame = read("opensdp_texas_equity", "synth_texas.csv.gz", low_memory=False)
    spread = read("opensdp_texas_equity", "sd_table.csv").set_index("grade_level")
    third = frame[frame["grade_level"].astype(str).str.lstrip("0") == "3"]
    score = third["math_ss"].dropna()
    sex = third.loc[score.index, "male"]
    girls, boys = score[sex == "F"], score[sex == "M"]
    assert [round(part.mean()) for part in (score, girls, boys)] == [1483, 1461, 1503]
    sd = spread.loc[3, "math_ss"]
    assert (girls.median() - boys.median()) / sd == pytest.approx(-0.2958738, abs=1e-7)
    # The same gap by means, by order, and from four levels tells one story.
    parts = [(part.mean(), part.std(), part.size) for part in (girls, boys)]
    by_means = hedges_g(*parts, fixed_sd=sd).g.value
    by_order = v_statistic(girls, boys).v
    assert by_order.lower < by_means < by_order.upper
    cuts = [-np.inf, *score.quantile([0.25, 0.5, 0.75]), np.inf]
    levels = [np.histogram(part, cuts)[0] for part in (girls, boys)]
    assert level_gap(*levels).v.value == pytest.approx(by_order.value, abs=0.05)


def test_oulad() -> None:
    # Kuzilek et al. 2017, Scientific Data 4:170171.
    frame = read("oulad", "student.csv.gz")
    results = frame["final_result"].value_counts().to_dict()
    assert results == {
        "Pass": 12361,
        "Withdrawn": 10156,
        "Fail": 7052,
        "Distinction": 3024,
    }
    assert frame["id_student"].nunique() == 28785
    passed = frame["final_result"].isin(["Pass", "Distinction"])
    rate = wilson(int(passed.sum()), len(frame))
    assert rate.value == pytest.approx((12361 + 3024) / 32593)
    disabled = frame["disability"].astype(bool)
    counts = [(int(passed[d].sum()), int(d.sum())) for d in (disabled, ~disabled)]
    gap = difference(*counts[0], *counts[1])
    assert gap.upper < 0  # students with a disability pass less often
    dims = ["gender", "imd_band", "disability"]
    frame = frame.assign(passed=passed, one=1).dropna(subset=dims)
    strata = frame.groupby(dims)[["passed", "one"]].sum().reset_index()
    seen = maihda_binomial(
        {name: strata[name].to_numpy() for name in dims},
        strata["passed"],
        strata["one"],
    )
    assert seen.reason is None
    assert seen.explained > 0.8  # mostly the sum of the parts


def test_segregation_of_schools_and_states() -> None:
    # The README of R's segregation package.
    frame = read("segregation_schools", "schools00.csv")
    for unit, m, h in (("school", 0.426, 0.419), ("state", 0.0992, 0.0977)):
        table = frame.pivot_table(
            index=unit, columns="race", values="n", aggfunc="sum", fill_value=0
        )
        seen = segregation(table.to_numpy())
        assert seen.mutual_information == pytest.approx(m, abs=5e-4)
        assert seen.theil == pytest.approx(h, abs=5e-4)


def test_virginia_suspension() -> None:
    frame = read("va_suspension_students", "suspend.csv")
    rate = wilson(int(frame["sus"].sum()), len(frame))
    assert rate.value == pytest.approx(0.068, abs=5e-4)
    boys, girls = frame[frame["male"] == 1], frame[frame["male"] == 0]
    counts = [int(n) for part in (boys, girls) for n in (part["sus"].sum(), len(part))]
    assert counts[0] / counts[1] == pytest.approx(0.091, abs=5e-4)
    assert counts[2] / counts[3] == pytest.approx(0.045, abs=5e-4)
    ratio = risk_ratio(*counts)
    assert ratio.lower > 1.5


def test_a_sample_of_california_schools_holds_the_truth() -> None:
    everybody = read("ca_api_1999_2000", "apipop.csv")
    assert everybody["api00"].mean() == pytest.approx(664.7126, abs=5e-5)
    if not (REFERENCE / "data_apistrat.csv").exists():
        pytest.skip("the reference numbers are not beside this checkout")
    sample = pd.read_csv(REFERENCE / "data_apistrat.csv")
    design = Design.of(sample["pw"], stratum=sample["stype"], population=sample["fpc"])
    seen = design_mean(design, sample["api00"])
    assert seen.mean.lower < everybody["api00"].mean() < seen.mean.upper
