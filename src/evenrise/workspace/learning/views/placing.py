"""Pages of placements: one's own, a colleague's, over time, and by school and term."""

from __future__ import annotations

from typing import Any

from django.forms.boundfield import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.publishing.numbers import day
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.access import own_schools
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, number, there, who
from evenrise.workspace.learning.actions import placing as verbs
from evenrise.workspace.learning.forms.placing import PlacingForm
from evenrise.workspace.learning.map_words import map_title, map_trail, maps_trail
from evenrise.workspace.learning.models import ICMap, MapState, Placement
from evenrise.workspace.learning.queries.map_content import components_of
from evenrise.workspace.learning.queries.map_school import map_school_page
from evenrise.workspace.learning.queries.maps import (
    ComponentShown,
    LevelShown,
    components_shown,
    map_read,
)
from evenrise.workspace.learning.queries.my_practice import (
    my_practice as practice_of,
    placed_in_coaching,
)
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def place_myself(request: HttpRequest, slug: str) -> HttpResponse:
    """Where does my practice stand on this map today?"""
    person = who(request)
    one = _used(person, slug)
    form = _placing(request, person, one, _schools(person))
    if form.is_valid():
        made = attempt(
            lambda: verbs.place_myself(
                person,
                slug=slug,
                placed=form.placed(),
                on=form.cleaned_data["on"],
                school_id=form.school_id(),
            ),
            request,
            form,
        )
        if made is not None:
            return done(request, _placed_words(made), reverse("my_practice"))
    language = reader_language()
    told = {"form": form, "trail": map_trail(one, language)}
    return _place_page(request, one, told, reverse("ic_map", args=[slug]))


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def place_colleague(request: HttpRequest, coaching: int, slug: str) -> HttpResponse:
    """Where did I see my colleague's practice? For the two alone."""
    person, today, language = who(request), timezone.localdate(), reader_language()
    found = there(verbs.coaching_now(person, coaching))
    one = _used(person, slug)
    form = _placing(request, person, one, [])
    if form.is_valid():
        made = attempt(
            lambda: verbs.place_colleague(
                person,
                coaching=coaching,
                slug=slug,
                placed=form.placed(),
                on=form.cleaned_data["on"],
            ),
            request,
            form,
        )
        if made is not None:
            return done(request, _placed_words(made), request.path)
    told = {
        "form": form,
        "colleague": found.colleague.name,
        "before": placed_in_coaching(person, found.colleague, today, language),
        "trail": map_trail(one, language),
    }
    return _place_page(request, one, told, reverse("ic_map", args=[slug]))


def _used(person: Person, slug: str) -> ICMap:
    one: ICMap = there(map_read(person, slug))
    if one.state != MapState.USED:
        raise Http404
    return one


def _schools(person: Person) -> list[tuple[str, str]]:
    found = School.objects.filter(pk__in=sorted(own_schools(person)))
    return list(found.values_list("pk", "name"))


def _placing(
    request: HttpRequest, person: Person, one: ICMap, schools: list[tuple[str, str]]
) -> PlacingForm:
    components = components_of(one)
    shown = components_shown(components, one.levels, reader_language())
    keys = [each.pk for each in components]
    return PlacingForm(
        request.POST if request.method == "POST" else None,
        person=person,
        components=list(zip(keys, shown, strict=True)),
        schools=schools,
        initial={"on": timezone.localdate()},
    )


def _place_page(
    request: HttpRequest, one: ICMap, told: dict[str, Any], back: str
) -> HttpResponse:
    form: PlacingForm = told["form"]
    told |= {
        "map": one,
        "title": map_title(one, reader_language()),
        "back": back,
        "parts": [
            (shown, level, _choices(shown, level), seen)
            for shown, level, seen in form.parts()
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "learning/maps/place.html", told, status=status)


def _choices(
    component: ComponentShown, field: BoundField
) -> list[tuple[LevelShown, bool]]:
    """The levels of a component, and which one was chosen."""
    value = str(field.value() or "")
    return [(level, str(level.number) == value) for level in component.levels]


def _placed_words(made: int) -> str:
    return ngettext(
        "%(n)s component is placed.", "%(n)s components are placed.", made
    ) % {"n": made}


@needs(Right.INQUIRE)
@require_safe
def my_practice(request: HttpRequest) -> HttpResponse:
    """How did my practice change over time?"""
    person, today = who(request), timezone.localdate()
    told = {
        "components": practice_of(person, today, reader_language()),
        "gone": _taken_back(person, request.GET.get("back", "")),
        "trail": maps_trail(),
    }
    return render(request, "learning/maps/my_practice.html", told)


def _taken_back(person: Person, key: str) -> int | None:
    """The placement that the person just took back."""
    asked = number(key)
    mine = Placement.objects.filter(pk=asked or 0, taken_back_by=person)
    return asked if mine.exclude(taken_back_at=None).exists() else None


@needs(Right.INQUIRE)
@require_POST
def placement_back(request: HttpRequest, placement: int) -> HttpResponse:
    """Take a placement back, or (`again`) undo that."""
    person, again = who(request), "again" in request.POST
    attempt(lambda: verbs.take_back(person, placement=placement, again=again), request)
    url = reverse("my_practice")
    if again:
        return done(request, _("The placement stands again."), url)
    return done(request, _("The placement is taken back."), f"{url}?back={placement}")


@needs(Right.INQUIRE)
@require_safe
def map_school(request: HttpRequest, slug: str) -> HttpResponse:
    """How does practice stand, by school and term?"""
    person, language = who(request), reader_language()
    one = there(map_read(person, slug))
    school = request.GET.get("school", "").replace("\x00", "")
    page = there(map_school_page(one, school, timezone.localdate(), language))
    told = {
        "page": page,
        "map": one,
        "title": map_title(one, language),
        "next_count": day(page.next_count, language),
        "trail": map_trail(one, language),
    }
    return render(request, "learning/maps/map_school.html", told)
