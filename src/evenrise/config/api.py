"""The interface for programs, version 1: the rooms' routers under one address.

Its description is `/api/v1/openapi.json`. Programs show a key (see `people/tokens.py`);
sessions and cookies are not looked at.
"""

from __future__ import annotations

from ninja import NinjaAPI

from evenrise import __version__
from evenrise.workspace.insights.api import facts_router, findings_router
from evenrise.workspace.people.api import router as students_router


api = NinjaAPI(
    title="Evenrise",
    version=__version__,
    description="Facts, findings and, within a person's reach, students of a district.",
    docs_url=None,  # its page would fetch scripts from somebody else's server
    urls_namespace="api",
)
api.add_router("", facts_router)
api.add_router("", findings_router)
api.add_router("/students", students_router)
