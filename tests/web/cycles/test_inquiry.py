"""Inquiry in the browser and by its verbs: ask, try, study, decide; who reads it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.access import cycles_read_by
from evenrise.workspace.cycles.actions import (
    beginning,
    changing,
    deciding,
    team,
    theory,
)
from evenrise.workspace.cycles.actions.beginning import Begun
from evenrise.workspace.cycles.actions.deciding import Decided
from evenrise.workspace.cycles.actions.theory import VoiceSaid
from evenrise.workspace.cycles.models import (
    Cycle,
    CycleState,
    StartsFrom,
)
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.problems import NotYours, Overtaken
from tests.web.cycles.a_cycle import make_cycle, text


pytestmark = pytest.mark.django_db
ALL = (
    *("superintendent", "cabinet", "principal", "other_principal", "counselor"),
    *("teacher", "coach", "steward", "board", "reviewer", "administrator"),
)


@pytest.fixture
def cycle(db_district, cast) -> Cycle:
    return make_cycle(cast)


def begin(person, **changed) -> Cycle:
    said = {
        "title_en": "A call home",
        "title_es": "Una llamada a casa",
        "language": "en",
        "school_id": None,
    }
    return beginning.begin_cycle(person, said=Begun(**(said | changed)))


def planned(person, one: Cycle) -> Cycle:
    """Everything said that a test needs before it starts."""
    today = timezone.localdate()
    one.refresh_from_db()
    asked = {"aim": "Nine of ten are here.", "notice": "Seats are empty.", "wonder": ""}
    one = changing.change_cycle(
        person, cycle=one.pk, section="ask", said=asked, seen=one.version
    )
    tried = {
        "change": "A call on the first day.",
        "prediction": "Twelve fall to eight in a hundred.",
        "begins_on": today + dt.timedelta(days=3),
        "until": today + dt.timedelta(days=40),
    }
    return changing.change_cycle(
        person, cycle=one.pk, section="try", said=tried, seen=one.version
    )


def studied(person, one: Cycle) -> Cycle:
    one = deciding.start_cycle(person, cycle=one.pk, seen=one.version)
    return changing.change_cycle(
        person,
        cycle=one.pk,
        section="study",
        said={"result": "Eight of a hundred.", "learned": "Mornings count."},
        seen=one.version,
    )


def test_a_cycle_is_its_teams_alone_until_it_is_shared(cycle, cast, as_person):
    team_roles = {"teacher", "coach"}
    for role in ALL:
        page = as_person(role).get(reverse("cycle", args=[cycle.pk]))
        assert (page.status_code == 200) == (role in team_roles), role
    deciding.share(cast["teacher"], cycle=cycle.pk)
    for role in ALL:
        page = as_person(role).get(reverse("cycle", args=[cycle.pk]))
        assert (page.status_code == 200) == (role != "administrator"), role
        if role not in team_roles and role != "administrator":
            assert "/change/ask" not in page.content.decode()
    deciding.unshare(cast["teacher"], cycle=cycle.pk)
    assert not cycles_read_by(cast["superintendent"]).exists()


def test_the_list_shows_nothing_of_others_and_finds_by_words(cycle, as_person):
    assert "A greeting at the door" in text(as_person("coach"), "cycles")
    other = as_person("superintendent").get(reverse("cycles"))
    assert "greeting" not in other.content.decode()
    assert other.context["page"].answer.startswith("No team has shared")
    found = as_person("coach").get(reverse("cycles"), {"q": "GREETING door"})
    assert len(found.context["page"].lines) == 1
    none = as_person("coach").get(reverse("cycles"), {"state": "adopted"})
    assert "No cycle matches." in none.content.decode()


def test_a_cycle_begins_from_a_finding_in_its_words_of_that_day(
    db_district, cast, as_person
):
    from evenrise.workspace.data.standing import current_pages

    pages = current_pages()
    assert pages is not None
    line = pages.main()[0]
    browser = as_person("teacher")
    url = reverse("cycle_new") + f"?finding={line.key}"
    shown = browser.get(url)
    assert shown.context["form"].initial["notice"] == line.sentence.en
    told = {"title_en": "Mornings", "language": "en", "notice": "x", "school": ""}
    page = browser.post(url, told, follow=True)
    made = Cycle.objects.get()
    assert made.finding_key == line.key
    assert (made.headline_en, made.headline_es) == (line.sentence.en, line.sentence.es)
    assert made.snapshot == db_district.snapshot.id
    assert made.starts_from == StartsFrom.FINDING
    assert "Mornings" in page.content.decode()
    assert browser.get(reverse("cycle_new") + "?finding=nobody").status_code == 404
    assert as_person("board").get(url).status_code == 404


def test_a_students_name_is_refused(db_district, cast, as_person):
    from evenrise.workspace.people.models import Student

    one = begin(cast["superintendent"])
    family, _, given = Student.objects.filter(current=True)[0].sort_name.partition(", ")
    told = {"title_en": f"{given} {family} comes back", "language": "en", "seen": 1}
    page = as_person("superintendent").post(
        reverse("cycle_change", args=[one.pk, "ask"]), told
    )
    assert page.status_code == 422
    assert "names a student" in page.content.decode()


def test_nothing_starts_before_all_is_said(db_district, cast):
    one = begin(cast["teacher"])
    with pytest.raises(InputProblem, match="the aim"):
        deciding.start_cycle(cast["teacher"], cycle=one.pk, seen=one.version)
    one = planned(cast["teacher"], one)
    one = deciding.start_cycle(cast["teacher"], cycle=one.pk, seen=one.version)
    assert one.state == CycleState.RUNNING
    assert one.locked_at is not None


def test_once_started_no_form_changes_the_prediction(db_district, cast, as_person):
    person = cast["teacher"]
    one = planned(person, begin(person))
    changing.change_cycle(
        person,
        cycle=one.pk,
        section="try",
        said={"prediction": "It falls to seven."},
        seen=one.version,
    )
    one.refresh_from_db()
    one = deciding.start_cycle(person, cycle=one.pk, seen=one.version)
    browser = as_person("teacher")
    url = reverse("cycle_change", args=[one.pk, "try"])
    assert "prediction" not in browser.get(url).context["form"].fields
    told = {
        "seen": one.version,
        "prediction": "I knew it all along",
        "change": "Something else",
        "where": "Everywhere",
    }
    assert browser.post(url, told).status_code == 302
    one.refresh_from_db()
    assert one.prediction == "It falls to seven."
    assert one.change == "A call on the first day."
    assert one.where == "Everywhere"
    # Neither does what undoes a change: the older version had another prediction.
    for _again in range(3):
        one.refresh_from_db()
        changing.undo_change(person, cycle=one.pk, seen=one.version)
    one.refresh_from_db()
    assert one.prediction == "It falls to seven."
    assert one.state == CycleState.RUNNING


def test_the_day_it_begins_is_locked_once_it_is_past(cycle, cast, as_person):
    assert cycle.begins_on < timezone.localdate()
    begins = cycle.begins_on
    moved = {"begins_on": begins + dt.timedelta(days=7), "until": cycle.until}
    changing.change_cycle(
        cast["coach"], cycle=cycle.pk, section="try", said=moved, seen=cycle.version
    )
    cycle.refresh_from_db()
    assert cycle.begins_on == begins


def test_a_test_is_studied_decided_reopened_and_told(db_district, cast, as_person):
    person = cast["teacher"]
    one = studied(person, planned(person, begin(person)))
    assert one.state == CycleState.STUDIED
    browser = as_person("teacher")
    url = reverse("cycle_decide", args=[one.pk])
    assert "Twelve fall to eight" in browser.get(url).content.decode()
    assert browser.post(url, {"decision": "abandoned"}).status_code == 422
    told = {
        "decision": "abandoned",
        "reason": "It took two hours a day.",
        "text_en": "A call each day costs more than it brings.",
        "text_es": "Una llamada diaria cuesta más de lo que aporta.",
        "seen": one.version,
    }
    page = browser.post(url, told, follow=True).content.decode()
    assert "An abandoned test is a good result" in page
    one.refresh_from_db()
    assert (one.state, one.decided_by) == ("abandoned", person)
    with pytest.raises(InputProblem):
        changing.change_cycle(
            person, cycle=one.pk, section="ask", said={}, seen=one.version
        )
    deciding.take_decision_back(person, cycle=one.pk)
    one.refresh_from_db()
    assert (one.state, one.decided_on) == (CycleState.STUDIED, None)


def test_only_who_leads_decides_shares_and_removes(cycle, cast, as_person):
    coach = cast["coach"]
    said = Decided(decision="adopted", reason="It helped.")
    changing.change_cycle(
        coach, cycle=cycle.pk, section="study", said={"result": "Eight."}, seen=1
    )
    for verb in (
        lambda: deciding.decide(coach, cycle=cycle.pk, said=said, seen=2),
        lambda: deciding.share(coach, cycle=cycle.pk),
        lambda: deciding.remove_cycle(coach, cycle=cycle.pk),
        lambda: team.add_member(coach, cycle=cycle.pk, who=cast["principal"].pk),
    ):
        with pytest.raises(NotYours):
            verb()
    for name in ("cycle_decide", "cycle_share"):
        url = reverse(name, args=[cycle.pk])
        assert as_person("coach").get(url).status_code == 404
        assert as_person("teacher").get(url).status_code == 200


def test_two_windows_do_not_overwrite_each_other(cycle, cast):
    said = {"where": "Room 4"}
    changing.change_cycle(
        cast["coach"], cycle=cycle.pk, section="try", said=said, seen=cycle.version
    )
    with pytest.raises(Overtaken):
        changing.change_cycle(
            cast["teacher"], cycle=cycle.pk, section="try", said=said, seen=1
        )


def test_a_voice_that_a_colleague_adds_does_not_stop_who_writes(cycle, cast):
    said = VoiceSaid(said_by="family", said="The bus is late.")
    theory.add_voice(cast["coach"], cycle=cycle.pk, said=said)
    changed = changing.change_cycle(
        cast["teacher"],
        cycle=cycle.pk,
        section="try",
        said={"where": "Room 4"},
        seen=cycle.version,
    )
    assert changed.where == "Room 4"


def test_a_change_goes_back_and_comes_again(cycle, cast, as_person):
    asked = {"notice": "Other seats are empty."}
    changing.change_cycle(
        cast["teacher"], cycle=cycle.pk, section="ask", said=asked, seen=cycle.version
    )
    for expected in ("On Mondays", "Other seats"):
        cycle.refresh_from_db()
        back = reverse("cycle_back", args=[cycle.pk])
        as_person("teacher").post(back, {"seen": cycle.version})
        cycle.refresh_from_db()
        assert cycle.notice.startswith(expected)


def test_nobody_adds_themselves_and_the_last_lead_stays(cycle, cast, as_person):
    principal, teacher, coach = cast["principal"], cast["teacher"], cast["coach"]
    with pytest.raises(NotYours):
        team.add_member(principal, cycle=cycle.pk, who=principal.pk)
    assert (
        as_person("principal").get(reverse("cycle_team", args=[cycle.pk])).status_code
        == 404
    )
    with pytest.raises(InputProblem, match="Somebody has to lead"):
        team.leave(teacher, cycle=cycle.pk, who=teacher.pk)
    with pytest.raises(InputProblem, match="cannot join"):
        team.add_member(teacher, cycle=cycle.pk, who=cast["board"].pk)
    team.let_lead(teacher, cycle=cycle.pk, who=coach.pk)
    team.leave(teacher, cycle=cycle.pk, who=teacher.pk)
    url = reverse("cycle", args=[cycle.pk])
    assert as_person("teacher").get(url).status_code == 404
    as_person("coach").post(
        reverse("cycle_team", args=[cycle.pk]), {"who": principal.pk}
    )
    assert as_person("principal").get(url).status_code == 200


def test_the_next_of_a_chain_carries_what_holds(cycle, cast, as_person):
    with pytest.raises(InputProblem, match="Decide"):
        beginning.begin_next(cast["coach"], cycle=cycle.pk)
    changing.change_cycle(
        cast["coach"],
        cycle=cycle.pk,
        section="study",
        said={"result": "Eight.", "learned": "A name matters."},
        seen=cycle.version,
    )
    said = Decided(decision="adapted", reason="Smaller.")
    deciding.decide(cast["teacher"], cycle=cycle.pk, said=said, seen=2)
    browser = as_person("coach")
    page = browser.post(reverse("cycle_next", args=[cycle.pk]), follow=True)
    made = Cycle.objects.get(follows=cycle)
    assert (made.notice, made.aim, made.prediction) == (
        "A name matters.",
        cycle.aim,
        "",
    )
    assert made.shared_at is None
    assert not made.causes.exists()  # the one cause was ruled out
    assert [(one.kind, one.tried) for one in made.drivers.all()] == [
        ("primary", False),
        ("idea", False),
    ]
    assert "A greeting at the door" in page.content.decode()
    assert f"/cycles/{made.pk}" in text(browser, "cycle", cycle.pk)


def test_a_removed_cycle_is_gone_for_others_and_comes_back(cycle, cast, as_person):
    deciding.share(cast["teacher"], cycle=cycle.pk)
    browser = as_person("teacher")
    page = browser.post(reverse("cycle_remove", args=[cycle.pk]), follow=True)
    assert "Bring the cycle back" in page.content.decode()
    url = reverse("cycle", args=[cycle.pk])
    for role in ("coach", "superintendent"):
        assert as_person(role).get(url).status_code == 404
    assert (
        as_person("coach").post(reverse("cycle_restore", args=[cycle.pk])).status_code
        == 404
    )
    browser.post(reverse("cycle_restore", args=[cycle.pk]))
    assert as_person("superintendent").get(url).status_code == 200


def test_the_record_of_deeds_holds_keys_and_no_words(cycle, cast):
    team.add_member(cast["teacher"], cycle=cycle.pk, who=cast["principal"].pk)
    deciding.share(cast["teacher"], cycle=cycle.pk)
    entries = LogEntry.objects.filter(verb__startswith="cycles.")
    assert {one.verb for one in entries} == {"cycles.add_member", "cycles.share"}
    for one in entries:
        assert (one.about_kind, one.about_key) == ("cycle", str(cycle.pk))
        assert "greeting" not in str(one.details)


def test_the_page_leads_to_what_is_due_next(db_district, cast, as_person):
    person, browser = cast["teacher"], as_person("teacher")
    one = begin(person)

    def main_button() -> str:
        page = text(browser, "cycle", one.pk)
        assert page.count('class="button"') == 1
        return page.split('class="button"')[1].split("</", 1)[0]

    assert "Write the aim" in main_button()
    one = planned(person, one)
    assert "Start the test" in main_button()
    one = studied(person, one)
    assert "Decide" in main_button()
    said = Decided(decision="adapted", reason="Smaller.")
    deciding.decide(person, cycle=one.pk, said=said, seen=one.version)
    assert "Share this cycle" in main_button()
    deciding.share(person, cycle=one.pk)
    assert "Begin the next cycle" in main_button()
