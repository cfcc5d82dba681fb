"""Published facts: what agencies printed, beside what is computed from records."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from evenrise.indicators.results import conform, empty, select


def published_facts(facts: pa.Table, *, only: frozenset[str] | None = None) -> pa.Table:
    """The snapshot's published facts, in the one shape.

    They keep the indicator key, version and authority their source gave them, and
    stand as the agency printed them. `only` keeps some indicators.
    """
    if not len(facts):
        return empty()
    table = conform(facts)
    return table if only is None else select(table, indicator=only)


def published_keys(facts: pa.Table) -> frozenset[str]:
    """The indicators that the published facts speak of."""
    return frozenset(pc.unique(facts["indicator"]).to_pylist())
