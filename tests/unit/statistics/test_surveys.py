"""Surveys: precision, who answered, design and items, at their edges."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.miscmodels.ordinal_model import OrderedModel

from evenrise.statistics.item_bias import EtsClass, scale_bias, yes_no_bias
from evenrise.statistics.ordered_logit import OrderedLogit, ordered_logit
from evenrise.statistics.rates import wilson
from evenrise.statistics.survey_answers import favorable
from evenrise.statistics.survey_design import Design, design_mean
from evenrise.statistics.survey_response import rake, response
from evenrise.statistics.survey_scale import one_factor, reliability, reversed_items
from evenrise.vocabulary.estimates import Reason


RNG = np.random.default_rng(21)


def test_a_factor_that_made_the_answers_is_found() -> None:
    loading = np.array([0.9, 0.7, 0.8, 0.5])
    trait = RNG.normal(size=20_000)
    answers = trait[:, None] * loading + RNG.normal(size=(20_000, 4)) * 0.6
    seen = reliability(answers)
    assert seen.factor is not None
    assert seen.factor.loadings == pytest.approx(loading, abs=0.03)
    assert seen.factor.omega == pytest.approx(2.9**2 / (2.9**2 + 4 * 0.36), abs=0.01)
    assert seen.reportable
    assert seen.factor.cfi > 0.999


def test_three_items_fit_exactly_and_say_so() -> None:
    answers = RNG.normal(size=(300, 1)) + RNG.normal(size=(300, 3))
    factor = reliability(answers).factor
    assert factor is not None
    assert factor.freedom == 0
    assert factor.cfi is None
    assert factor.chi_squared == pytest.approx(0, abs=1e-6)


def test_scales_at_their_edges() -> None:
    assert reliability(np.empty((0, 3))).alpha.reason is Reason.NO_STUDENTS
    assert reliability(np.ones((2, 3))).alpha.reason is Reason.TOO_FEW
    assert reliability(np.ones((20, 3))).alpha.reason is Reason.NO_VARIATION
    two = reliability(RNG.normal(size=(30, 2)))
    assert two.factor is None
    assert one_factor(np.ones((3, 3)), 30) is None
    with pytest.raises(ValueError, match="No such item"):
        reversed_items({"a": [1, 2]}, {"b": 6})
    assert reversed_items({"a": [1, 5]}, {"a": 6}).tolist() == [[5], [1]]


def test_a_census_of_answers_is_a_point_and_a_large_population_is_wilson() -> None:
    answers = [5] * 12 + [2] * 8
    whole = favorable(answers, 20, {4, 5})
    assert whole.share.lower == whole.share.value == whole.share.upper
    large = favorable(answers, 10**9, {4, 5})
    assert large.share.lower == pytest.approx(wilson(12, 20).lower, abs=1e-8)
    assert favorable([np.nan] * 5, 5, {5}).share.reason is Reason.NO_STUDENTS
    assert favorable([5.0], 1, {5}, min_answers=1).share.value == 1
    with pytest.raises(ValueError, match="there are 3"):
        favorable([5] * 4, 3, {5})


def test_response_at_its_edges() -> None:
    assert response([0, 0], [5, 5]).reason is Reason.NO_STUDENTS
    everybody = response([5, 5], [5, 5])
    assert everybody.indicator == 1
    assert everybody.chi_squared is None
    empty = response([5, 0], [9, 0])
    assert np.isnan(empty.by_group[1])
    assert empty.freedom == 0


def test_raked_weights_meet_both_margins() -> None:
    a, b = RNG.choice(["x", "y"], 200), RNG.choice(["k", "l", "m"], 200)
    one, other = {"x": 60, "y": 40}, {"k": 20, "l": 30, "m": 50}
    seen = rake([(a, one), (b, other)])
    for cells, known in ((a, one), (b, other)):
        for name, count in known.items():
            assert seen.weights[cells == name].sum() == pytest.approx(count)
    capped = rake([(a, {"x": 95, "y": 5})], cap=1.2)
    assert capped.weights.max() <= 1.2 * 100 / 200
    assert capped.capped > 0


def test_a_margin_without_an_answer_is_collapsed_not_divided_by() -> None:
    seen = rake([(["x", "x"], {"x": 5, "y": 5})])
    assert seen.reason is Reason.TOO_FEW
    assert seen.empty == ("y",)
    with pytest.raises(ValueError, match="no known count"):
        rake([(["z"], {"x": 5})])


def test_a_simple_sample_has_the_textbook_error() -> None:
    y = RNG.normal(size=50)
    design = Design.of(np.full(50, 4.0), population=np.full(50, 200.0))
    seen = design_mean(design, y)
    assert seen.se == pytest.approx(np.sqrt(0.75 * y.var(ddof=1) / 50))
    assert seen.effect == pytest.approx(1)
    assert design_mean(design, y, domain=y > 99).mean.reason is Reason.NO_STUDENTS


def test_a_cluster_counts_once() -> None:
    y = np.repeat(RNG.normal(size=10), 5)  # everybody in a cluster says the same
    design = Design.of(np.ones(50), cluster=np.repeat(np.arange(10), 5))
    assert design_mean(design, y).se == pytest.approx(y[::5].std(ddof=1) / np.sqrt(10))
    alone = Design.of(np.ones(3), stratum=[0, 0, 1])
    assert design_mean(alone, [1.0, 2, 3]).se is None
    assert design_mean(alone, [1.0, 2, 3]).mean.known


# statsmodels' own search steps over the end of its logarithms and comes back.
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_ordered_answers_equal_statsmodels() -> None:
    x = RNG.normal(size=(400, 2))
    line = x @ [0.8, -0.5] + RNG.logistic(size=400)
    y = np.digitize(line, [-1, 0.5, 2])
    ours = ordered_logit(y, x)
    assert isinstance(ours, OrderedLogit)
    theirs = OrderedModel(y, x, distr="logit").fit(method="bfgs", disp=False)
    assert ours.log_likelihood == pytest.approx(theirs.llf, abs=1e-6)
    assert ours.slopes == pytest.approx(theirs.params[:2], abs=1e-4)
    assert ours.se == pytest.approx(theirs.bse[:2], rel=1e-3)


def test_items_at_their_edges() -> None:
    flat, x = np.ones(20), np.arange(20.0)
    assert scale_bias(flat, x, x > 9).reason is Reason.NO_VARIATION
    assert scale_bias(x % 3, x * 0, x > 9).reason is Reason.SINGULAR
    assert scale_bias([], [], []).reason is Reason.NO_STUDENTS
    assert ordered_logit((x > 9).astype(float), x[:, None]) is Reason.SEPARATED
    fair = yes_no_bias(([20, 30], [20, 10]), ([20, 30], [20, 10]))
    assert fair.ets is EtsClass.A
    assert fair.odds_ratio == 1
    unfair = yes_no_bias(([80, 90], [20, 10]), ([40, 50], [60, 50]))
    assert unfair.ets is EtsClass.C
    assert unfair.delta < 0
    assert yes_no_bias(([5], [0]), ([5], [0])).reason is Reason.NO_VARIATION
