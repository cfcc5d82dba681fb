"""Maps of practice as files: get one, bring one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.forms import names_refused
from evenrise.workspace.insights.names import refused_names
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, there, who
from evenrise.workspace.learning.actions import maps as verbs
from evenrise.workspace.learning.exchange.reading import FILES, read_map
from evenrise.workspace.learning.exchange.rows import Brought, titled, words_within
from evenrise.workspace.learning.forms.maps import BringMapForm
from evenrise.workspace.learning.map_content import MapContent
from evenrise.workspace.learning.map_words import map_trail, map_url, maps_trail
from evenrise.workspace.learning.models import ICMap, MapState
from evenrise.workspace.learning.queries.map_content import content_of
from evenrise.workspace.learning.queries.maps import map_read
from evenrise.workspace.learning.views.maps import own_map
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@needs(Right.SEE_FINDINGS)
@require_safe
def ic_map_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """A map as a file."""
    if kind not in FILES:
        raise Http404
    one = there(map_read(who(request), slug))
    answer = HttpResponse(FILES[kind].write(content_of(one)), content_type=_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{one.slug}.{kind}"'
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def ic_map_bring(request: HttpRequest) -> HttpResponse:
    """Begin a map with a file."""
    return _bring(request, who(request), None)


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def ic_map_bring_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring the words of a map in work back from a file."""
    person = who(request)
    one = own_map(person, slug)
    if one.state != MapState.DRAFT:
        raise Http404
    return _bring(request, person, one)


def _bring(request: HttpRequest, person: Person, one: ICMap | None) -> HttpResponse:
    language = reader_language()
    form = BringMapForm(request.POST or None, request.FILES or None)
    brought: Brought | None = None
    if request.method == "POST" and form.is_valid():
        brought = _read(person, form, language)
        if brought is not None and brought.content is not None:
            kept = _keep(request, person, form, one, brought.content)
            if kept is not None:
                return done(request, _("The map is brought."), map_url(kept))
    told = {
        "form": form,
        "one": one,
        "problems": [(p.where[language], p.said[language]) for p in brought.problems]
        if brought
        else [],
        "trail": map_trail(one, language) if one else maps_trail(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/maps/bring.html", told, status=status)


def _read(person: Person, form: BringMapForm, language: Language) -> Brought | None:
    """What the file says; what stops all of it stands in the form."""
    try:
        found = read_map(form.cleaned_data["file"].read())
    except InputProblem as problem:
        form.add_error("file", problem[language])
        return None
    if found.content is None:
        return found
    named = refused_names(person, words_within(found.content)).full
    if named:
        form.add_error("file", names_refused(named))
        return None
    return Brought(titled(found.content, form.cleaned_data["title"], language), ())


def _keep(
    request: HttpRequest,
    person: Person,
    form: BringMapForm,
    one: ICMap | None,
    content: MapContent,
) -> ICMap | None:
    if one is None:
        return attempt(lambda: verbs.bring_map(person, content=content), request, form)
    return attempt(
        lambda: verbs.put_file(
            person, slug=one.slug, content=content, seen=one.version
        ),
        request,
        form,
    )
