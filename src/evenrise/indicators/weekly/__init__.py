"""Weekly indicators: what the records carry with a date, as a cycle watches it."""

from __future__ import annotations

from evenrise.indicators.engines.weekly import Weekly, WeeklyAsk
from evenrise.indicators.weekly.counting import told_weeks, week_sums
from evenrise.indicators.weekly.definitions import WEEKLY, WeeklyIndicator
from evenrise.indicators.weekly.rolling import ToldWeek, WeekSum


__all__ = [
    "WEEKLY",
    "ToldWeek",
    "WeekSum",
    "Weekly",
    "WeeklyAsk",
    "WeeklyIndicator",
    "told_weeks",
    "week_sums",
]
