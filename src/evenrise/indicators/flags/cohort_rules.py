"""Past students by the rule that the district chose, in place of the default one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from evenrise.indicators.engines.base import Tables
from evenrise.indicators.flags.cohorts import Cohorts, CohortSettings, Numbered
from evenrise.indicators.flags.compute import flag_students
from evenrise.indicators.flags.lines import RuleSet
from evenrise.vocabulary.school_year import FIRST_MONTH


def by_rule(
    numbered: Numbered, snapshot: Tables, rules: RuleSet, settings: CohortSettings
) -> Cohorts:
    """The same students; `rule` counts the domains in which the rule flags them.

    Each checkpoint of each year is looked at as it was: nothing later is read.

    Args:
        numbered: the cohorts, and who stands behind their numbers.
        snapshot: the records they were made of.
        rules: the rule.
        settings: the district's.

    Raises:
        InputProblem: a part of the store cannot be read.
    """
    cohorts = numbered.cohorts
    rule = np.zeros(len(cohorts))
    for year in np.unique(cohorts.school_year).tolist():
        for place, name in enumerate(cohorts.checkpoints):
            rows = (cohorts.school_year == year) & (cohorts.checkpoint == place)
            if not rows.any():
                continue
            flagged = flag_students(snapshot, _day(year, name), (rules,), settings)
            counted = _counted(flagged.states, numbered)
            rule[rows] = counted[cohorts.student[rows]]
    return replace(cohorts, rule=rule)


def _day(year: int, checkpoint: str) -> dt.date:
    month, day = (int(part) for part in checkpoint.split("-"))
    return dt.date(year - (month >= FIRST_MONTH), month, day)


def _counted(states: pa.Table, numbered: Numbered) -> NDArray[Any]:
    """Domains with a flag, by the numbers that the cohorts use."""
    beyond = states.filter(pc.greater(states["state"], 0))
    codes = beyond["student_id"].cast(pa.string())
    place = pc.index_in(codes, value_set=pa.array(numbered.codes, pa.string()))
    found = pc.drop_null(place).to_numpy().astype(np.int64)
    numbers = numbered.numbers[found]
    size = int(numbered.numbers.max(initial=-1)) + 1
    return np.bincount(numbers, minlength=size).astype(np.float64)
