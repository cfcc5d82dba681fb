"""Adding a person, and giving or ending a role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenrise.vocabulary.grades import GRADES
from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.people.actions.roles import Given
from evenrise.workspace.people.models import Caseload, School, Section
from evenrise.workspace.people.queries.words import grade_words, page_language
from evenrise.workspace.people.roles import ROLES, Role, Scope


class PersonForm(forms.Form):
    """A person to add."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Email address"), max_length=254)
    staff_id = forms.CharField(
        label=_("Staff number in the records (if any)"),
        max_length=250,
        required=False,
        help_text=_("Roles that follow the records reach the person through it."),
    )
    language = forms.ChoiceField(
        label=_("Language of emails and pages"),
        choices=[("en", "English"), ("es", "Español")],
    )


class CaseloadChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A caseload, by whose it is and its name."""

    def label_from_instance(self, obj: Caseload) -> str:
        """Many caseloads have the same name; their owners tell them apart."""
        return f"{obj.owner.name}: {obj.name}"


class RoleForm(forms.Form):
    """A role to give, with its reach, days and reason."""

    role = forms.ChoiceField(label=_("Role"))
    scope = forms.ChoiceField(label=_("How far it reaches"))
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("School"), required=False, widget=LongSelect
    )
    grade = forms.ChoiceField(label=_("Grade"), required=False)
    section = forms.CharField(
        label=_("Section, by its code"), required=False, max_length=250
    )
    caseload = CaseloadChoice(
        Caseload.objects.none(), label=_("Caseload"), required=False, widget=LongSelect
    )
    begins_on = DayField(
        label=_("From"),
    )
    ends_on = DayField(
        label=_("To (blank: until it is ended)"),
        required=False,
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, min_length=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = page_language()
        fields: dict[str, Any] = self.fields
        fields["role"].choices = [
            (role.value, card.name[language]) for role, card in ROLES.items()
        ]
        fields["scope"].choices = [(s.value, SCOPE_NAMES[s]) for s in Scope]
        fields["grade"].choices = [("", "–"), *((g, grade_words(g)) for g in GRADES)]
        fields["school"].queryset = School.objects.filter(current=True)
        fields["caseload"].queryset = Caseload.objects.select_related("owner").order_by(
            "owner__name", "name"
        )
        fields["begins_on"].initial = timezone.localdate()

    def clean_section(self) -> str:
        """The section must be there."""
        code = str(self.cleaned_data["section"] or "")
        if code and not Section.objects.filter(pk=code).exists():
            raise forms.ValidationError(_("There is no section with this code today."))
        return code

    def given(self) -> Given:
        """The role as the action takes it."""
        told = self.cleaned_data
        return Given(
            role=Role(told["role"]),
            scope=Scope(told["scope"]),
            school_id=told["school"].pk if told["school"] else None,
            grade=told["grade"],
            section_id=told["section"] or None,
            caseload_id=told["caseload"].pk if told["caseload"] else None,
            begins_on=told["begins_on"],
            ends_on=told["ends_on"],
            reason=told["reason"],
        )


SCOPE_NAMES = {
    Scope.DISTRICT: _("the whole district"),
    Scope.SCHOOL: _("one school"),
    Scope.GRADE: _("one grade of a school"),
    Scope.SECTION: _("sections (none named: their own)"),
    Scope.CASELOAD: _("caseloads (none named: their own)"),
}


class ReasonForm(forms.Form):
    """A reason for what is about to be done."""

    reason = forms.CharField(label=_("Reason"), max_length=300, min_length=4)
