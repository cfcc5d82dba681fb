"""The course catalog of an invented district, and who may take what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Course:
    """One course; `a_g` is its letter for the universities' A-G list, or None."""

    code: str
    title: str
    subject: str
    level: str = "regular"
    a_g: str | None = None


SUBJECTS = (
    "ela",
    "math",
    "science",
    "social_science",
    "world_language",
    "arts",
    "pe",
    "ethnic_studies",
    "cte",
    "other",
)
_TABLE = """
HR00 | Transitional kindergarten classroom | other
HR01 | Kindergarten classroom | other
HR02 | Grade 1 classroom | other
HR03 | Grade 2 classroom | other
HR04 | Grade 3 classroom | other
HR05 | Grade 4 classroom | other
HR06 | Grade 5 classroom | other
EN06 | English language arts 6 | ela
EN07 | English language arts 7 | ela
EN08 | English language arts 8 | ela
MA06 | Mathematics 6 | math
MA07 | Mathematics 7 | math
MA08 | Mathematics 8 | math
MA1M | Algebra 1 (grade 8) | math | honors
SC06 | Earth science | science
SC07 | Life science | science
SC08 | Physical science | science
SS06 | Ancient world | social_science
SS07 | Medieval world | social_science
SS08 | United States to 1914 | social_science
PE06 | Physical education (middle) | pe
AR06 | Art and music wheel | arts
WL06 | Exploring languages | world_language
ST06 | Study and support | other
EN09 | English 9 | ela | regular | B
EN10 | English 10 | ela | regular | B
EH10 | English 10 honors | ela | honors | B
EN11 | English 11 | ela | regular | B
EA11 | AP English Language | ela | ap | B
EN12 | English 12 | ela | regular | B
EA12 | AP English Literature | ela | ap | B
MA09 | Algebra 1 | math | regular | C
MA10 | Geometry | math | regular | C
MA11 | Algebra 2 | math | regular | C
MH11 | Algebra 2 honors | math | honors | C
MF12 | Financial mathematics | math
MS12 | Statistics | math | regular | C
MP12 | Precalculus | math | honors | C
MC12 | AP Calculus | math | ap | C
SC09 | Biology | science | regular | D
SC10 | Chemistry | science | regular | D
SH10 | Chemistry honors | science | honors | D
SC11 | Physics | science | regular | D
SA11 | AP Biology | science | ap | D
SC12 | Environmental science | science | regular | D
SA12 | AP Environmental Science | science | ap | D
ES09 | Ethnic studies | ethnic_studies | regular | G
HE09 | Health and study skills | other
SS10 | World history | social_science | regular | A
SA10 | AP World History | social_science | ap | A
SS11 | United States history | social_science | regular | A
SU11 | AP United States History | social_science | ap | A
SS12 | Government and economics | social_science | regular | A
SD12 | Government (with the college) | social_science | dual | A
PE09 | Physical education | pe
WL09 | Spanish 1 | world_language | regular | E
WM09 | Mandarin 1 | world_language | regular | E
WL10 | Spanish 2 | world_language | regular | E
WM10 | Mandarin 2 | world_language | regular | E
WL11 | Spanish 3 | world_language | regular | E
WA12 | AP Spanish Language | world_language | ap | E
AR09 | Ceramics | arts | regular | F
AR10 | Orchestra | arts | regular | F
AR11 | Digital photography | arts | regular | F
CT10 | Introduction to building trades | cte | cte
CT11 | Health careers | cte | cte | G
CT12 | Computer science pathway | cte | cte | G
ST09 | Support period | other
ST11 | Peer tutoring and library service | other
"""


def _courses() -> tuple[Course, ...]:
    lines = (line.split(" | ") for line in _TABLE.strip().splitlines())
    return tuple(Course(*line) for line in lines)


COURSES = _courses()
PLACE = {course.code: place for place, course in enumerate(COURSES)}
SLOTS = 6
HOMEROOM_GRADES = 7  # TK to 5 stay in one classroom

# For each grade from 6, six periods; in each the courses from the least to the most
# demanding, with the share of students in each. After a `?` the choice is a matter of
# taste and does not follow the student's record.
_PLANS = """
EN06 100 | MA06 100 | SC06 100 | SS06 100 | PE06 100
? ST06 20, AR06 55, WL06 25

EN07 100 | MA07 100 | SC07 100 | SS07 100 | PE06 100
? ST06 20, AR06 45, WL06 35

EN08 100 | MA08 70, MA1M 30 | SC08 100 | SS08 100 | PE06 100
? ST06 20, AR06 40, WL06 40

EN09 100 | MA09 72, MA10 28 | SC09 100 | HE09 100 | PE09 100
? WL09 55, WM09 12, AR09 23, ST09 10

EN10 72, EH10 28 | MA09 6, MA10 66, MA11 28 | SC10 75, SH10 25 | SS10 80, SA10 20
? WL10 55, WM10 10, AR10 20, ST09 15 | ? PE09 70, CT10 30

EN11 74, EA11 26 | MA10 8, MA11 50, MH11 14, MP12 28 | SC11 74, SA11 26
SS11 76, SU11 24 | ? WL11 45, AR11 40, ST09 15 | ? CT11 55, AR10 25, ST11 20

EN12 76, EA12 24 | MF12 32, MS12 30, MP12 18, MC12 20 | SC12 78, SA12 22
SS12 78, SD12 22 | ? ES09 76, AR11 14, WA12 10 | ? CT12 50, AR10 20, ST11 30
"""


@dataclass(frozen=True, slots=True)
class Period:
    """A period of a grade's day: places in COURSES, their shares, and how chosen."""

    courses: tuple[int, ...]
    shares: tuple[float, ...]
    by_taste: bool


def _period(text: str) -> Period:
    choices = text.removeprefix("? ").split(", ")
    pairs = [choice.split(" ") for choice in choices]
    return Period(
        tuple(PLACE[code] for code, _ in pairs),
        tuple(float(share) / 100 for _, share in pairs),
        text.startswith("?"),
    )


PLANS: tuple[tuple[Period, ...], ...] = tuple(
    tuple(_period(period) for period in plan.replace("\n", " | ").split(" | "))
    for plan in _PLANS.strip().split("\n\n")
)
