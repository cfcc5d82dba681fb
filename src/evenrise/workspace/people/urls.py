"""Addresses of people: accounts, roles, caseloads, students."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from evenrise.workspace.people.views import (
    caseloads,
    closed,
    demo,
    open_id,
    persons,
    powers,
    record_requests,
    students,
    tokens,
)


urlpatterns: list[URLPattern | URLResolver] = [
    path("students", students.students, name="students"),
    path("students.csv", students.students_file, name="students_file"),
    path("students/<path:student_id>", students.student, name="student"),
    path("sections", students.sections, name="sections"),
    path("powers", powers.powers, name="powers"),
    path("powers/off", powers.powers_off, name="powers_off"),
    path("persons", persons.persons, name="persons"),
    path("persons/add", persons.add_person, name="add_person"),
    path("persons/bring", persons.bring_persons, name="bring_persons"),
    path("persons/<int:key>", persons.person, name="person"),
    path("persons/<int:key>/give", persons.give_role, name="give_role"),
    path("persons/<int:key>/end/<int:grant>", persons.end_role, name="end_role"),
    path("persons/<int:key>/deactivate", persons.deactivate, name="deactivate"),
    path("persons/<int:key>/activate", persons.activate, name="activate"),
    path("caseloads", caseloads.caseloads, name="caseloads"),
    path("caseloads/<int:key>", caseloads.caseload, name="caseload"),
    path("caseloads/<int:key>/add", caseloads.add_to_caseload, name="add_to_caseload"),
    path(
        "caseloads/<int:key>/take-off",
        caseloads.take_off_caseload,
        name="take_off_caseload",
    ),
    path("caseloads/<int:key>/hand-over", caseloads.hand_over, name="hand_over"),
    path("keys", tokens.tokens, name="tokens"),
    path("keys/<int:key>/revoke", tokens.revoke_token, name="revoke_token"),
    path("record-requests", record_requests.record_requests, name="record_requests"),
    path(
        "record-requests/<path:student_id>",
        record_requests.record_request,
        name="record_request",
    ),
    # Before allauth's own: an address that nobody wrote down must open nothing, so
    # nobody adds addresses or school accounts to theirs.
    path("account/email/", closed.not_there),
    path("account/3rdparty/", closed.not_there),
    path("account/3rdparty/signup/", closed.not_there),
    path("account/signup/", closed.not_there),
    path("account/oidc/<str:provider_id>/login/callback/", open_id.callback),
    path("enter/<slug:key>", demo.enter, name="enter_demo"),
]
