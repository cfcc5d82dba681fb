"""The plan of one support for many students: no baseline, since each has their own."""

from __future__ import annotations

from typing import Any

from evenrise.workspace.supports.actions.care import Plan
from evenrise.workspace.supports.forms.care import PlanForm


class ManyForm(PlanForm):
    """As for one student, without where each one is now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("baseline", "target"):
            del self.fields[name]

    def plan(self) -> Plan:
        """What was planned."""
        self.cleaned_data |= {"baseline": None, "target": None}
        return super().plan()
