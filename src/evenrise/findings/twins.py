"""Findings that tell the same thing twice, and which of the two is told.

Two authorities may ask one question by two rules, and two families may count one
group of students in two ways. Every section has its own findings; a first page and a
summary say a thing once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evenrise.findings.finding import Finding


ALONE = {"race_any": "race_ethnicity"}  # the family that names each student once


def again(keys: Iterable[str]) -> set[str]:
    """The indicators that ask what another one of these asks, by another rule.

    `chronic_absence_edfacts` is `chronic_absence` again.
    """
    known = set(keys)
    return {key for key in known if any(key.startswith(f"{one}_") for one in known)}


def one_rule_each(findings: Sequence[Finding]) -> list[Finding]:
    """Findings without those that tell the same by another rule or another count."""
    other = again(one.indicator for one in findings if one.indicator is not None)
    named = {_about(one) for one in findings}
    return [
        one
        for one in findings
        if one.indicator not in other
        and (one.group_family not in ALONE or _about(one, ALONE) not in named)
    ]


def told_once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings without those whose students are another family's, to the last one."""
    named = {_about(one): _numbers(one) for one in findings}
    return tuple(
        one
        for one in findings
        if one.group_family not in ALONE
        or named.get(_about(one, ALONE)) != _numbers(one)
    )


def _about(
    one: Finding, families: dict[str, str] | None = None
) -> tuple[str | int | None, ...]:
    family = one.group_family
    if families is not None and family is not None:
        family = families.get(family, family)
    return (
        one.kind,
        one.indicator,
        one.school_year,
        one.organization_id,
        family,
        one.group,
    )


def _numbers(one: Finding) -> tuple[tuple[float | None, float | None], ...]:
    return tuple((row.numerator, row.denominator) for row in one.evidence[:2])
