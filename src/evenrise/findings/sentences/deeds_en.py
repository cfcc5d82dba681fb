"""What a district did, indicator by indicator, in English: the district is the subject.

`did` takes {who}, {x}, {n}, {students}; `had` and `would` fill "If students had ... at
the rate of all other students, about 31 fewer would have ..."; `noun` is the rate's
name; `headline` says the gap in a few words, with {Who} and {students}.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Deed:
    """The words of one indicator."""

    did: str
    had: str
    would: str
    noun: str
    headline: str


DEEDS: dict[str, Deed] = {
    "suspension": Deed(
        did="{who} suspended {x} of its {n} {students}",
        had="been suspended",
        would="would have been",
        noun="suspension rate",
        headline="{Who} suspends {students} more often than other students",
    ),
    "chronic_absence": Deed(
        did="{who} had {x} of its {n} {students} chronically absent",
        had="been chronically absent",
        would="would have been",
        noun="chronic absence rate",
        headline="{Who} has not yet brought as many {students} to school regularly",
    ),
    "graduation": Deed(
        did="{who} graduated {x} of its {n} {students} in four years",
        had="graduated",
        would="would have",
        noun="graduation rate",
        headline="{Who} has not yet brought as many {students} to graduation",
    ),
    "dropout": Deed(
        did="{who} lost {x} of its {n} {students} in grades 9 to 12, who dropped out",
        had="dropped out",
        would="would have",
        noun="dropout rate",
        headline="{Who} loses a larger share of {students} before graduation",
    ),
    "a_g_completion": Deed(
        did="{who} led {x} of its {n} {students} to complete the A-G courses",
        had="completed the A-G courses",
        would="would have completed them",
        noun="A-G completion rate",
        headline="{Who} has not yet led as many {students} through the A-G courses",
    ),
    "biliteracy_seal": Deed(
        did="{who} led {x} of its {n} {students} to the Seal of Biliteracy",
        had="earned the Seal of Biliteracy",
        would="would have earned it",
        noun="share with the Seal of Biliteracy",
        headline="{Who} has not yet led as many {students} to the Seal of Biliteracy",
    ),
    "d_f_rate": Deed(
        did="{who} gave a D or an F to {x} of its {n} {students}",
        had="received a D or an F",
        would="would have received one",
        noun="share with a D or an F",
        headline="{Who} gives D and F marks to a larger share of {students}",
    ),
    "ninth_grade_on_track": Deed(
        did="{who} had {x} of its {n} ninth-grade {students} on track to graduate",
        had="been on track in ninth grade",
        would="would have been on track",
        noun="share on track in ninth grade",
        headline="{Who} has not yet put as many {students} on track in ninth grade",
    ),
    "met_standard_ela": Deed(
        did="{who} brought {x} of its {n} {students} to the standard in English",
        had="met the standard in English",
        would="would have met it",
        noun="share meeting the standard in English",
        headline="{Who} has not yet brought as many {students} to the English standard",
    ),
    "met_standard_math": Deed(
        did="{who} brought {x} of its {n} {students} to the standard in mathematics",
        had="met the standard in mathematics",
        would="would have met it",
        noun="share meeting the standard in mathematics",
        headline="{Who} has not yet brought as many {students} to the math standard",
    ),
    "advanced_courses": Deed(
        did="{who} enrolled {x} of its {n} {students} in advanced courses",
        had="been enrolled in advanced courses",
        would="would have been enrolled",
        noun="share enrolled in advanced courses",
        headline="{Who} enrolls a smaller share of {students} in advanced courses",
    ),
    "ethnic_studies": Deed(
        did="{who} gave ethnic studies to {x} of its {n} {students}",
        had="completed ethnic studies",
        would="would have completed it",
        noun="share who completed ethnic studies",
        headline="{Who} has not yet given ethnic studies to as many {students}",
    ),
    "no_feedback_four_weeks": Deed(
        did="{who} left {x} of its {n} {students} four weeks without feedback",
        had="gone four weeks without feedback",
        would="would have waited so long",
        noun="share left four weeks without feedback",
        headline="{Who} leaves a larger share of {students} without feedback",
    ),
}
DEEDS["chronic_absence_edfacts"] = replace(
    DEEDS["chronic_absence"], noun="chronic absence rate by the federal rule"
)
DEEDS["dropout_cohort"] = Deed(
    did="{who} lost {x} of its {n} {students} of the graduating class, who dropped out",
    had=DEEDS["dropout"].had,
    would=DEEDS["dropout"].would,
    noun="dropout rate of the graduating class",
    headline=DEEDS["dropout"].headline,
)


def general(title: str, good: str) -> Deed:
    """Words for an indicator nobody has written words for yet, from its title."""
    name = title[:1].lower() + title[1:] if title[1:2].islower() else title
    smaller = "smaller" if good == "up" else "larger"
    return Deed(
        did=f"{{who}} counted {{x}} of its {{n}} {{students}} under “{name}”",
        had=f"been counted under “{name}”",
        would="would have been counted there",
        noun=f"rate for “{name}”",
        headline=f"{{Who}}: “{name}” shows a {smaller} share for {{students}}",
    )
