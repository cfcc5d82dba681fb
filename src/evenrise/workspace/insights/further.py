"""What rooms above this one add to the page of a finding or of a recommendation.

    from evenrise.workspace.insights.further import FINDING_PARTS
    FINDING_PARTS.offer(10, "plans/parts/became.html", finding_became)

Each part is asked with who reads the page, and with the finding's key or the
recommendation's as text.
"""

from __future__ import annotations

from evenrise.workspace.foundation.page_parts import Parts
from evenrise.workspace.people.models import Person


FINDING_PARTS: Parts[[Person, str]] = Parts()
RECOMMENDATION_PARTS: Parts[[Person, str]] = Parts()
