"""Each page states how many queries it may run: one table for every address.

Two numbers a page: of the workspace's database, and of the page store. Counted on the
second opening, by the first role of doors.txt that opens the page. A page whose queries
grow with its rows breaks this table sooner or later; an address that is not in it fails
at once.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from evenrise.publishing.page_store.connection import Reader
from evenrise.workspace.people.actions.tokens import make_token
from evenrise.workspace.people.tokens import TokenScope
from tests.web.test_doors import ROLES, lines
from tests.web.things import finish


# What signing in costs each page: session, person, roles, what is current.
# Two more than a page needs today leave room for a line that somebody adds.
QUERIES: dict[str, tuple[int, int]] = {
    "health": (3, 2),
    "privacy": (3, 2),
    "accessibility": (3, 2),
    "students": (10, 2),
    "students_file": (14, 2),
    "student": (23, 2),
    "sections": (10, 2),
    "caseloads": (9, 2),
    "caseload": (10, 2),
    "record_requests": (7, 2),
    "record_request": (8, 2),
    "powers": (6, 2),
    "persons": (10, 2),
    "add_person": (7, 2),
    "bring_persons": (7, 2),
    "person": (11, 2),
    "tokens": (7, 2),
    "account_login": (4, 2),
    "account_logout": (6, 2),
    "account_inactive": (3, 2),
    "account_email_verification_sent": (3, 2),
    "account_set_password": (6, 2),
    "account_reset_password": (3, 2),
    "account_reset_password_done": (3, 2),
    "account_reset_password_from_key": (6, 2),
    "account_reset_password_from_key_done": (3, 2),
    "account_confirm_email": (3, 2),
    "mfa_index": (8, 2),
    "mfa_activate_totp": (14, 2),
    "mfa_generate_recovery_codes": (10, 2),
    "socialaccount_login_cancelled": (3, 2),
    "data": (11, 2),
    "standings": (8, 2),
    "imports": (9, 2),
    "bring_in": (6, 2),
    "import": (8, 2),
    "import_progress": (7, 2),
    "import_refused": (6, 2),
    "data_questions": (7, 2),
    "data_question": (8, 2),
    "start": (29, 2),
    "indicators": (7, 2),
    "indicator": (8, 2),
    "definition": (7, 3),
    "indicator_csv": (6, 5),
    "schools": (7, 2),
    "school": (9, 6),
    "school_csv": (8, 6),
    "findings": (9, 2),
    "findings_csv": (8, 2),
    "finding": (18, 5),
    "finding_csv": (8, 6),
    "remark": (7, 2),
    "evidence": (14, 3),
    "write_evidence": (11, 3),
    "evidence_piece": (12, 2),
    "change_evidence": (16, 3),
    "themes": (8, 2),
    "recommendations": (9, 2),
    "recommend": (10, 3),
    "recommendation": (13, 2),
    "reword_recommendation": (13, 3),
    "teams": (7, 2),
    "add_team": (8, 2),
    "team": (10, 2),
    "add_meeting": (7, 2),
    "meeting": (11, 2),
    "meeting_item": (15, 2),
    "families": (11, 2),
    "transitions": (12, 2),
    "add_contact": (9, 2),
    "add_voice": (9, 2),
    "add_note": (11, 2),
    "add_transition": (9, 2),
    "menu": (9, 2),
    "kind": (10, 2),
    "kind_line": (10, 2),
    "add_kind": (7, 2),
    "change_kind": (8, 2),
    "supports": (10, 2),
    "support": (14, 2),
    "review_support": (13, 2),
    "end_support": (13, 2),
    "change_support": (14, 2),
    "begin_support": (12, 2),
    "place_in_tier": (11, 2),
    "bulk_supports": (11, 2),
    "bring_supports": (7, 2),
    "known": (18, 2),
    "known_mark": (14, 2),
    "advisories": (16, 2),
    "add_advisory": (12, 2),
    "advisory": (18, 2),
    "acted": (14, 2),
    "tiers": (12, 2),
    "helps": (8, 2),
    "help_of": (8, 2),
    "pathways": (18, 2),
    "student_together": (16, 2),
    "plans": (9, 2),
    "plan_new": (9, 2),
    "my_steps": (7, 2),
    "departments": (10, 2),
    "department_change": (7, 2),
    "plan": (13, 14),
    "plan_change": (9, 2),
    "rung": (21, 2),
    "rung_change": (12, 2),
    "editions": (14, 2),
    "hearing_open": (14, 2),
    "amend": (14, 2),
    "plan_edition": (9, 2),
    "edition_difference": (15, 2),
    "adopt": (14, 2),
    "comments": (10, 2),
    "comment_new": (9, 2),
    "comment": (9, 2),
    "plan_we_did": (18, 2),
    "we_did_new": (15, 2),
    "we_did_change": (17, 2),
    "reviews": (8, 2),
    "review_new": (7, 2),
    "review": (20, 2),
    "review_item": (17, 2),
    "calendar_keys": (10, 2),
    "calendar_feed": (8, 2),
    "plan_trace": (25, 12),
    "plan_files": (10, 2),
    "plan_file_get": (18, 2),
    "plan_bringing": (12, 2),
    "plan_measures": (18, 8),
    "measure": (22, 12),
    "measure_new": (9, 6),
    "measure_change": (10, 12),
    "link_new": (20, 2),
    "take_up": (14, 2),
    "plan_money": (12, 2),
    "money_need": (12, 10),
    "money_lines": (10, 2),
    "budget_new": (12, 2),
    "budget_change": (12, 2),
    "spending_new": (12, 2),
    "spending_bring": (9, 2),
    "reports": (12, 2),
    "briefing_new": (6, 2),
    "briefing": (9, 6),
    "briefing_findings": (7, 4),
    "edition": (8, 6),
    "release": (10, 2),
    "release_preview": (8, 3),
    "release_preview_page": (7, 2),
    "public_home": (6, 3),
    "public_indicator": (5, 5),
    "public_finding": (5, 4),
    "public_school": (5, 21),
    "public_fact": (5, 4),
    "public_plan_list": (6, 3),
    "public_plan": (6, 4),
    "public_plan_edition": (6, 4),
    "public_changes": (6, 2),
    "public_rung": (6, 12),
    "public_said": (6, 2),
    "public_thanks": (6, 2),
    "plan_json": (4, 2),
    "public_about": (5, 2),
    "public_feeds": (5, 2),
    "feed_facts_json": (3, 2),
    "feed_dictionary": (3, 2),
    "feed_document": (3, 2),
    "flags": (12, 2),
    "flags_file": (12, 2),
    "flags_by_school": (10, 2),
    "flag_answer": (13, 2),
    "rules_of_flags": (9, 2),
    "choose_rule": (6, 2),
    "early_warning_cards": (7, 2),
    "conditions": (8, 2),
    "protocols": (8, 2),
    "protocol": (6, 2),
    "cycle_meetings": (12, 2),
    "cycle_meeting": (10, 2),
    "cycle_meeting_new": (7, 2),
    "cycle_meeting_change": (8, 2),
    "cycle_meeting_screen": (9, 2),
    "cycle_note_change": (9, 2),
    "spots": (14, 4),
    "spot": (9, 6),
    "visit": (10, 2),
    "visit_new": (9, 6),
    "visit_change": (7, 2),
    "belief_survey_new": (8, 2),
    "belief_survey": (9, 2),
    "belief_survey_answer": (12, 2),
    "practices": (11, 2),
    "initiatives": (9, 2),
    "initiative": (26, 10),
    "initiative_new": (14, 4),
    "initiative_change": (16, 4),
    "practice": (12, 2),
    "practice_new": (7, 2),
    "practice_change": (7, 2),
    "practice_tried": (8, 2),
    "practice_retire": (7, 2),
    "api:openapi-json": (2, 2),
    "api:indicators": (5, 2),
    "api:schools": (5, 2),
    "api:facts": (5, 3),
    "api:findings": (5, 3),
    "api:finding": (5, 4),
    "api:students": (13, 2),
    "api:student": (13, 2),
    "coaching_cycles": (8, 2),
    "coaching_new": (9, 2),
    "coaching": (10, 2),
    "coaching_change": (9, 2),
    "coaching_note_new": (10, 2),
    "coaching_note_change": (11, 2),
    "cycles": (12, 2),
    "cycle_new": (8, 2),
    "cycle": (25, 2),
    "cycle_change": (12, 2),
    "cycle_measure": (16, 2),
    "weeks_file": (15, 2),
    "cycle_measure_new": (11, 2),
    "cycle_measure_change": (14, 2),
    "weeks_count": (12, 2),
    "week_leave_out": (12, 2),
    "phase_new": (12, 2),
    "cycle_start": (8, 2),
    "cycle_decide": (16, 2),
    "cycle_share": (8, 2),
    "cycle_team": (10, 2),
    "voice_new": (9, 2),
    "cause_new": (7, 2),
    "cause_change": (8, 2),
    "cycle_removed_parts": (10, 2),
    "driver_change": (8, 2),
    "ic_maps": (8, 2),
    "ic_map_new": (10, 2),
    "ic_map_bring": (7, 2),
    "ic_map": (11, 2),
    "ic_map_change": (10, 2),
    "ic_map_file": (10, 2),
    "ic_map_bring_back": (8, 2),
    "ic_component_new": (8, 2),
    "ic_component_change": (10, 2),
    "place_myself": (12, 2),
    "place_colleague": (13, 2),
    "my_practice": (9, 2),
    "map_school": (12, 2),
    "standards": (14, 2),
    "standard_new": (7, 2),
    "standard_change": (8, 2),
    "self_assessment_new": (11, 2),
    "self_assess": (15, 2),
    "self_results": (15, 2),
    "catalogue": (12, 2),
    "offering_new": (12, 2),
    "offering": (13, 2),
    "offering_change": (14, 2),
    "what_changed_new": (7, 2),
    "session_new": (8, 2),
    "session_change": (8, 2),
    "session_cancel": (7, 2),
    "session_feedback": (9, 2),
    "session_roll": (10, 2),
    "session_roll_csv": (7, 2),
    "session_bring": (8, 2),
    "my_learning": (10, 2),
    "my_learning_csv": (6, 2),
    "learning_feed": (5, 2),
    "learning_hours": (13, 2),
    "learning_hours_csv": (12, 2),
    "partners": (8, 2),
    "partners_csv": (6, 2),
    "partner_new": (6, 2),
    "partner_hours_new": (8, 2),
    "learning_teams": (9, 2),
    "learning_team_new": (9, 2),
    "learning_team": (11, 2),
    "learning_team_change": (11, 2),
    "learning_team_finding": (10, 3),
    "team_calendar": (9, 2),
    "team_meeting_new": (10, 2),
    "team_meeting": (9, 2),
    "team_meeting_change": (13, 2),
    "walks": (8, 2),
    "walk_new": (10, 2),
    "walk": (10, 2),
    "walk_change": (12, 2),
    "walk_note_new": (10, 2),
    "walk_note_change": (11, 2),
    "walk_thanks": (8, 2),
    "who_leads": (20, 2),
}
API = {"api:facts": "?indicator=chronic_absence"}


def _opens() -> dict[str, tuple[tuple[tuple[str, str], ...], str]]:
    """Each address that opens: its arguments and the first role that opens it."""
    found = {}
    for line in lines():
        if line.method != "GET":
            continue
        by_key = set(line.answers) == {"key"} and line.name.startswith("api:")
        role = (
            "superintendent"
            if by_key
            else next(
                (
                    role
                    for role, answer in zip(ROLES, line.answers, strict=True)
                    if answer == "open"
                ),
                None,
            )
        )
        if role is not None:
            found.setdefault(line.name, (line.arguments, role))
    return found


def test_every_page_states_its_queries():
    opens = set(_opens())
    assert opens - set(QUERIES) == set(), "say how many queries these may run"
    assert set(QUERIES) - opens == set(), "these addresses are gone, or open to nobody"


@pytest.fixture
def things(db_district, cast, released, briefing):
    from tests.web.things import make_things

    return make_things(cast, db_district, released, briefing)


@pytest.fixture
def browsers(as_person, cast, settings):
    """A browser for a role; the API's key is that of the superintendent."""
    from tests.web.things import switch_powers_on

    settings.DEMO = False
    made = {"nobody": Client()}

    def browser(role):
        if role not in made:
            person = "administrator" if role == "with_powers" else role
            made[role] = as_person(person)
            if role == "with_powers":
                switch_powers_on(made[role], cast["administrator"])
        return made[role]

    return browser


@pytest.fixture
def key(cast):
    _token, secret = make_token(
        cast["superintendent"],
        name="a test",
        scopes=[scope.value for scope in TokenScope],
        ends_on=timezone.localdate() + dt.timedelta(days=2),
    )
    return secret


@pytest.fixture
def looked_up(monkeypatch):
    """The questions that the page store is asked."""
    asked = []

    def listened(name):
        own = getattr(Reader, name)

        def ask(self, sql, values=()):
            asked.append(sql)
            return own(self, sql, values)

        monkeypatch.setattr(Reader, name, ask)

    for name in ("rows", "each", "one"):
        listened(name)
    return asked


def test_a_page_keeps_its_number_of_queries(things, browsers, key, looked_up, settings):
    wrong = []
    for name, (arguments, role) in _opens().items():
        values = {k: things[v[1:]] if v[0] == "@" else v for k, v in arguments}
        try:
            address = reverse(name, kwargs=values) + API.get(name, "")
        except NoReverseMatch:
            address = "/" + name
        client, headers = browsers(role), {}
        if name.startswith("api:"):
            settings.DEMO = True  # the key's person need not show a second step
            client, headers = Client(), {"authorization": f"Bearer {key}"}
        finish(client.get(address, headers=headers))
        looked_up.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address, headers=headers)
            finish(answer)
        settings.DEMO = False
        assert answer.status_code == 200, address
        may = QUERIES.get(name, (-1, -1))
        if len(asked) > may[0] or len(looked_up) > may[1]:
            every = [*(one["sql"] for one in asked), *looked_up]
            told = f"{len(asked)}, {len(looked_up)} queries, may {may}"
            wrong.append("\n    ".join((f"{role} at {name}: {told}", *every)))
    assert not wrong, "\n".join(wrong)
