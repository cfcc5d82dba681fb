"""A plan for everybody: by two people, from frozen bytes, in both languages."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from django.core import signing
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.facts import Status
from evenrise.workspace.plans.actions.adopting import (
    adopt,
    close_hearing,
    open_hearing,
    take_adoption_back,
)
from evenrise.workspace.plans.actions.making_editions import (
    Hearing,
    Vote,
    Why,
    promised_bytes,
)
from evenrise.workspace.plans.content import (
    GroupPromise,
    LinkContent,
    MeasureContent,
    content_bytes,
    digest_of,
    read_content,
)
from evenrise.workspace.plans.models import Comment, Edition, Rung, WeDid
from evenrise.workspace.reports import actions
from evenrise.workspace.reports.plan_public import (
    public_plan,
    read_told,
    told_of,
    without_hidden,
)
from evenrise.workspace.reports.plan_releasing import propose_plan
from evenrise.workspace.reports.releasing import pages_of_release
from tests.web.plans.a_plan import make_plan


@pytest.fixture
def plan(cast):
    return make_plan(cast)


@pytest.fixture
def heard(plan, cast) -> Edition:
    """An edition in public hearing today."""

    today = timezone.localdate()
    return open_hearing(
        cast["superintendent"],
        plan=plan,
        hearing=Hearing(
            on=today,
            until=today + dt.timedelta(days=14),
            place_en="District office",
            place_es="Oficina del distrito",
        ),
        digest=digest_of(promised_bytes(plan)),
    )


def let_everybody_read(edition: Edition, cast):
    """By two people, as it is done."""
    release = propose_plan(person=cast["cabinet"], edition=edition)
    actions.approve(person=cast["steward"], release=release, content=release.content)
    return actions.make_public(person=cast["steward"], release=release)


@pytest.fixture
def told(released, heard, cast):
    """The hearing's edition, which everybody reads."""
    return let_everybody_read(heard, cast)


def adopted(edition: Edition, cast) -> Edition:
    """The board adopts it, on a day after the hearing."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Edition.objects.filter(pk=edition.pk).update(
        hearing_on=yesterday, hearing_until=yesterday
    )
    close_hearing(cast["superintendent"], edition=edition.pk)
    vote = Vote(on=timezone.localdate(), yes=5, no=1, abstain=0, absent=1)
    return adopt(
        cast["superintendent"], edition=edition.pk, vote=vote, digest=edition.digest
    )


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "page",
    ["", "together/", "together/rungs/g1/", "together/rungs/t1/", "together/said/"],
)
def test_everybody_reads_it_without_cookies(client, told, language, page):
    answer = client.get(f"/{language}/plans/{page}")
    assert answer.status_code == 200
    assert not answer.cookies
    words = answer.content.decode()
    assert "<script" not in words
    assert " style=" not in words
    assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//""", words)


def test_each_language_says_its_own_and_marks_what_is_older(client, told):
    english = client.get("/en/plans/together/rungs/s1/").content.decode()
    spanish = client.get("/es/plans/together/rungs/s1/").content.decode()
    assert "Act early" in english
    assert "Actuar temprano" in spanish
    assert "Act early" not in spanish
    # The Spanish of t2 was written later than its English.
    older = "older than the other language"
    assert older in client.get("/en/plans/together/rungs/t2/").content.decode()
    assert older not in client.get("/en/plans/together/rungs/t1/").content.decode()


def test_it_names_no_person(client, told, plan, cast):
    owner = cast["counselor"]
    assert Rung.objects.get(plan=plan, key="t1").person == owner
    everything = "".join(
        client.get(f"/en/plans/together/{page}").content.decode()
        for page in ("", "rungs/t1/", "rungs/g1/", "said/")
    )
    everything += client.get("/feeds/plans/together.json").content.decode()
    for person in cast.values():
        assert person.email not in everything
        assert person.name not in everything


def test_nothing_is_public_by_one_person(released, heard, cast):
    release = propose_plan(person=cast["superintendent"], edition=heard)
    with pytest.raises(InputProblem):
        actions.approve(
            person=cast["superintendent"], release=release, content=release.content
        )
    with pytest.raises(InputProblem):
        actions.make_public(person=cast["steward"], release=release)


def test_who_froze_the_edition_does_not_approve_it(released, heard, cast):
    """Somebody else may propose it: still it is the superintendent's work."""
    release = propose_plan(person=cast["cabinet"], edition=heard)
    with pytest.raises(InputProblem):
        actions.approve(
            person=cast["superintendent"], release=release, content=release.content
        )


def test_what_is_approved_is_what_is_read(client, released, heard, cast, plan):
    release = propose_plan(person=cast["cabinet"], edition=heard)
    Rung.objects.filter(plan=plan, key="t1").update(state="done", title_en="Changed")
    actions.approve(person=cast["steward"], release=release, content=release.content)
    actions.make_public(person=cast["steward"], release=release)
    read = client.get("/feeds/plans/together.json").content
    assert digest_of(read) == release.content
    assert json.loads(read)["steps"]["t1"]["state"] == "planned"
    assert "Changed" not in client.get("/en/plans/together/rungs/t1/").content.decode()


def test_progress_is_told_anew_by_two_people(client, told, heard, plan, cast):
    assert "0 of 2 steps" in client.get("/en/plans/together/").content.decode()
    Rung.objects.filter(plan=plan, key="t1").update(
        state="done", state_at=timezone.now()
    )
    assert "0 of 2 steps" in client.get("/en/plans/together/").content.decode()
    let_everybody_read(heard, cast)
    assert "1 of 2 steps" in client.get("/en/plans/together/").content.decode()
    told.refresh_from_db()
    assert told.state == "replaced"


def test_an_adopted_edition_reads_the_same_whatever_follows(client, told, heard, cast):
    made = adopted(heard, cast)
    frozen = bytes(made.content)
    let_everybody_read(made, cast)
    page = client.get("/en/plans/together/").content.decode()
    assert "Adopted on" in page
    assert "5 yes" in page
    assert "Say what you think" not in page
    Rung.objects.filter(plan=made.plan).update(title_en="All is new", state="stopped")
    made.refresh_from_db()
    assert bytes(made.content) == frozen
    assert (
        "All is new" not in client.get("/en/plans/together/rungs/g1/").content.decode()
    )


def test_a_vote_that_is_taken_back_is_not_told(client, told, heard, cast):
    made = adopted(heard, cast)
    let_everybody_read(made, cast)
    take_adoption_back(cast["superintendent"], edition=made.pk)
    assert client.get("/en/plans/together/").status_code == 404


def test_words_that_were_linked_are_not_told_with_the_link(heard, cast):
    """A comment is told in the words that may be shown, or not at all."""
    content = read_content(bytes(heard.content))
    link = LinkContent(kind="comment", key="7", headline_en="Ana of grade 3 said")
    rungs = tuple(replace(one, links=(link,)) for one in content.rungs)
    heard.content = content_bytes(replace(content, rungs=rungs))
    value = told_of(public_plan(heard, dt.date(2026, 5, 15), None))
    assert b"Ana of grade 3" not in value


def test_told_bytes_come_back(heard):
    value = public_plan(heard, dt.date(2026, 5, 15), None)
    assert read_told(told_of(value)) == value


def test_what_students_got_is_read_from_public_figures(client, told):
    page = client.get("/en/plans/together/rungs/g1/").content.decode()
    assert "What students got" in page
    assert "<svg" in page
    assert "arget" in page


def test_a_baseline_that_the_public_figures_hide_is_not_told(released, heard):
    """Chosen inside, where more is shown; left out for everybody."""
    pages = pages_of_release(released)
    hidden = next(
        one
        for one in pages.facts("chronic_absence")
        if one.status is Status.SUPPRESSED and one.group_family != "all"
    )
    measure = MeasureContent(
        key="m",
        indicator="chronic_absence",
        baseline_year=hidden.school_year,
        baseline=0.1,
        groups=(
            GroupPromise(
                family=hidden.group_family,
                group=hidden.group,
                baseline_gap=0.07,
                target_gap=0.01,
            ),
        ),
    )
    place = hidden.organization.organization_id
    spared = without_hidden(measure, pages, place)
    assert spared.groups[0].baseline_gap is None
    assert spared.groups[0].target_gap == 0.01
    assert spared.baseline == 0.1
    assert (
        without_hidden(replace(measure, baseline_year=1999), pages, place)
        .groups[0]
        .baseline_gap
    )


def test_a_title_in_one_language_alone_is_not_for_everybody(released, cast):
    from tests.web.plans.a_plan import small_content

    content = small_content()
    rungs = (*content.rungs[:-1], replace(content.rungs[-1], title_es=""))
    plan = make_plan(cast, replace(content, rungs=rungs))
    today = timezone.localdate()
    edition = open_hearing(
        cast["superintendent"],
        plan=plan,
        hearing=Hearing(on=today, until=today, place_en="Here", place_es="Aquí"),
        digest=digest_of(promised_bytes(plan)),
    )
    with pytest.raises(InputProblem, match="1 title"):
        propose_plan(person=cast["cabinet"], edition=edition)


def test_what_a_change_would_change_is_read_before_the_vote(client, told, heard, cast):
    made = adopted(heard, cast)
    let_everybody_read(made, cast)
    made.plan.rungs.filter(key="t1").update(title_en="Call on the second day")
    made.plan.refresh_from_db()
    today = timezone.localdate()
    again = open_hearing(
        cast["superintendent"],
        plan=made.plan,
        hearing=Hearing(on=today, until=today, place_en="Here", place_es="Aquí"),
        digest=digest_of(promised_bytes(made.plan)),
        why=Why(en="Sooner.", es="Antes."),
    )
    let_everybody_read(again, cast)
    page = client.get("/en/plans/together/").content.decode()
    assert "Adopted on" in page
    assert "A change of this plan is in public hearing" in page
    assert re.search(r"The hearing is on [^<]+: Here\s*</p>", page)
    said = client.get("/es/plans/together/").content.decode()
    assert re.search(r"La audiencia es el [^<]+: Aquí\s*</p>", said)
    assert "Sooner." in page
    address = f"changes/{made.number}/{again.number}/"
    assert address in page
    changes = client.get(f"/en/plans/together/{address}").content.decode()
    assert "second" in changes
    assert "<del" in changes
    assert client.get("/es/plans/together/changes/1/9/").status_code == 404


# -- comments ------------------------------------------------------------------------


def _mark(seconds: int) -> str:
    """A form's mark, so many seconds old."""
    from unittest import mock

    with mock.patch("time.time", return_value=timezone.now().timestamp() - seconds):
        return signing.dumps("", salt="evenrise.reports.comment")


def test_a_family_says_something_in_spanish_and_reads_the_answer(
    client, told, heard, cast
):
    page = client.get("/es/plans/together/comment/")
    assert page.status_code == 200
    assert not page.cookies
    words = "Mi hijo necesita ayuda los martes."
    sent = {"text": words, "rung_key": "s1", "name": "Ana", "mark": _mark(60)}
    answer = client.post("/es/plans/together/comment/", sent, follow=True)
    assert answer.redirect_chain[-1][0] == "/es/plans/together/thanks/"
    made = Comment.objects.get()
    assert (made.text, made.language, made.rung_key) == (words, "es", "s1")
    assert made.accepted_at is None
    Comment.objects.update(accepted_at=timezone.now())
    did = WeDid.objects.create(
        plan=heard.plan,
        changed=True,
        text_en="Tuesdays are in.",
        text_es="Los martes ya están.",
        en_at=timezone.now(),
        es_at=timezone.now(),
        rung=heard.plan.rungs.get(key="s1"),
        by=cast["cabinet"],
    )
    did.comments.add(made)
    assert words not in client.get("/es/plans/together/said/").content.decode()
    let_everybody_read(heard, cast)
    said = client.get("/es/plans/together/said/").content.decode()
    assert words in said
    assert "Los martes ya están." in said
    assert "Ana" not in said
    english = client.get("/en/plans/together/rungs/s1/").content.decode()
    assert f'lang="es"><p>{words}' in english
    assert "Tuesdays are in." in english


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"mark": ""}, "required"),
        ({"mark": "forged"}, "once more"),
        ({"mark": 0}, "very quick"),
        ({"mark": 25 * 3600}, "once more"),
        ({"text": "   "}, "required"),
        ({"rung_key": "t99"}, "valid choice"),
    ],
)
def test_a_comment_that_is_not_taken_says_why(client, told, change, why):
    sent = {"text": "Good.", "rung_key": "", "mark": 60} | change
    if isinstance(sent["mark"], int):  # seconds since the form was opened
        sent["mark"] = _mark(sent["mark"])
    answer = client.post("/en/plans/together/comment/", sent)
    assert answer.status_code == 200
    assert why in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_program_that_fills_everything_is_thanked_and_forgotten(client, told):
    sent = {"text": "Buy!", "website": "spam.example", "mark": _mark(60)}
    answer = client.post("/en/plans/together/comment/", sent)
    assert answer.status_code == 302
    assert not Comment.objects.exists()


def test_from_one_connection_only_so_many_an_hour(client, told, settings):
    settings.ACCOUNT_RATE_LIMITS = {"plan_comment": "2/h/ip"}
    sent = {"text": "Again.", "mark": _mark(60)}
    for _ in range(2):
        assert client.post("/en/plans/together/comment/", sent).status_code == 302
    answer = client.post("/en/plans/together/comment/", sent)
    assert "within the hour" in answer.content.decode()
    assert Comment.objects.count() == 2


def test_after_the_last_day_nothing_is_taken(client, told, heard):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Edition.objects.filter(pk=heard.pk).update(
        hearing_on=yesterday, hearing_until=yesterday
    )
    assert client.get("/en/plans/together/comment/").status_code == 404


# -- proposing -----------------------------------------------------------------------


def test_a_principal_proposes_the_plan_of_their_own_school_alone(
    as_person, released, heard, cast
):
    address = f"/reports/plans/together/{heard.number}/propose"
    assert as_person("principal").post(address).status_code == 404
    answer = as_person("cabinet").post(address)
    assert answer.status_code == 302
    preview = as_person("steward").get(f"{answer.headers['Location']}preview/es/")
    assert "Excelencia para todos" in preview.content.decode()
