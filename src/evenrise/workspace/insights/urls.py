"""Addresses of the room `insights`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from evenrise.workspace.insights.views import (
    evidence,
    findings,
    indicators,
    recommendations,
    schools,
    start,
)


urlpatterns: list[URLPattern | URLResolver] = [
    path("start", start.start, name="start"),
    path("indicators", indicators.indicators, name="indicators"),
    path("indicators/<slug:key>", indicators.indicator, name="indicator"),
    path("indicators/<slug:key>/fact", indicators.fact, name="fact"),
    path("indicators/<slug:key>/rules", indicators.definition, name="definition"),
    path("indicators/<slug:key>.csv", indicators.indicator_csv, name="indicator_csv"),
    path("schools", schools.schools, name="schools"),
    path("schools/file/<path:code>", schools.school_csv, name="school_csv"),
    path("schools/<path:code>", schools.school, name="school"),
    path("findings", findings.findings, name="findings"),
    path("findings.csv", findings.findings_csv, name="findings_csv"),
    # A key begins with its kind ("gap:..."), so no verb can be taken for a key.
    path("findings/keep/<path:key>", findings.keep_finding, name="keep_finding"),
    path(
        "findings/set-aside/<path:key>",
        findings.set_finding_aside,
        name="set_finding_aside",
    ),
    path(
        "findings/bring-back/<path:key>",
        findings.bring_finding_back,
        name="bring_finding_back",
    ),
    path("findings/undo/<path:key>", findings.undo_decision, name="undo_decision"),
    path("findings/say/<path:key>", findings.say, name="say"),
    path("findings/start/<path:key>", findings.start_from, name="start_from"),
    path("findings/file/<path:key>", findings.finding_csv, name="finding_csv"),
    path("findings/<path:key>", findings.finding, name="finding"),
    path("comments/<int:remark_id>", findings.remark, name="remark"),
    path(
        "comments/<int:remark_id>/withdraw",
        findings.withdraw_remark,
        name="withdraw_remark",
    ),
    path("starts/<int:start_id>", findings.withdraw_start, name="withdraw_start"),
    path("evidence", evidence.evidence, name="evidence"),
    path("evidence/new", evidence.write_evidence, name="write_evidence"),
    path("evidence/<int:key>", evidence.evidence_piece, name="evidence_piece"),
    path("evidence/<int:key>/change", evidence.change_evidence, name="change_evidence"),
    path(
        "evidence/<int:key>/withdraw",
        evidence.withdraw_evidence,
        name="withdraw_evidence",
    ),
    path("themes", evidence.themes, name="themes"),
    path("themes/<slug:code>", evidence.theme, name="theme"),
    path("recommendations", recommendations.recommendations, name="recommendations"),
    path("recommendations/new", recommendations.recommend, name="recommend"),
    path(
        "recommendations/<int:key>",
        recommendations.recommendation,
        name="recommendation",
    ),
    path(
        "recommendations/<int:key>/change",
        recommendations.reword_recommendation,
        name="reword_recommendation",
    ),
    path(
        "recommendations/<int:key>/withdraw",
        recommendations.withdraw_recommendation,
        name="withdraw_recommendation",
    ),
    path(
        "recommendations/<int:key>/answer",
        recommendations.answer_recommendation,
        name="answer_recommendation",
    ),
    path(
        "recommendations/<int:key>/take-back",
        recommendations.take_answer_back,
        name="take_answer_back",
    ),
]
