"""What a district did, indicator by indicator, in English: the district is the subject.

`did` takes {who}, {x}, {n}, {students}; `had` and `would` fill "If students had ... at
the rate of all other students, about 31 fewer would have ..."; `name` and `rest` are
the rate's name, and whose it is stands between them; `headline` says the gap in a few
words, with {Who} and {students}; `do` ends "Fewer students ...", and `topic` is what a
headline is about.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """The words of one indicator."""

    did: str
    had: str
    would: str
    name: str
    rest: str = ""
    headline: str
    do: str
    topic: str

    @property
    def noun(self) -> str:
        """The rate's name: `suspension rate`."""
        return f"{self.name}{self.rest}"


_STUDENTS = "share of students"

DEEDS: dict[str, Deed] = {
    "suspension": Deed(
        did="{who} suspended {x} of its {n} {students}",
        had="been suspended",
        would="would have been",
        name="suspension rate",
        headline="{Who} suspends {students} more often than other students",
        do="are suspended",
        topic="Suspensions",
    ),
    "chronic_absence": Deed(
        did="{who} saw {x} of its {n} {students} chronically absent",
        had="been chronically absent",
        would="would have been",
        name="chronic absence rate",
        headline="{Who} has not yet brought {students} to school as regularly as "
        "other students",
        do="are chronically absent",
        topic="Chronic absence",
    ),
    "graduation": Deed(
        did="{who} graduated {x} of its {n} {students} in four years",
        had="graduated",
        would="would have",
        name="graduation rate",
        headline="{Who} does not yet graduate {students} as often as other students",
        do="graduate in four years",
        topic="Graduation",
    ),
    "dropout": Deed(
        did="{who} saw {x} of its {n} {students} in grades 9 to 12 drop out",
        had="dropped out",
        would="would have",
        name="dropout rate",
        headline="{Who} loses {students} before graduation more often than other "
        "students",
        do="drop out",
        topic="Dropping out",
    ),
    "a_g_completion": Deed(
        did="{who} led {x} of its {n} {students} to complete the A-G courses",
        had="completed the A-G courses",
        would="would have completed them",
        name="A-G completion rate",
        headline="{Who} does not yet lead {students} through the A-G courses as often "
        "as other students",
        do="complete the A-G courses",
        topic="A-G courses",
    ),
    "biliteracy_seal": Deed(
        did="{who} led {x} of its {n} {students} to the Seal of Biliteracy",
        had="earned the Seal of Biliteracy",
        would="would have earned it",
        name="share of graduates",
        rest=" with the Seal of Biliteracy",
        headline="{Who} does not yet lead {students} to the Seal of Biliteracy as "
        "often as other students",
        do="earn the Seal of Biliteracy",
        topic="Seal of Biliteracy",
    ),
    "d_f_rate": Deed(
        did="{who} gave a D or an F to {x} of its {n} {students}",
        had="received a D or an F",
        would="would have received one",
        name=_STUDENTS,
        rest=" with a D or an F",
        headline="{Who} gives {students} a D or an F more often than other students",
        do="receive a D or an F",
        topic="D and F marks",
    ),
    "ninth_grade_on_track": Deed(
        did="{who} had {x} of its {n} ninth-grade {students} on track to graduate",
        had="been on track in ninth grade",
        would="would have been on track",
        name="share of ninth graders",
        rest=" on track to graduate",
        headline="{Who} does not yet have {students} on track in ninth grade as often "
        "as other students",
        do="are on track in ninth grade",
        topic="Ninth grade on track",
    ),
    "met_standard_ela": Deed(
        did="{who} brought {x} of its {n} {students} to the standard in English",
        had="met the standard in English",
        would="would have met it",
        name=_STUDENTS,
        rest=" who met the standard in English",
        headline="{Who} does not yet bring {students} to the English standard as often "
        "as other students",
        do="meet the standard in English",
        topic="English standard",
    ),
    "met_standard_math": Deed(
        did="{who} brought {x} of its {n} {students} to the standard in mathematics",
        had="met the standard in mathematics",
        would="would have met it",
        name=_STUDENTS,
        rest=" who met the standard in mathematics",
        headline="{Who} does not yet bring {students} to the math standard as often as "
        "other students",
        do="meet the standard in mathematics",
        topic="Math standard",
    ),
    "advanced_courses": Deed(
        did="{who} enrolled {x} of its {n} {students} in advanced courses",
        had="been enrolled in advanced courses",
        would="would have been enrolled",
        name=_STUDENTS,
        rest=" enrolled in advanced courses",
        headline="{Who} enrolls {students} in advanced courses less often than other "
        "students",
        do="are enrolled in advanced courses",
        topic="Advanced courses",
    ),
    "ethnic_studies": Deed(
        did="{who} gave ethnic studies to {x} of its {n} {students}",
        had="completed ethnic studies",
        would="would have completed it",
        name="share of graduates",
        rest=" who completed ethnic studies",
        headline="{Who} does not yet give ethnic studies to {students} as often as to "
        "other students",
        do="complete ethnic studies",
        topic="Ethnic studies",
    ),
    "no_feedback_four_weeks": Deed(
        did="{who} left {x} of its {n} {students} four weeks without feedback",
        had="gone four weeks without feedback",
        would="would have waited so long",
        name=_STUDENTS,
        rest=" left four weeks without feedback",
        headline="{Who} leaves {students} four weeks without feedback more often than "
        "other students",
        do="go four weeks without feedback",
        topic="Feedback",
    ),
}
DEEDS["chronic_absence_edfacts"] = replace(
    DEEDS["chronic_absence"],
    rest=" by the federal rule",
    topic="Chronic absence (federal rule)",
)
DEEDS["dropout_cohort"] = replace(
    DEEDS["dropout"],
    did="{who} saw {x} of its {n} {students} in the graduating class drop out",
    rest=" in the graduating class",
    do="drop out before their class graduates",
)


def general(title: str, good: str) -> Deed:
    """Words for an indicator nobody has written words for yet, from its title."""
    name = title[:1].lower() + title[1:] if title[1:2].islower() else title
    smaller = "smaller" if good == "up" else "larger"
    return Deed(
        did=f"{{who}} counted {{x}} of its {{n}} {{students}} under “{name}”",
        had=f"been counted under “{name}”",
        would="would have been counted there",
        name=f"rate for “{name}”",
        headline=f"{{Who}}: “{name}” shows a {smaller} share for {{students}}",
        do=f"are counted under “{name}”",
        topic=title,
    )
