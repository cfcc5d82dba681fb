"""What each role may do. One table; a page's door names a right, never a role.

Whoever sees students sees them through a scope (see `access.py`): a right alone shows
nobody. The roles and their words are those of the people in a district.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evenrise.vocabulary.text import Text


class Right(StrEnum):
    """What a page or a verb may ask for."""

    SEE_FINDINGS = "see_findings"  # protected facts, findings, plans in work
    SEE_STUDENTS = "see_students"  # always through a scope
    KEEP_FINDINGS = "keep_findings"  # keep, set aside, discuss, start from
    WRITE_EVIDENCE = "write_evidence"  # visits, focus groups, walks
    RECOMMEND = "recommend"  # a reviewer's recommendations
    ANSWER_RECOMMENDATIONS = "answer_recommendations"
    BRING_FILES = "bring_files"  # imports: see the difference, commit, undo
    ANSWER_QUESTIONS = "answer_questions"  # own a question about the data
    WRITE_BRIEFINGS = "write_briefings"
    APPROVE_RELEASES = "approve_releases"  # never one's own
    ANSWER_RECORD_REQUESTS = "answer_record_requests"  # 34 CFR 99.32
    GIVE_CASELOADS = "give_caseloads"
    SUPPORT_STUDENTS = "support_students"  # plan supports, log sessions, place in tiers
    ORGANIZE_SUPPORTS = "organize_supports"  # the menu, the rule that flags follow
    READ_RESTRICTED_NOTES = "read_restricted_notes"  # of students one serves
    WRITE_PLANS = "write_plans"  # the ladder, its measures and money
    ADOPT_PLANS = "adopt_plans"  # record the hearing and the vote
    INQUIRE = "inquire"  # cycles, learning teams, coaching, the catalogue: all staff
    ORGANIZE_LEARNING = "organize_learning"  # maps, standards, offerings, initiatives
    SWITCH_POWERS = "switch_powers"  # may switch an administrator's powers on
    ADMINISTER = "administer"  # counts only while powers are on: see Person.may
    USE_API = "use_api"


class Scope(StrEnum):
    """How far a role reaches."""

    DISTRICT = "district"
    SCHOOL = "school"
    GRADE = "grade"  # one grade of one school
    SECTION = "section"  # one named section, or (none named) those one teaches
    CASELOAD = "caseload"  # one named caseload, or (none named) one's own


class Role(StrEnum):
    """What a person does in the district."""

    SUPERINTENDENT = "superintendent"
    CABINET = "cabinet"  # cabinet and department leads
    PRINCIPAL = "principal"
    COUNSELOR = "counselor"
    TEACHER = "teacher"
    COACH = "coach"
    DATA_STEWARD = "data_steward"
    BOARD = "board"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"  # accounts and settings; sees no students


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A role: its name, its rights, the scopes it can have (the usual one first)."""

    role: Role
    name: Text
    about: Text
    rights: frozenset[Right]
    scopes: tuple[Scope, ...]

    @property
    def sees_students(self) -> bool:
        """Whether the role sees students at all; a second sign-in step is then due."""
        return Right.SEE_STUDENTS in self.rights


_STAFF = frozenset(
    {Right.SEE_FINDINGS, Right.WRITE_EVIDENCE, Right.USE_API, Right.INQUIRE}
)
_LEADS = _STAFF | {
    Right.SEE_STUDENTS,
    Right.KEEP_FINDINGS,
    Right.ANSWER_RECOMMENDATIONS,
    Right.WRITE_BRIEFINGS,
    Right.APPROVE_RELEASES,
    Right.ANSWER_QUESTIONS,
    Right.SUPPORT_STUDENTS,
    Right.ORGANIZE_SUPPORTS,
    Right.WRITE_PLANS,
    Right.ORGANIZE_LEARNING,
}

_CARDS = (
    RoleCard(
        Role.SUPERINTENDENT,
        Text("Superintendent", "Superintendencia"),
        Text("Leads the whole district.", "Dirige todo el distrito."),
        _LEADS
        | {
            Right.GIVE_CASELOADS,
            Right.ANSWER_RECORD_REQUESTS,
            Right.ADOPT_PLANS,
        },
        (Scope.DISTRICT,),
    ),
    RoleCard(
        Role.CABINET,
        Text("Cabinet or department lead", "Gabinete o jefatura de departamento"),
        Text("Leads a department.", "Dirige un departamento."),
        _LEADS,
        (Scope.DISTRICT, Scope.SCHOOL),
    ),
    RoleCard(
        Role.PRINCIPAL,
        Text("Principal", "Dirección de escuela"),
        Text("Leads a school.", "Dirige una escuela."),
        _STAFF
        | {
            Right.SEE_STUDENTS,
            Right.KEEP_FINDINGS,
            Right.ANSWER_QUESTIONS,
            Right.ANSWER_RECOMMENDATIONS,
            Right.GIVE_CASELOADS,
            Right.SUPPORT_STUDENTS,
            Right.READ_RESTRICTED_NOTES,
            Right.WRITE_PLANS,
            Right.ADOPT_PLANS,
            Right.ORGANIZE_LEARNING,
        },
        (Scope.SCHOOL, Scope.GRADE),
    ),
    RoleCard(
        Role.COUNSELOR,
        Text("Counselor", "Consejería"),
        Text("Knows and supports students.", "Conoce y apoya a estudiantes."),
        _STAFF
        | {
            Right.SEE_STUDENTS,
            Right.SUPPORT_STUDENTS,
            Right.READ_RESTRICTED_NOTES,
        },
        (Scope.CASELOAD, Scope.SCHOOL, Scope.GRADE),
    ),
    RoleCard(
        Role.TEACHER,
        Text("Teacher", "Docente"),
        Text("Teaches sections of students.", "Da clases a estudiantes."),
        _STAFF | {Right.SEE_STUDENTS, Right.SUPPORT_STUDENTS},
        (Scope.SECTION, Scope.GRADE),
    ),
    RoleCard(
        Role.COACH,
        Text("Coach", "Acompañamiento docente"),
        Text("Learns with teachers.", "Aprende con docentes."),
        _STAFF | {Right.ORGANIZE_LEARNING},
        (Scope.SCHOOL, Scope.DISTRICT),
    ),
    RoleCard(
        Role.DATA_STEWARD,
        Text("Data steward", "Responsable de datos"),
        Text(
            "Brings records in and answers for them.",
            "Incorpora los registros y responde por ellos.",
        ),
        _STAFF
        | {
            Right.SEE_STUDENTS,
            Right.BRING_FILES,
            Right.ANSWER_QUESTIONS,
            Right.WRITE_BRIEFINGS,
            Right.APPROVE_RELEASES,
            Right.ANSWER_RECORD_REQUESTS,
            Right.GIVE_CASELOADS,
        },
        (Scope.DISTRICT,),
    ),
    RoleCard(
        Role.BOARD,
        Text("Board member", "Integrante de la mesa directiva"),
        Text("Decides in public.", "Decide en público."),
        frozenset({Right.SEE_FINDINGS}),
        (Scope.DISTRICT,),
    ),
    RoleCard(
        Role.REVIEWER,
        Text("Reviewer from outside", "Revisión externa"),
        Text("Looks at the district's evidence.", "Examina la evidencia del distrito."),
        frozenset(
            {
                Right.SEE_FINDINGS,
                Right.KEEP_FINDINGS,
                Right.WRITE_EVIDENCE,
                Right.RECOMMEND,
                Right.WRITE_BRIEFINGS,
            }
        ),
        (Scope.DISTRICT, Scope.SCHOOL),
    ),
    RoleCard(
        Role.ADMINISTRATOR,
        Text("Administrator", "Administración del sistema"),
        Text("Looks after accounts.", "Cuida las cuentas."),
        frozenset({Right.SWITCH_POWERS, Right.ADMINISTER}),
        (Scope.DISTRICT,),
    ),
)
ROLES: dict[Role, RoleCard] = {card.role: card for card in _CARDS}


def roles_with(right: Right) -> tuple[Role, ...]:
    """The roles that carry a right, in the order of the table of roles."""
    return tuple(role for role, card in ROLES.items() if right in card.rights)
