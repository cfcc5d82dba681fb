"""Dollars and adults by school, beside need: who benefits (METHODS, card 13).

Who is counted comes from protected facts alone: where a school's students or its share
of a group are hidden, the page says so and the school is not in the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from evenrise.findings.money_and_need import BesideNeed, OfSchool, Tilt, beside_need
from evenrise.publishing import numbers
from evenrise.publishing.page_store.model import SchoolLine
from evenrise.records.snapshots.resources import (
    SchoolResources,
    resource_years,
    school_resources,
)
from evenrise.vocabulary.groups import group_name
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.models import Standing
from evenrise.workspace.data.standing import pages_of, snapshot_store, standing
from evenrise.workspace.insights import shown
from evenrise.workspace.plans.dollars import whole_dollars
from evenrise.workspace.plans.models import Plan
from evenrise.workspace.plans.queries.money import lines_of


NEEDS = (
    ("low_income", "low_income"),
    ("english_learner", "english_learner"),
    ("disability", "disability"),
    ("homeless", "homeless"),
    ("foster", "foster"),
)
MONEY = ("all", "base", "supplemental", "federal", "other")
_A_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A school, by name; a blank cell is not known, a hidden one says so."""

    name: str
    url: str
    students: str
    need: str
    dollars: str  # for a student
    teachers: str  # for 100 students
    adults: str
    planned: str  # of this plan, for this school
    planned_each: str


@dataclass(frozen=True, kw_only=True)
class NeedPage:
    """Everything that the page shows; `rows` are empty where there is nothing."""

    answer: str
    sentences: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    needs: tuple[tuple[str, str, bool], ...] = ()  # value, label, chosen
    money: tuple[tuple[str, str, bool], ...] = ()
    need_label: str = ""
    year: str = ""
    notes: tuple[str, ...] = field(default=())

    @cached_property
    def body(self) -> SafeString:
        """The rows as HTML: a thousand schools would take a template 100 ms."""
        return format_html_join(
            "\n",
            '<tr><th scope="row"><a href="{}">{}</a></th>'
            + '<td class="number">{}</td>' * 7
            + "</tr>",
            (
                (
                    *(one.url, one.name, one.students, one.need, one.dollars),
                    *(one.teachers, one.adults, one.planned, one.planned_each),
                )
                for one in self.rows
            ),
        )


@lru_cache(maxsize=8)  # a snapshot never changes
def _resources(snapshot: str, counted: int, as_of: object) -> SchoolResources | None:
    """The latest year of dollars up to the one in which students are counted."""
    held = snapshot_store().get(snapshot)
    years = [year for year in resource_years(held) if year <= counted]
    if not years:
        return None
    return school_resources(held, school_year=years[-1], as_of=as_of)  # type: ignore[arg-type]


_MOST = 32  # pages a process remembers: needs and sources of a few plans
_made: dict[tuple[object, ...], NeedPage] = {}


def need_page(plan: Plan, need: str, money: str, language: Language) -> NeedPage:
    """Dollars and adults beside need, school by school.

    Args:
        plan: whose planned money for schools stands beside what they have.
        need: `family:group` of `NEEDS`; anything else is the first that is counted.
        money: one of `MONEY`; anything else is all of it.
        language: the reader's.
    """
    now = standing()
    if now is None:
        return NeedPage(answer=_("No records are here yet."))
    schools = pages_of(now.snapshot).schools()
    counted = _counted(schools)
    if not counted:
        return NeedPage(
            answer=_("These records do not tell who a school's students are.")
        )
    chosen = next((one for one in counted if ":".join(one) == need), counted[0])
    source = money if money in MONEY else MONEY[0]
    held = _held(now, schools)
    # A plan's version and moment tell one plan from another of the same key.
    stands = (now.snapshot, now.as_of, plan.pk, plan.version, plan.changed_at)
    name = (*stands, chosen, source, language)
    if name not in _made:
        if len(_made) >= _MOST:
            _made.clear()
        told = _Beside(plan, schools, chosen, source, held, language)
        _made[name] = told.page(counted)
    return _made[name]


def _counted(schools: Iterable[SchoolLine]) -> list[tuple[str, str]]:
    """The groups of `NEEDS` that some school shows."""
    lines = list(schools)
    return [
        name
        for name in NEEDS
        if any((told := one.share(*name)) and told.share is not None for one in lines)
    ]


def _held(now: Standing, schools: Iterable[SchoolLine]) -> SchoolResources | None:
    years = [one.counted_in[1] for one in schools if one.counted_in]
    return _resources(now.snapshot, max(years), now.as_of) if years else None


@dataclass(frozen=True, slots=True)
class _Beside:
    plan: Plan
    schools: tuple[SchoolLine, ...]
    need: tuple[str, str]
    source: str
    held: SchoolResources | None
    language: Language

    def page(self, counted: list[tuple[str, str]]) -> NeedPage:
        """The page; without dollars and adults, what the plan alone tells."""
        planned = self._planned()
        if self.held is None and not planned:
            return NeedPage(
                answer=_(
                    "These records hold no dollars and no adults by school, and the"
                    " plan names no school in its budget."
                ),
            )
        found = self._judged()
        return NeedPage(
            answer=found[0] if found else _("The plan's money beside need."),
            sentences=tuple(found[1:]),
            rows=tuple(self._row(one, planned) for one in self.schools),
            needs=tuple(
                (":".join(name), group_name(*name)[self.language], name == self.need)
                for name in counted
            ),
            money=tuple(
                (name, source_words(name), name == self.source) for name in MONEY
            ),
            need_label=group_name(*self.need)[self.language],
            year=shown.year_words(self.held.school_year) if self.held else "",
            notes=tuple(self._notes()),
        )

    def _planned(self) -> Mapping[str, Decimal]:
        """What this plan plans for schools by name, over all its years."""
        found: dict[str, Decimal] = {}
        for one in lines_of(self.plan):
            school = one.school_id or self.plan.school_id
            if school:
                found[school] = found.get(school, Decimal(0)) + one.planned
        return found

    def _judged(self) -> list[str]:
        held = self.held
        if held is None:
            return []
        of_dollars = self._judge(self._dollars)
        of_teachers = self._judge(held.teachers.get)
        return [
            one
            for one in (
                self._dollar_words(of_dollars),
                self._teacher_words(of_teachers),
                self._left_out(of_dollars),
            )
            if one
        ]

    def _judge(self, amount: Callable[[str], float | None]) -> BesideNeed:
        return beside_need(
            [
                OfSchool(
                    one.students,
                    self._share(one),
                    amount(one.organization.organization_id),
                )
                for one in self.schools
            ]
        )

    def _share(self, one: SchoolLine) -> float | None:
        told = one.share(*self.need)
        return told.share if told else None

    def _dollars(self, school: str) -> float | None:
        by_source = self.held.dollars.get(school) if self.held else None
        if by_source is None:
            return None
        if self.source == MONEY[0]:
            return sum(by_source.values())
        return by_source.get(self.source, 0.0)

    def _dollar_words(self, found: BesideNeed) -> str:
        told = {"need": group_name(*self.need)[self.language]}
        if found.mean is not None:
            told["mean"] = whole_dollars(found.mean, self.language)
        if found.tilt is Tilt.NO_DATA:
            return _("These records hold no dollars by school.")
        if found.more is None:
            return _("%(mean)s for a student.") % told + " " + self._why_none(found)
        more = found.more
        told |= {
            "more": whole_dollars(abs(more.value or 0), self.language),
            "lower": whole_dollars(more.lower or 0, self.language),
            "upper": whole_dollars(more.upper or 0, self.language),
        }
        interval = _("95%% interval %(lower)s to %(upper)s") % told
        told["interval"] = interval
        if found.tilt is Tilt.MORE:
            return (
                _(
                    "Schools with more need have more: with ten points more of"
                    " “%(need)s” go %(more)s more for a student (%(interval)s)."
                )
                % told
            )
        if found.tilt is Tilt.LESS:
            return (
                _(
                    "Schools with more need have less: with ten points more of"
                    " “%(need)s” go %(more)s less for a student (%(interval)s)."
                )
                % told
            )
        return (
            _(
                "Whether schools with more need have more is not clear: for ten points"
                " more of “%(need)s” the %(interval)s for a student."
            )
            % told
        )

    def _teacher_words(self, found: BesideNeed) -> str:
        if found.tilt is Tilt.NO_DATA or found.mean is None:
            return _("These records hold no adults by school.")
        told = {
            "mean": self._hundred(found.mean),
            "lower": self._hundred(found.more.lower) if found.more else "",
            "upper": self._hundred(found.more.upper) if found.more else "",
        }
        first = _("There are %(mean)s teachers for 100 students.") % told
        if found.more is None:
            return first
        words = {
            Tilt.MORE: _(
                "Schools with more need have more of them: %(lower)s to %(upper)s more"
                " with ten points more of need (95%% interval)."
            ),
            Tilt.LESS: _(
                "Schools with more need have fewer of them: %(lower)s to %(upper)s"
                " with ten points more of need (95%% interval)."
            ),
            Tilt.UNCLEAR: _(
                "Whether schools with more need have more of them is not clear:"
                " %(lower)s to %(upper)s with ten points more of need (95%% interval)."
            ),
        }
        return f"{first} {words[found.tilt] % told}"

    def _hundred(self, each: float | None) -> str:
        if each is None:
            return "–"
        return numbers.number(each * _A_HUNDRED, 1, self.language)

    def _why_none(self, found: BesideNeed) -> str:
        if found.tilt is Tilt.TOO_FEW:
            return _(
                "Fewer than eight schools can be compared, so there is a table and no"
                " sentence about need."
            )
        return _("Need, or money, is the same in every school.")

    def _left_out(self, found: BesideNeed) -> str:
        if not found.left_out:
            return ""
        return ngettext(
            "%(n)s school is left out, because its students, their share or its dollars"
            " are hidden or not known.",
            "%(n)s schools are left out, because their students, their share or their"
            " dollars are hidden or not known.",
            found.left_out,
        ) % {"n": found.left_out}

    def _notes(self) -> Iterable[str]:
        yield _(
            "This says where money and adults are, not what they bring about. Small"
            " schools cost more for each student because they are small."
        )
        if self.source == MONEY[0]:
            yield _(
                "Federal and supplemental money is meant for need; look at the base"
                " alone to see what all schools get."
            )
        yield _(
            "Whether salaries are those of the school's own teachers or an average is"
            " up to the file that the district brought in. What the central office"
            " spends for schools is not in it."
        )

    def _row(self, one: SchoolLine, planned: Mapping[str, Decimal]) -> Row:
        school = one.organization.organization_id
        held, n = self.held, one.students
        money = self._dollars(school)
        own = planned.get(school)
        return Row(
            name=one.organization.called[self.language],
            url=shown.school_url(school),
            students=shown.count_words(n, self.language) if n else _("hidden"),
            need=shown.share_words(self._share(one), self.language),
            dollars=whole_dollars(money / n, self.language)
            if n and money is not None
            else "–",
            teachers=self._per_hundred(held.teachers.get(school) if held else None, n),
            adults=self._per_hundred(held.adults.get(school) if held else None, n),
            planned=whole_dollars(float(own), self.language) if own else "–",
            planned_each=whole_dollars(float(own) / n, self.language)
            if own and n
            else "–",
        )

    def _per_hundred(self, amount: float | None, students: int | None) -> str:
        if amount is None or not students:
            return "–"
        return numbers.number(_A_HUNDRED * amount / students, 1, self.language)


def source_words(source: str) -> str:
    """What a source of recorded dollars is called."""
    words = {
        "all": _("All dollars"),
        "base": _("LCFF base"),
        "supplemental": _("LCFF supplemental and concentration"),
        "federal": _("Federal"),
        "other": _("Other"),
    }
    return words[source]
