"""How far a person reaches here: which findings they decide, which evidence they read.

Findings themselves are protected facts: whoever may see findings sees all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from evenrise.workspace.insights.models import Evidence, Readers, Recommendation
from evenrise.workspace.people.models import Person, StaffAssignment
from evenrise.workspace.people.roles import ROLES, Right, Role, Scope


# Evidence that is not for everybody is for the district's own staff: neither the
# board nor a reviewer from outside, unless they wrote it.
_DISTRICT_STAFF = frozenset(
    {Role.SUPERINTENDENT, Role.CABINET, Role.DATA_STEWARD, Role.COACH}
)


@dataclass(frozen=True, slots=True)
class Places:
    """The whole district, or some schools."""

    district: bool = False
    schools: frozenset[str] = frozenset()

    def hold(self, organization_id: str | None) -> bool:
        """Whether a school (None: the district) is among them."""
        if self.district:
            return True
        return organization_id is not None and organization_id in self.schools


def places_with(person: Person, right: Right) -> Places:
    """Where today's roles give the person a right; no query beyond the roles'."""
    held = [
        grant
        for grant in person.grants_today
        if right in ROLES[Role(grant.role)].rights
    ]
    return Places(
        any(grant.scope == Scope.DISTRICT for grant in held),
        frozenset(str(grant.school_id) for grant in held if grant.school_id),
    )


def own_schools(person: Person) -> frozenset[str]:
    """The schools where the person works: by their roles and by their posts."""
    by_role = {str(g.school_id) for g in person.grants_today if g.school_id}
    if not person.staff_id:
        return frozenset(by_role)
    posts = StaffAssignment.objects.filter(staff=person.staff_id)
    return frozenset(by_role | set(posts.values_list("school_id", flat=True)))


def names_within(person: Person) -> frozenset[str] | None:
    """Whose students' names the person's texts are held against; None: the district's.

    Somebody of one school must not learn, by trying names, who learns at another.
    Where nothing tells where a person works, the district's names protect students.
    """
    if any(grant.scope == Scope.DISTRICT for grant in person.grants_today):
        return None
    return own_schools(person) or None


def writes_evidence_at(person: Person, school_id: str | None) -> bool:
    """Whether the person writes evidence about a school: their own, or any of them."""
    if not person.may(Right.WRITE_EVIDENCE):
        return False
    if school_id is None or places_with(person, Right.WRITE_EVIDENCE).district:
        return True
    return school_id in own_schools(person)


def evidence_read_by(person: Person) -> QuerySet[Evidence]:
    """The evidence that the person may read, also what was withdrawn."""
    if any(
        grant.scope == Scope.DISTRICT and Role(grant.role) in _DISTRICT_STAFF
        for grant in person.grants_today
    ):
        return Evidence.objects.all()
    return Evidence.objects.filter(
        Q(readers=Readers.EVERYBODY)
        | Q(by=person)
        | Q(school__in=sorted(own_schools(person)))
    )


def may_decide(person: Person, organization_id: str, district_id: str) -> bool:
    """Whether the person keeps and sets aside findings about this organization."""
    school = None if organization_id == district_id else organization_id
    return places_with(person, Right.KEEP_FINDINGS).hold(school)


def may_change_evidence(person: Person, one: Evidence) -> bool:
    """Its author changes it, while they may write evidence at all."""
    return one.by_id == person.pk and person.may(Right.WRITE_EVIDENCE)


def may_recommend(person: Person, school_id: str | None) -> bool:
    """Whether the person may ask something of the district or of a school."""
    return places_with(person, Right.RECOMMEND).hold(school_id)


def may_answer(person: Person, one: Recommendation) -> bool:
    """Whether the person may answer: the district's leads, or the school's own."""
    return places_with(person, Right.ANSWER_RECOMMENDATIONS).hold(one.school_id)
