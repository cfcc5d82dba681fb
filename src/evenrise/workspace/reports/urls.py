"""Addresses of the reports: the public site under its language, the feeds, the work."""

from __future__ import annotations

from django.urls import path, register_converter

from evenrise.workspace.reports.views import (
    briefings,
    feeds,
    plan_documents,
    plan_releases,
    public,
    public_plans,
    releases,
)


class _InLanguage:
    """`en` or `es`; nothing else is a language of the site."""

    regex = "en|es"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(_InLanguage, "language")

urlpatterns = [
    path("", public.home, name="home"),
    path("<language:language>/", public.public_home, name="public_home"),
    path(
        "<language:language>/indicators/<slug:key>/",
        public.public_indicator,
        name="public_indicator",
    ),
    path(
        "<language:language>/findings/<path:key>/",
        public.public_finding,
        name="public_finding",
    ),
    path(
        "<language:language>/schools/<str:key>/",
        public.public_school,
        name="public_school",
    ),
    path(
        "<language:language>/figures/<int:key>/", public.public_fact, name="public_fact"
    ),
    path(
        "<language:language>/briefings/<slug:slug>/",
        public.public_briefing,
        name="public_briefing",
    ),
    path(
        "<language:language>/plans/",
        public_plans.public_plan_list,
        name="public_plan_list",
    ),
    path(
        "<language:language>/plans/<slug:plan>/",
        public_plans.public_plan,
        name="public_plan",
    ),
    path(
        "<language:language>/plans/<slug:plan>/editions/<int:number>/",
        public_plans.public_plan,
        name="public_plan_edition",
    ),
    path(
        "<language:language>/plans/<slug:plan>/rungs/<str:key>/",
        public_plans.public_rung,
        name="public_rung",
    ),
    path(
        "<language:language>/plans/<slug:plan>/said/",
        public_plans.public_said,
        name="public_said",
    ),
    path(
        "<language:language>/plans/<slug:plan>/changes/<int:before>/<int:after>/",
        public_plans.public_changes,
        name="public_changes",
    ),
    path(
        "<language:language>/plans/<slug:plan>/documents/<str:name>",
        plan_documents.public_plan_document,
        name="public_plan_document",
    ),
    path(
        "<language:language>/plans/<slug:plan>/comment/",
        public_plans.public_comment,
        name="public_comment",
    ),
    path(
        "<language:language>/plans/<slug:plan>/thanks/",
        public_plans.public_thanks,
        name="public_thanks",
    ),
    path("feeds/plans/<slug:plan>.json", public_plans.plan_json, name="plan_json"),
    path("<language:language>/about/", public.public_about, name="public_about"),
    path("<language:language>/data/", feeds.public_feeds, name="public_feeds"),
    path("feeds/facts.json", feeds.facts_json, name="feed_facts_json"),
    path("feeds/dictionary.json", feeds.dictionary_json, name="feed_dictionary"),
    path("feeds/<str:name>", feeds.document, name="feed_document"),
    path("reports/", briefings.reports, name="reports"),
    path("reports/briefings/new", briefings.briefing_new, name="briefing_new"),
    path("reports/briefings/<slug:slug>/", briefings.briefing, name="briefing"),
    path(
        "reports/briefings/<slug:slug>/findings",
        briefings.briefing_findings,
        name="briefing_findings",
    ),
    path(
        "reports/briefings/<slug:slug>/<language:edition>",
        briefings.edition,
        name="edition",
    ),
    path(
        "reports/briefings/<slug:slug>/propose",
        briefings.briefing_propose,
        name="briefing_propose",
    ),
    path(
        "reports/plans/<slug:plan>/<int:number>/propose",
        plan_releases.plan_propose,
        name="plan_propose",
    ),
    path("reports/figures/propose", releases.figures_propose, name="figures_propose"),
    path("reports/releases/<int:key>/", releases.release, name="release"),
    path(
        "reports/releases/<int:key>/preview/<language:edition>/",
        releases.release_preview,
        name="release_preview",
    ),
    path(
        "reports/releases/<int:key>/preview/<language:edition>/<path:rest>",
        releases.release_preview,
        name="release_preview_page",
    ),
    path(
        "reports/releases/<int:key>/<str:verb>",
        releases.release_move,
        name="release_move",
    ),
]
