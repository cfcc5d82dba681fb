"""Pages of maps of practice: the list, one map, and what changes it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, there, who
from evenrise.workspace.learning.access_maps import may_write_map
from evenrise.workspace.learning.actions import maps as verbs
from evenrise.workspace.learning.forms.maps import MapForm
from evenrise.workspace.learning.map_words import map_trail, map_url, maps_trail
from evenrise.workspace.learning.models import ICMap, MapState
from evenrise.workspace.learning.queries.maps import (
    beginnings,
    map_page,
    map_read,
    maps_page,
)
from evenrise.workspace.learning.queries.standards import standard_choices
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.SEE_FINDINGS)
@require_safe
def ic_maps(request: HttpRequest) -> HttpResponse:
    """Which maps of practice are there?"""
    person = who(request)
    told = {
        "page": maps_page(person, reader_language()),
        "organizes": person.may(Right.ORGANIZE_LEARNING),
        "works": person.may(Right.INQUIRE),
        "gone": _gone(person, request.GET.get("removed", "")),
    }
    return render(request, "learning/maps/maps.html", told)


def _gone(person: Person, slug: str) -> ICMap | None:
    """The map that was just removed, where the person may bring it back."""
    found = ICMap.objects.filter(slug=slug, removed_at__isnull=False).first()
    return found if found is not None and may_write_map(person, found) else None


@needs(Right.SEE_FINDINGS)
@require_safe
def ic_map(request: HttpRequest, slug: str) -> HttpResponse:
    """What does this practice look like, from the ideal to not yet?"""
    person, language = who(request), reader_language()
    page = map_page(person, there(map_read(person, slug)), language)
    gone = request.GET.get("removed", "")
    told = {
        "page": page,
        "gone": next((one for one in page.removed if one[0] == gone), None),
        "trail": maps_trail(),
        "works": person.may(Right.INQUIRE),
    }
    return render(request, "learning/maps/map.html", told)


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def ic_map_new(request: HttpRequest) -> HttpResponse:
    """With what does a new map begin?"""
    person, language = who(request), reader_language()
    form = MapForm(
        request.POST if request.method == "POST" else None,
        person=person,
        begins=beginnings(person, language),
        standards=standard_choices(language),
        initial={"begin": request.GET.get("begin", "")},
    )
    if form.is_valid():
        told = form.cleaned_data
        made = attempt(
            lambda: verbs.begin_map(
                person,
                said=form.said(),
                begin=told["begin"],
                standard=told["standard"],
            ),
            request,
            form,
        )
        if made is not None:
            return done(request, _("The map is begun."), map_url(made))
    return _form(request, form, None)


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def ic_map_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a map says of itself."""
    person, language = who(request), reader_language()
    one = own_map(person, slug)
    names = ("title", "role", "text")
    initial = {
        f"{n}_{c}": getattr(one, f"{n}_{c}") for n in names for c in ("en", "es")
    }
    form = MapForm(
        request.POST if request.method == "POST" else None,
        person=person,
        begins=None,
        standards=standard_choices(language),
        initial={
            **initial,
            "levels": one.levels,
            "standard": one.standard_id,
            "seen": one.version,
        },
    )
    if form.is_valid():
        told = form.cleaned_data
        changed = attempt(
            lambda: verbs.change_map(
                person,
                slug=slug,
                said=form.said(),
                seen=told["seen"] or 0,
                standard=told["standard"],
            ),
            request,
            form,
        )
        if changed is not None:
            return done(request, _("The map is changed."), map_url(one))
    return _form(request, form, one)


def own_map(person: Person, slug: str) -> ICMap:
    """A map that the person writes.

    Raises:
        Http404: when it is not there, or not theirs.
    """
    one: ICMap = there(map_read(person, slug))
    if not may_write_map(person, one):
        raise Http404
    return one


def _form(request: HttpRequest, form: MapForm, one: ICMap | None) -> HttpResponse:
    language = reader_language()
    told = {
        "form": form,
        "one": one,
        "back": map_url(one) if one else reverse("ic_maps"),
        "trail": map_trail(one, language) if one else maps_trail(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "learning/maps/map_form.html", told, status=status)


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def ic_map_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Use a map, or no longer."""
    person, wanted = who(request), request.POST.get("state", "")
    one = own_map(person, slug)
    said = {
        MapState.USED: _("The map is in use: staff can place their practice on it."),
        MapState.RETIRED: _("The map is no longer used. What was placed stays."),
    }
    state = next((each for each in said if each == wanted), None)
    if state is not None:
        changed = attempt(
            lambda: verbs.set_state(person, slug=slug, state=state), request
        )
        if changed is not None:
            return done(request, said[state], map_url(one))
    return redirect(map_url(one))


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def ic_map_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove a map, or (`again`) bring it back."""
    person, again = who(request), "again" in request.POST
    attempt(lambda: verbs.remove_map(person, slug=slug, again=again), request)
    if again:
        url = reverse("ic_map", args=[slug])
        return done(request, _("The map is back."), url)
    url = f"{reverse('ic_maps')}?removed={slug}"
    return done(request, _("The map is removed."), url)
