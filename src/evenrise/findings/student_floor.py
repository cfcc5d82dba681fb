"""The findings that need single students' records, together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evenrise.findings.alike import alike_findings
from evenrise.findings.all_scores import all_scores_findings
from evenrise.findings.bright import bright_findings
from evenrise.findings.combinations import combination_findings
from evenrise.findings.desk import Desk
from evenrise.findings.finding import Finding, Kind, NotRun
from evenrise.findings.inside_between import inside_between_findings
from evenrise.findings.meeting import meeting_findings
from evenrise.findings.ordering import ordered
from evenrise.findings.student_desk import Outcomes, Told


_PARTS: tuple[Callable[[Desk, Outcomes], Told], ...] = (
    alike_findings,
    bright_findings,
    combination_findings,
)


def student_findings(
    desk: Desk, outcomes: Outcomes, findings: Sequence[Finding]
) -> Told:
    """Everything that single students' records add to a review.

    Args:
        desk: the review's desk, with protected facts.
        outcomes: by indicator.
        findings: what facts alone have told; the main gaps are split by school.
    """
    # Early in a district's first year no student counts in what a whole year tells.
    outcomes = {key: one for key, one in outcomes.items() if one.years}
    found: list[Finding] = []
    reasons: list[NotRun] = []
    for part in _PARTS:
        told = part(desk, outcomes)
        found += told.findings
        reasons += told.not_run
    met = meeting_findings(desk, outcomes)
    if met:
        reasons = [one for one in reasons if one.kind is not Kind.INTERSECTION]
    found += met
    gaps = ordered(findings)
    found += inside_between_findings(desk, outcomes, gaps)
    scores = all_scores_findings(desk, outcomes, gaps)
    found += scores.findings
    reasons += scores.not_run
    return Told(tuple(found), tuple(reasons), scores.notes)
