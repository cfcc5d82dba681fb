"""A team of one school, and students whom its counselor serves."""

from __future__ import annotations

import pytest

from evenrise.workspace.people.models import CaseloadPlace, Roster, Student
from evenrise.workspace.supports.models import (
    Team,
    TeamMember,
)
from tests.web.supports.a_support import (  # noqa: F401 - fixtures of the tests of care
    counselor,
    elsewhere,
    flag,
    plan,
    student,
    support,
    today,
)
from tests.web.supports.flag_fixtures import (  # noqa: F401 - fixtures of flags
    flag_run,
    make_flag,
    make_watch,
)


@pytest.fixture
def school(cast):
    return cast["principal"].grants_today[0].school


@pytest.fixture
def served(cast) -> list[Student]:
    """On the counselor's caseload, and not in the teacher's sections."""
    taught = Roster.objects.filter(section__staff_id=cast["teacher"].staff_id)
    places = CaseloadPlace.objects.filter(caseload__owner=cast["counselor"])
    return list(
        Student.objects.filter(pk__in=places.values("student"), current=True).exclude(
            pk__in=taught.values("student")
        )[:5]
    )


@pytest.fixture
def team(db_district, cast, school) -> Team:
    """The counselor, the teacher and the principal of one school."""
    team = Team.objects.create(name="Ninth grade team", school=school)
    for role in ("counselor", "teacher", "principal"):
        TeamMember.objects.create(team=team, person=cast[role])
    return team
