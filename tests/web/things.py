"""What stands behind the arguments of the table of doors: one of everything."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from evenrise.workspace.people.models import (
    Caseload,
    CaseloadPlace,
    Person,
    Roster,
    Student,
)
from tests.web.things_cycles import make_cycle_things
from tests.web.things_learning import make_learning_things
from tests.web.things_plans import make_plan_things
from tests.web.things_supports import make_support_things


def make_things(
    cast: dict[str, Person], district: Any, released: Any, briefing: Any
) -> dict[str, object]:
    """One of everything that an address can name.

    `served` is on the counselor's caseload, in the principal's school; `taught` sits
    in the teacher's section; `elsewhere` is enrolled in the other principal's school
    alone and taught by somebody else.
    """
    found: dict[str, object] = {}
    _students(found, cast)
    _of_people(found, cast)
    _of_data(found, cast)
    _of_insights(found, cast, district.pages)
    found["release"], found["slug"] = released.pk, briefing.slug
    fact = district.pages.facts("chronic_absence")[0]
    found["fact"] = fact.fact_id
    found |= make_support_things(cast, found)
    found |= make_plan_things(cast, found)
    found |= make_cycle_things(cast, found)
    found |= make_learning_things(cast, found)
    return found


def _students(found: dict[str, object], cast: dict[str, Person]) -> None:
    place = CaseloadPlace.objects.filter(caseload__owner=cast["counselor"]).first()
    assert place is not None
    school = cast["principal"].grants_today[0].school_id
    other = cast["other_principal"].grants_today[0].school_id
    taught = Roster.objects.filter(section__staff_id=cast["teacher"].staff_id)
    elsewhere = (
        Student.objects.filter(school=other, current=True, further_stays__isnull=True)
        .exclude(pk__in=taught.values("student"))
        .first()
    )
    first_taught = taught.first()
    assert elsewhere is not None
    assert first_taught is not None
    found |= {
        "served": place.student_id,
        "taught": first_taught.student_id,
        "elsewhere": elsewhere.pk,
        "school": school,
        "other_school": other,
    }


def _of_people(found: dict[str, object], cast: dict[str, Person]) -> None:
    from evenrise.workspace.people.actions.tokens import make_token

    caseload = Caseload.objects.filter(owner=cast["counselor"]).first()
    assert caseload is not None
    ends_on = timezone.localdate() + dt.timedelta(days=10)
    token, _secret = make_token(
        cast["principal"], name="a program", scopes=["facts"], ends_on=ends_on
    )
    found |= {
        "person": cast["coach"].pk,
        "grant": cast["coach"].grants_today[0].pk,
        "caseload": caseload.pk,
        "token": token.pk,
    }


def _of_data(found: dict[str, object], cast: dict[str, Person]) -> None:
    from evenrise.workspace.data.models import DataQuestion, Import

    brought = Import.objects.create(
        by=cast["steward"], as_of=timezone.localdate(), state="refused"
    )
    asked = DataQuestion.objects.create(
        mark="a-question", kind="records.test", severity="ask", text_en="?", text_es="?"
    )
    found |= {"import": brought.key, "question": asked.pk}


def _of_insights(found: dict[str, object], cast: dict[str, Person], pages: Any) -> None:
    from evenrise.workspace.insights.models import (
        Evidence,
        Recommendation,
        Remark,
        Start,
    )
    from evenrise.workspace.people.models import School

    line = pages.main()[0]
    found["finding"], found["indicator"] = line.key, line.indicator
    now = timezone.now()
    about = {
        "finding_key": line.key,
        "finding_kind": str(line.kind),
        "indicator": line.indicator or "",
        "organization_id": line.organization_id,
        "headline_en": line.headline.en,
        "headline_es": line.headline.es,
        "sentence_en": line.sentence.en,
        "sentence_es": line.sentence.es,
        "snapshot": pages.snapshot,
    }
    remark = Remark.objects.create(
        finding_key=line.key, by=cast["principal"], text="We looked."
    )
    start = Start.objects.create(
        kind="cycle", note="A test.", by=cast["superintendent"], **about
    )
    common = {
        "kind": "visit",
        "title": "A visit",
        "held_on": now.date(),
        "language": "en",
        "text": "We saw students explain their thinking.",
        "by": cast["principal"],
    }
    own = School.objects.get(pk=found["school"])
    shared = Evidence.objects.create(**common)
    of_school = Evidence.objects.create(school=own, readers="school", **common)
    asked = Recommendation.objects.create(
        text_en="Visit one another.",
        text_es="Visítense.",
        en_at=now,
        es_at=now,
        by=cast["reviewer"],
    )
    found |= {
        "remark": remark.pk,
        "start": start.pk,
        "evidence": shared.pk,
        "school_evidence": of_school.pk,
        "recommendation": asked.pk,
    }


def switch_powers_on(client: Client, person: Person) -> None:
    """Switch an administrator's powers on in this browser's session."""
    from evenrise.workspace.people.actions.powers import switch_powers_on as switch
    from evenrise.workspace.people.sessions import POWERS, fingerprint

    session = client.session
    request = HttpRequest()
    request.session = session
    turn = switch(person, session=fingerprint(request), reason="A test.", minutes=30)
    session[POWERS] = turn.pk
    session.save()


def finish(answer: Any) -> None:
    """Read an answer to its end, which closes its file as the client does.

    `close()` said by us would also end the connection to a real database server, in the
    middle of the test's transaction.
    """
    if getattr(answer, "streaming", False):
        b"".join(answer.streaming_content)
