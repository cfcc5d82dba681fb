"""Students for programs: the same set as on the pages, and every look on record."""

from __future__ import annotations

from typing import Annotated, Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from ninja.errors import HttpError
from ninja.throttling import AuthRateThrottle

from evenrise.workspace.foundation.audit import record_looks
from evenrise.workspace.people.access import Reach, reach_of, students_within
from evenrise.workspace.people.api_key import Key
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.tokens import TokenScope


router = Router(tags=["students"], auth=Key(TokenScope.STUDENTS))
MOST = 500
_Word = Annotated[str, Query(max_length=250, pattern=r"^[^\x00]*$")]


class StudentOut(Schema):
    """One student whom the key's person may see, and why."""

    student_id: str
    given_name: str
    family_name: str
    grade: str
    school_id: str | None
    current: bool
    days_enrolled: float | None
    days_absent: float | None
    reason: str


class StudentsOut(Schema):
    """A page of students; `after` asks for the next one, null at the end."""

    students: list[StudentOut]
    after: str | None


class Problem(Schema):
    """What went wrong."""

    detail: str


def _person(request: HttpRequest) -> tuple[Person, Reach]:
    person = cast("Person", request.user)
    return person, reach_of(person, timezone.localdate())


_FIELDS = tuple(StudentOut.model_fields)


def _on_record(person: Person, reach: Reach, students: list[dict[str, Any]]) -> None:
    by_reason: dict[str, list[tuple[str, str]]] = {}
    for one in students:
        reason = str(one["reason"])
        by_reason.setdefault(reason, []).append((one["student_id"], reason))
    for reason, looks in by_reason.items():
        record_looks(person, looks, role=reach.role_for(reason), where="api")


@router.get(
    "",
    response={200: StudentsOut, 401: Problem, 403: Problem, 429: Problem},
    throttle=[AuthRateThrottle(settings.API_STUDENTS_RATE)],
    summary="The students within reach, by code, a page at a time",
)
def students(
    request: HttpRequest,
    school_id: _Word = "",
    grade: _Word = "",
    after: _Word = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> HttpResponse:
    """Those enrolled now; each with the reason why the key's person may see them."""
    person, reach = _person(request)
    found = students_within(reach).filter(current=True, student_id__gt=after)
    if school_id:
        found = found.filter(school=school_id)
    if grade:
        found = found.filter(grade=grade)
    page = list(found.order_by("student_id").values(*_FIELDS)[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    _on_record(person, reach, page)
    # Rows as they are: to make and to check 500 objects took half of the time.
    following = page[-1]["student_id"] if more else None
    return JsonResponse({"students": page, "after": following})


@router.get(
    "/{path:student_id}",
    response={
        200: StudentOut,
        401: Problem,
        403: Problem,
        404: Problem,
        429: Problem,
    },
    throttle=[AuthRateThrottle(settings.API_STUDENTS_RATE)],
    summary="One student within reach",
)
def student(
    request: HttpRequest,
    student_id: Annotated[str, Path(max_length=250, min_length=1)],
) -> dict[str, Any]:
    """Not yours and not there are the same: 404."""
    person, reach = _person(request)
    code = student_id.replace("\x00", "")
    found = students_within(reach).filter(pk=code).values(*_FIELDS).first()
    if found is None:
        raise HttpError(404, "There is nothing here.")
    _on_record(person, reach, [found])
    return dict(found)
