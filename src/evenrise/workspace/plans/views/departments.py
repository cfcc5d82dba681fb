"""The district's departments: who answers for which steps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, there, who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.access import may_write_for
from evenrise.workspace.plans.actions import departments as verbs
from evenrise.workspace.plans.forms.plans import DepartmentForm
from evenrise.workspace.plans.models import Department
from evenrise.workspace.plans.queries.departments import departments_shown
from evenrise.workspace.plans.said import plans_trail
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.SEE_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def departments(request: HttpRequest) -> HttpResponse:
    """Which department answers for which steps? And a new department."""
    person = who(request)
    writes = may_write_for(person, None)
    form = DepartmentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not writes:
            raise Http404
        if form.is_valid():
            verbs.add_department(person, **form.cleaned_data)
            return done(request, _("The department is added."), reverse("departments"))
    told = {
        "departments": departments_shown(timezone.localdate(), reader_language()),
        "form": form,
        "writes": writes,
        "trail": plans_trail(),
    }
    status = 422 if form.errors else 200
    return render(request, "plans/departments.html", told, status=status)


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def department_change(request: HttpRequest, key: str) -> HttpResponse:
    """Rename a department, or (`away`) take away one that nobody names."""
    person = who(request)
    there(may_write_for(person, None) or None)
    one: Department = there(Department.objects.filter(key=key).first())
    names = {"name_en": one.name_en, "name_es": one.name_es}
    form = DepartmentForm(
        request.POST if request.method == "POST" else None, initial=names
    )
    back = reverse("departments")
    if request.method == "POST":
        if "away" in request.POST:
            gone = attempt(lambda: _away(request, key), request)
            if gone:
                return done(request, _("The department is taken away."), back)
            return _page(request, one, DepartmentForm(initial=names))
        if form.is_valid():
            told = form.cleaned_data
            attempt(lambda: verbs.rename_department(person, key=key, **told), request)
            return done(request, _("The department has its new name."), back)
    return _page(request, one, form)


def _away(request: HttpRequest, key: str) -> bool:
    verbs.take_department_away(who(request), key=key)
    return True


def _page(request: HttpRequest, one: Department, form: DepartmentForm) -> HttpResponse:
    trail = [*plans_trail(), (reverse("departments"), _("Departments"))]
    told = {"form": form, "one": one, "trail": trail}
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/department_form.html", told, status=status)
