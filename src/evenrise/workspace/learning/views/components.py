"""Pages of one component of a map: write it, move it, take it out."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, who
from evenrise.workspace.learning.actions import components as verbs
from evenrise.workspace.learning.forms.maps import ComponentForm
from evenrise.workspace.learning.map_words import component_words, map_trail, map_url
from evenrise.workspace.learning.models import Component, ICMap
from evenrise.workspace.learning.queries.map_content import (
    component_content,
    components_of,
)
from evenrise.workspace.learning.views.maps import own_map
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def ic_component_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a new component with its levels."""
    person = who(request)
    one = own_map(person, slug)
    form = ComponentForm(
        request.POST if request.method == "POST" else None,
        person=person,
        levels=one.levels,
        initial={"seen": one.version},
    )
    if form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        made = attempt(
            lambda: verbs.add_component(person, slug=slug, said=form.said(), seen=seen),
            request,
            form,
        )
        if made is not None:
            return done(request, _("The component is in the map."), map_url(one))
    return _form(request, form, one, None)


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def ic_component_change(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Change the words of a component and of its levels."""
    person = who(request)
    one = own_map(person, slug)
    found = next((each for each in components_of(one) if each.key == key), None)
    if found is None:
        raise Http404
    form = ComponentForm(
        request.POST if request.method == "POST" else None,
        person=person,
        levels=one.levels,
        initial={**_initial(found), "seen": one.version},
    )
    if form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        changed = attempt(
            lambda: verbs.change_component(
                person, slug=slug, key=key, said=form.said(), seen=seen
            ),
            request,
            form,
        )
        if changed is not None:
            return done(request, _("The component is changed."), map_url(one))
    return _form(request, form, one, found)


def _initial(found: Component) -> dict[str, str]:
    content = component_content(found)
    told: dict[str, str] = {}
    for code in ("en", "es"):
        told[f"name_{code}"] = getattr(content.name, code)
        told[f"outcome_{code}"] = getattr(content.outcome, code)
        for number, level in enumerate(content.levels, 1):
            told[f"level_{number}_{code}"] = getattr(level, code)
    return told


def _form(
    request: HttpRequest, form: ComponentForm, one: ICMap, found: Component | None
) -> HttpResponse:
    language = reader_language()
    told = {
        "form": form,
        "map": one,
        "name": component_words(found, language) if found else None,
        "back": map_url(one),
        "trail": map_trail(one, language),
    }
    status = 422 if form.is_bound else 200
    return render(request, "learning/maps/component_form.html", told, status=status)


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def ic_component_move(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Move a component up, or (without `up`) down."""
    person, up = who(request), "up" in request.POST
    attempt(lambda: verbs.move_component(person, slug=slug, key=key, up=up), request)
    return redirect("ic_map", slug)


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def ic_component_remove(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Take a component out of the map, or (`again`) bring it back."""
    person, again = who(request), "again" in request.POST
    found = attempt(
        lambda: verbs.remove_component(person, slug=slug, key=key, again=again),
        request,
    )
    if found is None:
        raise Http404
    if again:
        return done(request, _("The component is back."), map_url(found.map))
    url = f"{map_url(found.map)}?removed={quote(key)}"
    return done(request, _("The component is taken out."), url)
