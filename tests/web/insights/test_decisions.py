"""Keep, set aside, bring back, undo; a decision belongs to a key, not to a snapshot."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from evenrise.findings.finding import Kind
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.models import Decision, Remark, Start, Verdict
from evenrise.workspace.people.models import Student


@pytest.fixture
def gap(district):
    """A gap of the whole district."""
    own = district.pages.district.organization_id
    return next(
        f
        for f in district.pages.findings(kind=Kind.GAP)
        if f.organization_id == own and f.clear
    )


@pytest.fixture
def of_school(district, cast):
    """A finding about the principal's school, or about any school."""
    schools = [f for f in district.pages.findings() if f.kind is Kind.SCHOOL]
    assert schools
    return schools[0]


def address(verb: str, key: str) -> str:
    return f"/findings/{verb}/{quote(key)}"


def page(client, key: str) -> str:
    return client.get(f"/findings/{quote(key)}").content.decode()


def test_kept_and_undone(as_person, gap):
    client = as_person("superintendent")
    assert "Keep this finding" in page(client, gap.key)
    answer = client.post(address("keep", gap.key), {"seen": 0})
    assert answer.status_code == 302
    one = Decision.objects.get(finding_key=gap.key, latest=True)
    assert (one.verdict, one.sentence_en) == (Verdict.KEPT, gap.sentence.en)
    text = page(client, gap.key)
    assert "Kept by Dr. Marisol Vega" in text
    client.post(address("undo", gap.key), {"seen": one.pk})
    assert Decision.objects.get(finding_key=gap.key, latest=True).verdict == "open"
    assert Decision.objects.filter(finding_key=gap.key).count() == 2
    verbs = list(
        LogEntry.objects.filter(about_key=gap.key).values_list("verb", flat=True)
    )
    assert verbs == ["insights.undo_decision", "insights.kept_finding"]


def test_setting_aside_needs_a_reason(as_person, gap):
    client = as_person("reviewer")
    answer = client.post(address("set-aside", gap.key), {"seen": 0, "reason": " "})
    assert answer.status_code == 422
    assert not Decision.objects.exists()
    client.post(
        address("set-aside", gap.key), {"seen": 0, "reason": "A bus strike in May."}
    )
    assert "A bus strike in May." in page(client, gap.key)
    one = Decision.objects.get(latest=True)
    client.post(address("bring-back", gap.key), {"seen": one.pk})
    assert Decision.objects.get(latest=True).verdict == Verdict.OPEN


def test_the_list_knows_what_was_decided(as_person, gap):
    client = as_person("cabinet")
    client.post(address("keep", gap.key), {"seen": 0})
    kept = client.get("/findings?state=kept").content.decode()
    assert quote(gap.key) in kept or gap.key in kept
    opened = client.get("/findings?state=open&q=" + quote(gap.headline.en))
    assert f'href="/findings/{quote(gap.key)}"' not in opened.content.decode()


def test_an_older_page_does_not_overwrite_a_newer_decision(as_person, gap):
    as_person("superintendent").post(address("keep", gap.key), {"seen": 0})
    answer = as_person("cabinet").post(
        address("set-aside", gap.key), {"seen": 0, "reason": "Too late."}
    )
    assert answer.status_code == 409
    assert "Dr. Marisol Vega changed this" in answer.content.decode()
    assert Decision.objects.get().verdict == Verdict.KEPT


def test_the_page_says_when_the_numbers_changed_since(as_person, gap):
    client = as_person("superintendent")
    client.post(address("keep", gap.key), {"seen": 0})
    assert "The numbers changed since" not in page(client, gap.key)
    Decision.objects.update(sentence_en="It was 12 percent.")
    text = page(client, gap.key)
    assert "The numbers changed since" in text
    assert "It was 12 percent." in text


def test_a_kept_finding_that_is_no_longer_made_is_still_there(as_person, gap):
    client = as_person("superintendent")
    client.post(address("keep", gap.key), {"seen": 0})
    Decision.objects.update(finding_key="gap:gone")
    text = page(client, "gap:gone")
    assert gap.headline.en in text.replace("&#x27;", "'")
    assert "no longer give this finding" in text


def test_a_principal_decides_for_her_school_alone(as_person, cast, district, gap):
    client = as_person("principal")
    answer = client.post(address("keep", gap.key), {"seen": 0})
    assert answer.status_code == 404
    assert not Decision.objects.exists()
    own = next(g.school_id for g in cast["principal"].grants_today if g.school_id)
    mine = district.pages.findings(organization_id=own)
    if mine:
        assert client.post(address("keep", mine[0].key), {"seen": 0}).status_code == 302


@pytest.mark.parametrize("role", ["teacher", "board", "counselor", "coach", "steward"])
def test_who_does_not_decide_cannot(as_person, gap, role):
    client = as_person(role)
    for verb in ("keep", "set-aside", "bring-back", "undo", "start"):
        answer = client.post(
            address(verb, gap.key),
            {"seen": 0, "reason": "x", "kind": "plan", "note": "x"},
        )
        assert answer.status_code == 404, verb
    assert not Decision.objects.exists()
    assert not Start.objects.exists()


def test_a_comment_is_said_changed_withdrawn_and_shown_again(as_person, gap):
    client = as_person("teacher")
    client.post(address("say", gap.key), {"text": "We see this in ninth grade."})
    one = Remark.objects.get()
    assert "We see this in ninth grade." in page(client, gap.key)
    client.post(
        f"/comments/{one.pk}", {"text": "We see this in grade nine.", "seen": 1}
    )
    one.refresh_from_db()
    assert (one.version, one.versions.get().text) == (2, "We see this in ninth grade.")
    client.post(f"/comments/{one.pk}/withdraw")
    text = page(as_person("superintendent"), gap.key)
    assert "grade nine" not in text
    assert "withdrew a comment" in text
    client.post(f"/comments/{one.pk}/withdraw", {"restore": "1"})
    assert "grade nine" in page(client, gap.key)


def test_an_edit_does_not_overwrite_an_edit(as_person, gap):
    client = as_person("teacher")
    client.post(address("say", gap.key), {"text": "First."})
    one = Remark.objects.get()
    client.post(f"/comments/{one.pk}", {"text": "Second.", "seen": 1})
    client.post(f"/comments/{one.pk}", {"text": "From an old window.", "seen": 1})
    one.refresh_from_db()
    assert one.text == "Second."


def test_nobody_changes_the_words_of_another(as_person, gap):
    as_person("teacher").post(address("say", gap.key), {"text": "Mine."})
    one = Remark.objects.get()
    other = as_person("superintendent")
    assert other.get(f"/comments/{one.pk}").status_code == 404
    for verb in ("", "/withdraw"):
        answer = other.post(f"/comments/{one.pk}{verb}", {"text": "x", "seen": 1})
        assert answer.status_code == 404
    one.refresh_from_db()
    assert (one.text, one.withdrawn_at) == ("Mine.", None)


def test_a_board_member_reads_and_does_not_write(as_person, gap):
    answer = as_person("board").post(address("say", gap.key), {"text": "Why?"})
    assert answer.status_code == 404
    assert not Remark.objects.exists()


def test_a_start_is_noted_honestly_and_taken_back(as_person, gap):
    client = as_person("principal")
    answer = client.post(
        address("start", gap.key),
        {"kind": "cycle", "note": "Home visits in August."},
        follow=True,
    )
    assert "Noted as a start for a cycle" in answer.content.decode()
    one = Start.objects.get()
    assert (one.kind, one.finding_key, one.sentence_en) == (
        "cycle",
        gap.key,
        gap.sentence.en,
    )
    client.post(f"/starts/{one.pk}")
    one.refresh_from_db()
    assert one.withdrawn_at is not None
    client.post(f"/starts/{one.pk}", {"restore": "1"})
    one.refresh_from_db()
    assert one.withdrawn_at is None


def test_words_are_shown_as_words(as_person, gap):
    client = as_person("superintendent")
    client.post(address("say", gap.key), {"text": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in page(client, gap.key)


@pytest.mark.parametrize(
    ("verb", "told"),
    [
        ("say", {"text": "{}"}),
        ("set-aside", {"seen": 0, "reason": "{}"}),
        ("start", {"kind": "plan", "note": "{}"}),
    ],
)
def test_no_word_that_many_read_names_a_student(as_person, gap, verb, told):
    student = Student.objects.filter(current=True).first()
    words = f"Ask {student.given_name} {student.family_name} about it."
    told = {k: words if v == "{}" else v for k, v in told.items()}
    answer = as_person("superintendent").post(address(verb, gap.key), told)
    assert answer.status_code == 422
    assert "names a student" in answer.content.decode()
    for model in (Remark, Decision, Start):
        assert not model.objects.exists()
