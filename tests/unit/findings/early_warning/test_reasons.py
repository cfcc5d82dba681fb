"""Reasons in sentences: plurals, both languages, and every measure has words."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from evenrise.findings.early_warning.reasons import line_text, reason_text
from evenrise.indicators.flags.rules import MEASURES, RULE_SETS


DAYS = {
    "schools": 1,
    "enrolled": 41,
    "absent": 6,
    "excused": 1,
    "medical": 1,
    "unexcused": 3,
    "since": "2025-09-05",
    "last": "2025-10-15",
}
KINDS = {
    "kinds": [
        {"kind": "suspension", "count": 1, "last": "2025-09-05"},
        {"kind": "minor", "count": 2, "last": "2025-10-02"},
    ],
    "days": 1,
}
COURSES = {
    "courses": [
        {
            "title": "Algebra 1",
            "subject": "math",
            "mark": "F",
            "posted_on": "2026-01-13",
        },
        {"title": "English 9", "subject": "ela", "mark": "F", "posted_on": None},
    ]
}


def reason(measure, value, of=None, **detail):
    return {
        "line": measure,
        "measure": measure,
        "value": value,
        "of": of,
        "detail": detail,
    }


def test_days():
    told = reason_text(reason("absent_share", 6, 41, **DAYS))
    assert told.en == (
        "Absent 6 of 41 days this school year (15%): 3 unexcused, 1 excused, 1 for "
        "illness or an appointment and 1 with another reason or none. The latest was "
        "on October 15, 2025."
    )
    assert told.es == (
        "6 ausencias en 41 días de este año escolar (15\u00a0%): 3 sin justificar, "
        "1 justificada, 1 por enfermedad o cita médica y 1 con otro motivo o ninguno. "
        "La última fue el 15 de octubre de 2025."
    )


def test_one_day_is_not_days():
    one = {**DAYS, "enrolled": 10, "absent": 1, "excused": 0, "medical": 0}
    told = reason_text(reason("absent_share", 1, 10, **{**one, "unexcused": 1}))
    assert told.en.startswith(
        "Absent 1 of 10 days this school year (10%): 1 unexcused."
    )
    assert told.es.startswith("1 ausencia en 10 días de este año escolar (10\u00a0%): ")


def test_two_schools_are_told():
    told = reason_text(reason("absent_share", 6, 41, **{**DAYS, "schools": 2}))
    assert told.en.endswith(" The days at 2 schools are counted together.")
    assert told.es.endswith(" Se cuentan juntos los días en 2 escuelas.")


def test_recent_days_stand_before_the_year():
    told = reason_text(reason("attended_share_45", 20, 24, **DAYS))
    assert told.en.startswith("Absent 4 of the last 24 school days. Absent 6 of 41 ")
    assert told.es.startswith("4 ausencias en los últimos 24 días de clases. 6 ")


def test_courses():
    told = reason_text(reason("failing_core", 2, **COURSES))
    assert told.en == (
        "2 courses have an F now: Algebra 1 (F), posted on January 13, 2026; and "
        "English 9 (F)."
    )
    assert told.es == (
        "2 cursos tienen F ahora: Algebra 1 (F), publicada el 13 de enero de 2026; y "
        "English 9 (F)."
    )
    many = {"courses": COURSES["courses"] * 4}
    assert reason_text(reason("failing_any", 8, **many)).en.endswith("; and 2 more.")
    alone = {"courses": COURSES["courses"][:1]}
    assert reason_text(reason("failing_math", 1, **alone)).en.startswith("1 course has")


def test_incidents():
    kinds = [
        {"kind": "suspension", "count": 1, "last": "2025-09-05"},
        {"kind": "minor", "count": 2, "last": "2025-10-02"},
    ]
    days = reason_text(reason("suspension_days", 2.5, kinds=kinds, days=2.5))
    assert days.en == (
        "Suspended out of school for 2.5 days this school year, most recently on "
        "September 5, 2025."
    )
    assert days.es == (
        "Suspensión fuera de la escuela: 2.5 días en este año escolar, la última el 5 "
        "de septiembre de 2025."
    )
    every = reason_text(reason("incidents", 3, kinds=kinds, days=2.5))
    assert every.en == (
        "3 incidents this school year: 1 with suspension out of school, on September "
        "5, 2025; and 2 minor, the latest on October 2, 2025."
    )
    assert every.es == (
        "3 incidentes en este año escolar: 1 con suspensión fuera de la escuela, el 5 "
        "de septiembre de 2025; y 2 leves, el último el 2 de octubre de 2025."
    )
    serious = reason_text(reason("serious_incidents", 1, kinds=kinds, days=2.5))
    assert serious.en == (
        "1 serious incident this school year: 1 with suspension out of school, on "
        "September 5, 2025."
    )
    minor = reason_text(reason("minor_incidents", 2, kinds=kinds, days=2.5))
    assert (
        minor.en == "2 minor incidents this school year, the latest on October 2, 2025."
    )
    assert minor.es == (
        "2 incidentes leves en este año escolar, el último el 2 de octubre de 2025."
    )


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_words(measure):
    detail = {
        "attendance": DAYS,
        "behavior": KINDS,
        "course": COURSES,
    }[MEASURES[measure].domain]
    told = reason_text(json.dumps(reason(measure, 2, 24, **detail)))
    assert told.en != told.es
    assert told.en.endswith(".")
    assert told.es.endswith(".")


def test_lines_say_their_grades():
    by_key = {line.key: line for line in RULE_SETS["colorado"].lines}
    assert line_text(by_key["gpa"]).en.endswith(" (grades 6 to 8)")
    assert line_text(by_key["gpa"]).es.endswith(" (grados 6 a 8)")
    assert line_text(RULE_SETS["balfanz"].lines[0]).en.endswith(" (grade 6)")
    young = replace(by_key["gpa"], grades=("TK", "KG", "01"))
    assert line_text(young).es.endswith(" (grados TK a 1)")
    assert line_text(RULE_SETS["abc"].lines[0]).en == "Absent on 10% of days or more"
