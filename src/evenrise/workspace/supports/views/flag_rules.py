"""The rule that flags follow, the sets to choose from, and choosing one."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports import tasks
from evenrise.workspace.supports.access import reach_today
from evenrise.workspace.supports.actions.flag_choosing import choose_rule as choose
from evenrise.workspace.supports.actions.flag_preview import preview_rule
from evenrise.workspace.supports.forms.flag_rules import ChooseRuleForm
from evenrise.workspace.supports.queries.flag_sets import preview_words, sets_page


@needs(Right.SEE_STUDENTS)
@require_safe
def rules_of_flags(request: HttpRequest) -> HttpResponse:
    """By which rule do we flag, and which others are there?"""
    person = cast("Person", request.user)
    organizes = person.may(Right.ORGANIZE_SUPPORTS)
    counts = organizes and reach_today(person).district
    page = sets_page(timezone.localdate(), counts=counts)
    told = {"page": page, "organizes": organizes}
    return render(request, "supports/flag_rules.html", told)


@needs(Right.ORGANIZE_SUPPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def choose_rule(request: HttpRequest) -> HttpResponse:
    """Which rule should flags follow, and from when?"""
    tries = "try" in request.POST
    form = ChooseRuleForm(
        request.POST or None,
        tries=tries,
        initial={
            "rule_set": request.GET.get("set", ""),
            "begins_on": timezone.localdate(),
        },
    )
    if tries and form.is_valid():
        return _tried(request, form)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        wanted = ("rule_set", "begins_on", "reason", "lines")
        with transaction.atomic():
            choose(
                cast("Person", request.user), **{name: told[name] for name in wanted}
            )
            transaction.on_commit(tasks.after_choice, robust=True)
        messages.success(
            request,
            _("Chosen. Flags follow it with the records that stand for that day."),
        )
        return redirect("rules_of_flags")
    status = 422 if request.method == "POST" else 200
    return render(request, "supports/choose_rule.html", {"form": form}, status=status)


def _tried(request: HttpRequest, form: ChooseRuleForm) -> HttpResponse:
    """How many students the rule would flag today; nothing is chosen."""
    told = form.cleaned_data
    wide = reach_today(cast("Person", request.user)).district
    found = preview_rule(told["rule_set"], told["lines"]) if wide else None
    form.fields["reason"].required = form.fields["begins_on"].required = True
    told = {"form": form, "tried": True, "preview": preview_words(found)}
    return render(request, "supports/choose_rule.html", told)
