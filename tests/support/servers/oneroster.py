"""A OneRoster 1.2 server of an invented district, and what of a district it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import ClassVar

from tests.support.servers.base import ApiServer, Asked, Reply, Rows
from tests.support.servers.rows import Table, without


ROSTERING = "/ims/oneroster/rostering/v1p2/"
GRADEBOOK = "/ims/oneroster/gradebook/v1p2/"
IN_GRADEBOOK = ("categories", "lineItems", "results")
_SCOPE = "https://purl.imsglobal.org/spec/or/v1p2/scope/"
_LONG_AGO = "2025-08-01T00:00:00.000Z"
_FLAGS = {
    "american_indian": "americanIndianOrAlaskaNative",
    "asian": "asian",
    "black": "blackOrAfricanAmerican",
    "pacific_islander": "nativeHawaiianOrOtherPacificIslander",
    "white": "white",
}
_SUBJECTS = {
    "ela": "English Language Arts",
    "math": "Mathematics",
    "science": "Science",
    "social_science": "Social Studies",
    "world_language": "World Languages",
    "arts": "Visual and Performing Arts",
    "pe": "Physical Education",
    "cte": "Career Technical Education",
    "ethnic_studies": "Ethnic Studies",
    "other": "Homeroom",
}
_LEVELS = {"ap": "AP", "honors": "Honors", "dual": "Dual Enrollment", "cte": "CTE"}
_ROLES = {"teacher": "teacher", "aide": "aide", "counselor": "counselor"} | {
    "principal": "principal"
}


@dataclass
class OneRosterServer(ApiServer):
    """Lists by their name in the standard; `links` pages by Link and tells no total."""

    lists: dict[str, Rows] = field(default_factory=dict)
    links: bool = False
    most: int = 10_000
    TOKEN_PATH: ClassVar[str] = "/token"  # noqa: S105

    @property
    def url(self) -> str:
        return f"{self.root}/ims/oneroster"

    @property
    def token_url(self) -> str:
        return f"{self.root}{self.TOKEN_PATH}"

    def is_data(self, asked: Asked) -> bool:
        return asked.path.startswith("/ims/oneroster/")

    def may(self, asked: Asked, scopes: str) -> bool:
        name = asked.path.rsplit("/", 1)[-1]
        needed = "gradebook" if name in IN_GRADEBOOK else "roster-core"
        needed = "roster-demographics" if name == "demographics" else needed
        return f"{_SCOPE}{needed}.readonly" in scopes.split()

    def data(self, asked: Asked) -> Reply:
        name = asked.path.rsplit("/", 1)[-1]
        home = GRADEBOOK if name in IN_GRADEBOOK else ROSTERING
        if asked.path != home + name or name not in self.lists:
            return Reply(404)
        rows = self.lists[name]
        if "sort" in asked.query:
            rows = sorted(rows, key=lambda row: str(row[asked.query["sort"]]))
        if "filter" in asked.query:
            told = re.fullmatch(r"dateLastModified>='(.+)'", asked.query["filter"])
            if told is None:
                return Reply(400)
            rows = [row for row in rows if row["dateLastModified"] >= told[1]]
        if "fields" in asked.query:
            kept = asked.query["fields"].split(",")
            rows = [{k: v for k, v in row.items() if k in kept} for row in rows]
        return self._page(asked, name, rows)

    def _page(self, asked: Asked, name: str, rows: Rows) -> Reply:
        limit = min(int(asked.query.get("limit", 100)), self.most)
        offset = int(asked.query.get("offset", 0))
        page = rows[offset : offset + limit]
        headers = {"X-Total-Count": str(len(rows))}
        if self.links:
            here = f"{self.root}{asked.path}?limit={limit}&sort=sourcedId"
            headers = {"Link": f'<{here}&offset=0>; rel="first"'}
            if offset + limit < len(rows):
                following = f'<{here}&offset={offset + limit}>; rel="next"'
                headers["Link"] += f", {following}"
        return Reply(200, {name: page}, headers)


def _record(source: str, **words: object) -> dict[str, object]:
    return {
        "sourcedId": source,
        "status": "active",
        "dateLastModified": _LONG_AGO,
        **{name: value for name, value in words.items() if value not in ("", None)},
    }


def _ref(source: str, kind: str) -> dict[str, str]:
    return {
        "href": f"https://sis.example.org/{source}",
        "sourcedId": source,
        "type": kind,
    }


def lists_of(tables: dict[str, Table]) -> dict[str, Rows]:
    """A district as its student information system would show it in OneRoster."""
    last_day = max(row["ended_on"] for row in tables["rosters"])
    district = tables["schools"][0]
    school = {row["section_id"]: row["school_id"] for row in tables["sections"]}
    years = sorted({row["school_year"] for row in tables["sections"]})
    orgs = [
        _record(
            district["district_id"], name=district["district_name"], type="district"
        )
    ]
    orgs += [
        _record(
            row["school_id"],
            name=row["name"],
            type="school",
            parent=_ref(row["district_id"], "org"),
        )
        for row in tables["schools"]
    ]
    seats = [
        _record(
            f"e{n}",
            user=_ref(row["student_id"], "user"),
            **{"class": _ref(row["section_id"], "class")},
            school=_ref(school[row["section_id"]], "org"),
            role="student",
            beginDate=row["started_on"],
            endDate=row["ended_on"] if row["ended_on"] != last_day else "",
        )
        for n, row in enumerate(tables["rosters"])
    ]
    taught = [
        _record(
            f"t{n}",
            user=_ref(row["staff_id"], "user"),
            **{"class": _ref(row["section_id"], "class")},
            school=_ref(row["school_id"], "org"),
            role="teacher",
            primary=True,
        )
        for n, row in enumerate(tables["sections"])
    ]
    return {
        "academicSessions": [
            _record(
                f"sy{year}",
                title=f"{int(year) - 1}-{year}",
                type="schoolYear",
                startDate=f"{int(year) - 1}-08-18",
                endDate=last_day,
                schoolYear=year,
            )
            for year in years
        ],
        "orgs": orgs,
        "courses": _courses(tables, district["district_id"]),
        "classes": [
            _record(
                row["section_id"],
                title=row["title"],
                classType="scheduled",
                course=_ref(_course(row), "course"),
                school=_ref(row["school_id"], "org"),
                terms=[_ref(f"sy{row['school_year']}", "academicSession")],
            )
            for row in tables["sections"]
        ],
        "users": _students(tables) + _staff(tables),
        "enrollments": seats + taught,
        "demographics": [_described(row) for row in tables["students"]],
        **_gradebook(tables),
    }


def _course(section: dict[str, str]) -> str:
    return f"k-{section['course_code']}-{section['subject']}-{section['level']}"


def _courses(tables: dict[str, Table], district: str) -> Rows:
    return list(
        {
            _course(row): _record(
                _course(row),
                title=row["title"],
                courseCode=row["course_code"],
                org=_ref(district, "org"),
                subjects=[
                    word
                    for word in (_SUBJECTS[row["subject"]], _LEVELS.get(row["level"]))
                    if word
                ],
            )
            for row in tables["sections"]
        }.values()
    )


def _students(tables: dict[str, Table]) -> Rows:
    last = {row["student_id"]: row for row in tables["enrollments"]}
    return [
        _record(
            row["student_id"],
            enabledUser=True,
            username=f"u{row['student_id']}",
            givenName=row["given_name"],
            familyName=row["family_name"],
            identifier=f"local-{row['student_id']}",
            phone="555-0100",
            grades=[last[row["student_id"]]["grade"]],
            userProfiles=[{"credentials": [{"password": "a-password-of-a-child"}]}],
            roles=[
                {
                    "roleType": "primary",
                    "role": "student",
                    "org": _ref(last[row["student_id"]]["school_id"], "org"),
                }
            ],
        )
        for row in tables["students"]
    ]


def _staff(tables: dict[str, Table]) -> Rows:
    places: dict[str, Rows] = {}
    for row in tables["staff_assignments"]:
        places.setdefault(row["staff_id"], []).append(
            {
                "roleType": "primary",
                "role": _ROLES.get(row["role"], "siteAdministrator"),
                "org": _ref(row["school_id"], "org"),
                "beginDate": row["started_on"],
            }
        )
    return [
        _record(
            row["staff_id"],
            enabledUser=True,
            username=f"u{row['staff_id']}",
            givenName=row["given_name"],
            familyName=row["family_name"],
            roles=places[row["staff_id"]],
        )
        for row in tables["staff"]
    ]


def _described(row: dict[str, str]) -> dict[str, object]:
    races = row["race"].split(";")
    sex = {"F": "female", "M": "male", "X": "other"}.get(row["gender"], "")
    hispanic = {"Y": "true", "N": "false"}.get(row["hispanic"], "")
    flags = {
        flag: "true" if word in races else "false" for word, flag in _FLAGS.items()
    }
    return _record(
        row["student_id"],
        birthDate=row["birth_date"],
        sex=sex,
        hispanicOrLatinoEthnicity=hispanic,
        **flags,
    )


def _gradebook(tables: dict[str, Table]) -> dict[str, Rows]:
    kinds = sorted({row["category"] for row in tables["assignments"]})
    states = {
        "scored": "fully graded",
        "exempt": "exempt",
        "not_submitted": "not submitted",
        "missing": "not submitted",
    }
    return {
        "categories": [_record(f"c-{kind}", title=kind) for kind in kinds],
        "lineItems": [
            _record(
                row["assignment_id"],
                title=row["title"],
                assignDate=f"{row['assigned_on']}T00:00:00.000Z",
                dueDate=f"{row['due_on']}T00:00:00.000Z",
                resultValueMax=float(row["points_possible"]),
                category=_ref(f"c-{row['category']}", "category"),
                **{"class": _ref(row["section_id"], "class")},
            )
            for row in tables["assignments"]
        ],
        "results": [
            _record(
                f"r{n}",
                lineItem=_ref(row["assignment_id"], "lineItem"),
                student=_ref(row["student_id"], "user"),
                scoreStatus=states[row["status"]],
                score=float(row["score"]) if row["score"] else None,
                scoreDate=row["scored_on"],
                comment="words about a child" if row["has_comment"] == "Y" else "",
                missing="true" if row["status"] == "missing" else "",
            )
            for n, row in enumerate(tables["scores"])
        ],
    }


def carried(tables: dict[str, Table]) -> dict[str, Table]:
    """The same district in District CSV, with no more than OneRoster carries."""
    last_day = max(row["ended_on"] for row in tables["rosters"])
    roles = _ROLES
    return {
        "schools": [without(row, "charter") for row in tables["schools"]],
        "students": [
            without(row, "home_language")
            | {
                "race": ";".join(
                    word for word in _FLAGS if word in row["race"].split(";")
                )
            }
            for row in tables["students"]
        ],
        "enrollments": [  # a stay ends with its classes, these with their term
            without(row, "exit_code") | {"left_on": row["left_on"] or last_day}
            for row in tables["enrollments"]
        ],
        "staff": [
            {name: row[name] for name in ("staff_id", "given_name", "family_name")}
            for row in tables["staff"]
        ],
        "staff_assignments": [
            without(row, "fte", "ended_on") | {"role": roles.get(row["role"], "other")}
            for row in tables["staff_assignments"]
        ],
        "sections": [
            without(row, "a_g")
            | {"level": "" if row["level"] == "regular" else row["level"]}
            for row in tables["sections"]
        ],
        "rosters": [
            row | {"ended_on": "" if row["ended_on"] == last_day else row["ended_on"]}
            for row in tables["rosters"]
        ],
        "assignments": tables["assignments"],
        "scores": tables["scores"],
    }
