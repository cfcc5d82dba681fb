"""One browser and one served district for all walks."""

from __future__ import annotations

from tests.support.browser import browser
from tests.support.served import first_day, served
from tests.support.visitors import visitors


__all__ = ["browser", "first_day", "served", "visitors"]
