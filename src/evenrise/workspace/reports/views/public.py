"""The public site: no sign-in, no cookies, nobody else's server, protected facts only.

Everything comes from the public page store of the latest release. An answer may be
kept by browsers and servers on the way; its tag is the release.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from evenrise import __version__
from evenrise.publishing.numbers import day, school_year
from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.words import table_name
from evenrise.workspace.foundation.door import public
from evenrise.workspace.reports import public_queries as ask
from evenrise.workspace.reports.kept_pages import KeptPages
from evenrise.workspace.reports.models import Briefing, Release
from evenrise.workspace.reports.plan_pages import plans_in_force
from evenrise.workspace.reports.queries import chosen_findings, editions
from evenrise.workspace.reports.releasing import public_pages
from evenrise.workspace.reports.states import State


Page = Callable[..., HttpResponse]
_KEEP = "public, max-age=300, stale-while-revalidate=86400"
_LATELY = KeptPages()


def public_page(view: Page) -> Page:
    """A page of the latest release: language, tag and keeping are seen to here.

    The view is called as `view(request, language, pages, release, ...)`. Before the
    first release there is a page that says so.
    """

    @public
    @require_safe
    @wraps(view)
    def answered(
        request: HttpRequest, language: Language, **kwargs: Any
    ) -> HttpResponseBase:
        found = public_pages()
        if found is None:
            return _nothing_yet(request, language)
        release, pages = found
        newest = Release.objects.filter(state=State.PUBLIC).aggregate(
            number=Max("number"), at=Max("public_at"), count=Count("pk")
        )
        # A plan's page tells whether comments are taken today.
        today = timezone.localdate() if "plan" in kwargs else ""
        tag = quote_etag(
            f"{release.pk}-{newest['number']}-{newest['count']}-{__version__}"
            f"-{language}{today}"
        )
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            return _kept(HttpResponse(status=304), tag)
        # A briefing is read as it stands; an address with a question is rarely asked.
        name = ""
        if "slug" not in kwargs and not request.META.get("QUERY_STRING"):
            name = f"{tag} {release.content} {newest} {request.path}"
        made = _LATELY.find(name)
        if made is not None:
            return _kept(HttpResponse(made), tag)
        response = view(request, language, pages, release, **kwargs)
        if name and response.status_code == 200:
            _LATELY.keep(name, response.content)
        return _kept(response, tag)

    answered.page = view  # type: ignore[attr-defined] # a preview calls it directly
    return cast("Page", answered)


def _kept(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = _KEEP
    return response


def shown(
    request: HttpRequest,
    template: str,
    language: Language,
    pages: PageStore,
    **context: Any,
) -> HttpResponse:
    """A page with what every public page tells."""
    other: Language = "es" if language == "en" else "en"
    base: str = getattr(request, "public_base", f"/{language}/")
    here = request.path.removeprefix(base)
    query = request.META.get("QUERY_STRING", "")
    there = f"{base[: -len(language) - 2]}/{other}/{here}"
    context |= {
        "language": language,
        "other": other,
        "base": base,
        "is_preview": hasattr(request, "public_base"),
        "elsewhere": there + (f"?{query}" if query else ""),
        "district": pages.district.called[language],
        "as_of": ask.as_of_words(pages, language),
        "pages": pages,
    }
    return render(request, f"public/{template}.html", context)


def _nothing_yet(request: HttpRequest, language: Language) -> HttpResponse:
    other = "es" if language == "en" else "en"
    context = {"language": language, "other": other, "elsewhere": f"/{other}/"}
    return render(request, "public/nothing_yet.html", context, status=404)


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The bare address: to one's start page, or to the public site."""
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME) and (
        request.user.is_authenticated
    ):
        return redirect("start")
    language = translation.get_language_from_request(request)
    response = redirect("public_home", language="es" if language == "es" else "en")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@public_page
def public_home(
    request: HttpRequest, language: Language, pages: PageStore, release: Release
) -> HttpResponse:
    """The answer in a few sentences, the main findings, and where to look further."""
    return home_page(request, language, pages, release)


def home_page(
    request: HttpRequest, language: Language, pages: PageStore, release: Release
) -> HttpResponse:
    """The public site's first page, for a release that is public or would be."""
    briefings = Release.objects.filter(kind="briefing", state=State.PUBLIC)
    return shown(
        request,
        "home",
        language,
        pages,
        release=release,
        summary=[words[language] for words in pages.summary],
        findings=ask.finding_rows(pages.main(), language),
        indicators=ask.indicator_rows(pages.indicators(), language),
        schools=[one.organization for one in pages.schools()],
        plans=plans_in_force(pages, language),
        briefings=[
            (one.briefing.slug, editions(one.briefing)[language].edition.title)
            for one in briefings.select_related("briefing")
            if one.briefing is not None
        ],
    )


@public_page
def public_indicator(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    release: Release,
    key: str,
) -> HttpResponse:
    """One indicator: the answer, the groups, the years, the schools, the definition."""
    del release
    year = request.GET.get("year", "")
    asked = ask.Asked(
        request.GET.get("school", ""),
        int(year) if year.isdecimal() and len(year) == 4 else None,
        request.GET.get("family", ""),
    )
    view = ask.indicator_view(pages, key, asked, language)
    if view is None:
        raise Http404
    return shown(request, "indicator", language, pages, view=view)


@public_page
def public_finding(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    release: Release,
    key: str,
) -> HttpResponse:
    """One finding, whole."""
    del release
    found = pages.finding(key)
    if found is None:
        raise Http404
    told = found.told[language]
    return shown(
        request,
        "finding",
        language,
        pages,
        told=told,
        picture=ask.of_finding(found, language),
    )


@public_page
def public_school(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    release: Release,
    key: str,
) -> HttpResponse:
    """One school: who its students are, its figures, and schools like it."""
    del release
    view = ask.school_view(pages, key, language)
    if view is None:
        raise Http404
    return shown(request, "school", language, pages, view=view)


@public_page
def public_fact(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    release: Release,
    key: int,
) -> HttpResponse:
    """Where a number comes from: its rule, its records, its file and row."""
    del release
    fact = pages.fact(key)
    if fact is None:
        raise Http404
    trace = pages.trace(fact)
    return shown(
        request,
        "fact",
        language,
        pages,
        trace=trace,
        tables=[table_name(one, language) for one in trace.tables],
        figure=ask.fact_figure(fact, trace, language),
        organization=fact.organization.called[language],
        year=school_year(fact.school_year),
        title=trace.info.title[language],
        definition=trace.info.definition[language],
    )


@public_page
def public_briefing(
    request: HttpRequest,
    language: Language,
    pages: PageStore,
    release: Release,
    slug: str,
) -> HttpResponse:
    """A briefing that two people released, in one language; never in the other."""
    del release
    briefing = Briefing.objects.filter(slug=slug, releases__state=State.PUBLIC).first()
    if briefing is None or briefing.snapshot != pages.snapshot:
        raise Http404
    return briefing_page(request, language, pages, briefing)


def briefing_page(
    request: HttpRequest, language: Language, pages: PageStore, briefing: Briefing
) -> HttpResponse:
    """A briefing as its readers meet it."""
    told = editions(briefing)
    findings = [
        (
            one.told[language],
            told[language].edition.notes.get(one.key, ""),
            ask.of_finding(one, language),
        )
        for one in chosen_findings(briefing, pages)
    ]
    return shown(
        request,
        "briefing",
        language,
        pages,
        edition=told[language],
        findings=findings,
    )


@public_page
def public_about(
    request: HttpRequest, language: Language, pages: PageStore, release: Release
) -> HttpResponse:
    """How the figures are made, what is hidden and why, and how to reach us."""
    notes = [(one.term[language], one.words[language]) for one in pages.method()]
    since = release.public_at
    released = day(timezone.localdate(since), language) if since else "…"
    return shown(
        request,
        "about",
        language,
        pages,
        release=release,
        released=released,
        notes=notes,
    )
