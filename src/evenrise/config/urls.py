"""Every address of the workspace. The rooms' own `urls.py` say the rest."""

from __future__ import annotations

from django.urls import include, path

from evenrise.config.api import api


urlpatterns = [
    path("", include("evenrise.workspace.foundation.urls")),
    path("", include("evenrise.workspace.people.urls")),
    path("account/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("data/", include("evenrise.workspace.data.urls")),
    path("", include("evenrise.workspace.insights.urls")),
    path("", include("evenrise.workspace.supports.urls")),
    path("", include("evenrise.workspace.plans.urls")),
    path("", include("evenrise.workspace.cycles.urls")),
    path("", include("evenrise.workspace.learning.urls")),
    path("", include("evenrise.workspace.reports.urls")),
]
handler400 = "evenrise.workspace.foundation.faults.bad_request"
handler403 = "evenrise.workspace.foundation.faults.not_found"
handler404 = "evenrise.workspace.foundation.faults.not_found"
handler500 = "evenrise.workspace.foundation.faults.server_fault"
