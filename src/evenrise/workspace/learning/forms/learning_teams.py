"""What is written of a learning team and its meetings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.cycles.models import Cycle
from evenrise.workspace.foundation.fields import area
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody, Ticks
from evenrise.workspace.learning.access import colleagues
from evenrise.workspace.learning.actions.learning_teams import TeamTold
from evenrise.workspace.learning.actions.team_meetings import Held, Planned
from evenrise.workspace.learning.models import LearningTeam, TeamKind
from evenrise.workspace.learning.queries.learning_teams import (
    cycle_choices,
    school_choices,
)
from evenrise.workspace.people.forms.one_person import OnePerson
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.supports.forms.words import Day, today


class LearningTeamForm(NamesNobody):
    """A team and its goal."""

    name = forms.CharField(
        label=_("Name of the team"),
        help_text=_("For example: Algebra, ninth grade. Do not name a student."),
        max_length=160,
    )
    kind = forms.ChoiceField(
        label=_("Who learns together?"), choices=TeamKind.choices, widget=LongSelect
    )
    school = forms.ChoiceField(label=_("Where?"), required=False, widget=LongSelect)
    goal = forms.CharField(
        label=_("What should students get, by when?"),
        help_text=_("All staff can read the goal."),
        max_length=2_000,
        required=False,
        widget=area(3),
    )
    evidence = forms.CharField(
        label=_("Which students' work is it from?"),
        help_text=_(
            "For example: exit tickets of four sections in September. Do not name a "
            "student."
        ),
        max_length=2_000,
        required=False,
        widget=area(2),
    )
    cycle = forms.ChoiceField(
        label=_("An inquiry cycle of the team"),
        help_text=_("Only those who may read the cycle see that it is named here."),
        required=False,
        widget=LongSelect,
    )
    begins_on = Day(label=_("From"), ahead=True, initial=today)
    ends_on = Day(label=_("Until"), ahead=True, required=False)
    seen = forms.IntegerField(required=False, initial=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, person: Person, team: LearningTeam | None = None, **kw: Any
    ) -> None:
        if team is not None:
            kw["initial"] = _as_told(team)
        super().__init__(*args, person=person, **kw)
        own: Any = self.fields
        own["school"].choices = school_choices(person)
        own["cycle"].choices = cycle_choices(person, team)

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        told = super().clean()
        begins, ends = told.get("begins_on"), told.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("This is before the first day."))
        return told

    def told(self) -> TeamTold:
        """What was written, as the verbs take it."""
        told = self.cleaned_data
        cycle = told["cycle"]
        return TeamTold(
            name=told["name"].strip(),
            kind=told["kind"],
            school=School.objects.get(pk=told["school"]) if told["school"] else None,
            goal=told["goal"].strip(),
            evidence=told["evidence"].strip(),
            cycle=Cycle.objects.get(pk=cycle) if cycle else None,
            begins_on=told["begins_on"],
            ends_on=told["ends_on"],
        )


def _as_told(team: LearningTeam) -> dict[str, Any]:
    return {
        "name": team.name,
        "kind": team.kind,
        "school": team.school_id or "",
        "goal": team.goal,
        "evidence": team.evidence,
        "cycle": team.cycle_id or "",
        "begins_on": team.begins_on,
        "ends_on": team.ends_on,
        "seen": team.version,
    }


class MemberForm(forms.Form):
    """Who is added to a team."""

    other = OnePerson(
        label=_("Add a colleague"),
        help_text=_("They will read the team's meetings, also those before today."),
    )

    def __init__(self, *args: Any, team: LearningTeam, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = team.members.filter(left_at__isnull=True).values("person")
        other: Any = self.fields["other"]
        other.among(colleagues().exclude(pk__in=inside))


class PlanForm(NamesNobody):
    """A meeting before it is held."""

    on = Day(label=_("Day"), ahead=True, initial=today)
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=5, max_value=600, required=False, initial=45
    )
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    agenda = forms.CharField(
        label=_("Agenda"),
        help_text=_("A line a point. Do not name a student."),
        max_length=8_000,
        required=False,
        widget=area(6),
    )

    def planned(self) -> Planned:
        """What was written, as the verbs take it."""
        told = self.cleaned_data
        return Planned(
            on=told["on"],
            minutes=told["minutes"],
            place=told["place"],
            agenda=told["agenda"],
        )


HELD = [("", _("Not yet")), ("yes", _("It took place")), ("no", _("It did not"))]


class HeldForm(PlanForm):
    """A meeting, what came of it, and what comes next."""

    held = forms.ChoiceField(
        label=_("Did it take place?"),
        choices=HELD,
        required=False,
        widget=forms.RadioSelect,
    )
    there = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Who was there?"), required=False, widget=Ticks
    )
    product = forms.CharField(
        label=_("What did we make or decide?"),
        max_length=8_000,
        required=False,
        widget=area(5),
    )
    next_step = forms.CharField(
        label=_("The next step"), max_length=2_000, required=False, widget=area(2)
    )
    next_by = OnePerson(label=_("Who takes it?"), required=False)
    next_on = Day(label=_("By when?"), ahead=True, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, team: LearningTeam, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = team.members.values("person")
        people = Person.objects.filter(pk__in=seats).order_by("name")
        own: Any = self.fields
        own["there"].queryset = people
        own["next_by"].among(people.filter(is_active=True))

    def held_told(self) -> Held:
        """What came of it, as the verbs take it."""
        told = self.cleaned_data
        return Held(
            product=told["product"],
            next_step=told["next_step"],
            next_by=told["next_by"],
            next_on=told["next_on"],
            held={"yes": True, "no": False}.get(told["held"]),
            there=list(told["there"]),
        )
