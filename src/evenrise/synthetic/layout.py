"""The files an invented district writes, and their columns (District CSV version 1)."""

from __future__ import annotations


FILES: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "schools": "school_id name level district_id district_name charter",
        "calendar": "school_id date instructional",
        "students": "student_id given_name family_name birth_date gender hispanic"
        " race home_language",
        "enrollments": "student_id school_id school_year grade entered_on left_on"
        " exit_code",
        "programs": "student_id program started_on ended_on detail",
        "attendance": "student_id school_id date status portion_absent reason",
        "incidents": "incident_id student_id school_id date behavior action"
        " days_removed",
        "sections": "section_id school_id school_year course_code title subject level"
        " a_g staff_id",
        "rosters": "section_id student_id started_on ended_on",
        "marks": "student_id section_id term mark credits_attempted credits_earned"
        " posted_on",
        "assignments": "assignment_id section_id title category assigned_on due_on"
        " points_possible",
        "scores": "assignment_id student_id score status scored_on has_comment",
        "assessments": "student_id assessment subject taken_on grade scale_score level"
        " met_standard",
        "completions": "student_id cohort_year school_id outcome completed_a_g"
        " cte_pathway biliteracy_seal",
        "staff": "staff_id given_name family_name gender hispanic race hired_on left_on"
        " years_experience credential",
        "staff_assignments": "staff_id school_id school_year role fte started_on"
        " ended_on",
        "spending": "school_id school_year category source amount",
        "facilities": "school_id inspected_on section mark",
        "survey_responses": "administration_id respondent_key school_id audience"
        " item_id answer grade gender race_ethnicity",
        "family_contacts": "student_id date kind direction language",
    }.items()
}
