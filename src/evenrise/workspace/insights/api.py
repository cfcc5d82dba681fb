"""Facts and findings for programs: what the pages show, protected as they are."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from evenrise.publishing.page_store.model import FactLine
from evenrise.publishing.page_store.reading import PageStore
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.people.api_key import Key
from evenrise.workspace.people.tokens import TokenScope


facts_router = Router(tags=["facts"], auth=Key(TokenScope.FACTS))
findings_router = Router(tags=["findings"], auth=Key(TokenScope.FINDINGS))
MOST = 1000
_NO_NUL = r"^[^\x00]*$"  # no database keeps it, and no name has it
_Word = Annotated[str | None, Query(max_length=250, pattern=_NO_NUL)]


class Words(Schema):
    """One thing said in both languages."""

    en: str
    es: str


class Problem(Schema):
    """What went wrong."""

    detail: str


class IndicatorOut(Schema):
    """An indicator as its definition declares it."""

    key: str
    title: Words
    question: Words
    definition: Words
    definition_version: int
    authority: str
    unit: str
    good: str
    school_years: list[int]


class SchoolOut(Schema):
    """A school and how many students it serves (null where hidden or not known)."""

    organization_id: str
    name: str
    students: int | None


class FactOut(Schema):
    """One protected fact; a hidden number is null and its status says so."""

    fact_id: int
    indicator: str
    school_year: int
    level: str
    organization_id: str
    group_family: str
    group: str
    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None
    upper: float | None
    n: int | None
    status: str
    in_question: bool


class FactsOut(Schema):
    """A page of facts; `offset` asks for the next one, null at the end."""

    snapshot: str
    facts: list[FactOut]
    offset: int | None


_ANSWERS: dict[int, Any] = {401: Problem, 403: Problem, 404: Problem}


def _pages() -> PageStore:
    pages = current_pages()
    if pages is None:
        raise HttpError(404, "There is nothing here.")
    return pages


@facts_router.get("/indicators", response={200: list[IndicatorOut]} | _ANSWERS)
def indicators(request: HttpRequest) -> list[dict[str, Any]]:
    """The indicators that the current records give."""
    del request
    return [
        {
            "key": one.key,
            "title": one.title.as_dict(),
            "question": one.question.as_dict(),
            "definition": one.info.definition.as_dict(),
            "definition_version": one.info.version,
            "authority": one.info.authority,
            "unit": one.info.unit,
            "good": one.info.good,
            "school_years": list(one.years),
        }
        for one in _pages().indicators()
    ]


@facts_router.get("/schools", response={200: list[SchoolOut]} | _ANSWERS)
def schools(request: HttpRequest) -> list[dict[str, Any]]:
    """The schools, by name."""
    del request
    return [
        {
            "organization_id": one.organization.organization_id,
            "name": one.organization.name,
            "students": one.students,
        }
        for one in _pages().schools()
    ]


class FactsWanted(Schema):
    """The parts of a fact's name, and which page of the answer."""

    indicator: str = Field(max_length=250, pattern=_NO_NUL)
    school_year: int | None = Field(None, ge=1950, le=2099)
    organization_id: str | None = Field(None, max_length=250, pattern=_NO_NUL)
    level: str | None = Field(None, max_length=250, pattern=_NO_NUL)
    family: str | None = Field(None, max_length=250, pattern=_NO_NUL)
    group: str | None = Field(None, max_length=250, pattern=_NO_NUL)
    offset: int = Field(0, ge=0, le=10_000_000)
    limit: int = Field(200, ge=1, le=MOST)


@facts_router.get("/facts", response={200: FactsOut} | _ANSWERS)
def facts(request: HttpRequest, wanted: Query[FactsWanted]) -> dict[str, Any]:
    """The facts of one indicator whose name has all the parts that are given."""
    del request
    pages = _pages()
    found = pages.facts(
        wanted.indicator,
        school_year=wanted.school_year,
        organization_id=wanted.organization_id,
        level=wanted.level,
        family=wanted.family,
        group=wanted.group,
        limit=wanted.limit + 1,
        offset=wanted.offset,
    )
    more = len(found) > wanted.limit
    return {
        "snapshot": pages.snapshot,
        "facts": [_fact(one) for one in found[: wanted.limit]],
        "offset": wanted.offset + wanted.limit if more else None,
    }


def _fact(one: FactLine) -> dict[str, Any]:
    return {
        "fact_id": one.fact_id,
        "indicator": one.indicator,
        "school_year": one.school_year,
        "level": str(one.organization.level),
        "organization_id": one.organization.organization_id,
        "group_family": one.group_family,
        "group": one.group,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "value": one.estimate.value,
        "lower": one.estimate.lower,
        "upper": one.estimate.upper,
        "n": one.estimate.n,
        "status": str(one.status),
        "in_question": one.in_question,
    }


@findings_router.get("/findings", response={200: list[dict[str, Any]]} | _ANSWERS)
def findings(
    request: HttpRequest,
    kind: _Word = None,
    organization_id: _Word = None,
    indicator: _Word = None,
) -> list[dict[str, Any]]:
    """The findings, in reading order: key, headline, sentence, certainty."""
    del request
    found = _pages().findings(organization_id=organization_id, indicator=indicator)
    return [
        {
            "key": one.key,
            "kind": str(one.kind),
            "indicator": one.indicator,
            "school_year": one.school_year,
            "organization_id": one.organization_id,
            "group": one.group,
            "certainty": str(one.certainty),
            "students": one.students,
            "headline": one.headline.as_dict(),
            "sentence": one.sentence.as_dict(),
        }
        for one in found
        if kind is None or str(one.kind) == kind
    ]


@findings_router.get("/findings/{path:key}", response={200: dict[str, Any]} | _ANSWERS)
def finding(request: HttpRequest, key: str) -> dict[str, Any]:
    """One finding, whole, in the shape of `findings.json`."""
    del request
    found = _pages().finding(key)
    if found is None:
        raise HttpError(404, "There is nothing here.")
    return dict(found.plain)
