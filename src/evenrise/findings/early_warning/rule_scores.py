"""The two ways that need no model: the count of the rule, and whole schools.

Both are given chances from earlier years alone, so that they can be held to the same
account as a model: the share not on track at each count of the rule, and by school.
"""

from __future__ import annotations

import numpy as np

from evenrise.indicators.flags.cohorts import Cohorts, Floats, Ints


CROSSED = 1  # lines of the rule from which on a student is flagged


def rule_chances(earlier: Cohorts, later: Cohorts) -> Floats:
    """For each later student, the earlier share not on track at the same count."""
    return _shares(
        earlier.rule.astype(np.int64), earlier.outcome, later.rule.astype(np.int64)
    )


def school_chances(earlier: Cohorts, later: Cohorts) -> Floats:
    """For each later student, the earlier share not on track in the same school.

    A school without earlier students (-1 is none) has the share of all.
    """
    found = _shares(earlier.school, earlier.outcome, later.school)
    return np.where(later.school >= 0, found, earlier.outcome.mean())


def _shares(earlier: Ints, outcome: Floats, later: Ints) -> Floats:
    """Shares of the outcome by code; a code not seen earlier has the share of all.

    One student is added to each code, as on track as all are: a share is never 0 or 1.
    """
    every = float(outcome.mean())
    keys, at = np.unique(earlier, return_inverse=True)
    share = (np.bincount(at, weights=outcome) + every) / (np.bincount(at) + 1)
    place = np.minimum(np.searchsorted(keys, later), len(keys) - 1)
    return np.where(keys[place] == later, share[place], every)
