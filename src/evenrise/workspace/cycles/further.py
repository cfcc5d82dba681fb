"""What stands on a cycle's or a practice's page besides its own words.

    from evenrise.workspace.cycles.further import CYCLE_PARTS
    CYCLE_PARTS.offer(20, "cycles/parts/measures.html", measures_shown)

On a cycle's page parts below 20 stand with what the team asks, those below 60 with what
it sees (also where it studies and decides), all others beside the whole. They come from
this room and from rooms above.
"""

from __future__ import annotations

from evenrise.workspace.cycles.models import Cycle, Practice
from evenrise.workspace.foundation.page_parts import Parts
from evenrise.workspace.people.models import Person


CYCLE_PARTS: Parts[[Person, Cycle]] = Parts()
PRACTICE_PARTS: Parts[[Person, Practice]] = Parts()
