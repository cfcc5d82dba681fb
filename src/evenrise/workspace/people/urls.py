"""Addresses of people: accounts, roles, caseloads, students."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from evenrise.workspace.people.views import students


urlpatterns: list[URLPattern | URLResolver] = [
    path("students", students.students, name="students"),
    path("students.csv", students.students_file, name="students_file"),
    path("students/<path:student_id>", students.student, name="student"),
    path("sections", students.sections, name="sections"),
]
