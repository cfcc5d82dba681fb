"""Persons and what they do; and the directory: who learns and works where, today.

The directory is a copy of the current snapshot's rosters (see `placing.py`), so that
who may see whom is one set query. Nobody edits it by hand: it changes with an import.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.people.roles import ROLES, Right, Role, Scope


class School(models.Model):
    """A school of the district, by the code its records give it."""

    school_id = models.CharField(primary_key=True, max_length=250)
    name = models.CharField(max_length=250)
    level = models.CharField(max_length=250, blank=True)
    students = models.IntegerField(default=0)  # enrolled today
    current = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Student(models.Model):
    """One student, as the current snapshot knows them.

    `days_enrolled` and `days_absent` are this school year's; null where attendance is
    not collected. A student who left stays, with `current` false.
    """

    student_id = models.CharField(primary_key=True, max_length=250)
    given_name = models.CharField(max_length=250, blank=True)
    family_name = models.CharField(max_length=250, blank=True)
    sort_name = models.CharField(max_length=250)  # folded: "garcia lopez, ana"
    grade = models.CharField(max_length=250, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    current = models.BooleanField(default=True)
    home_language = models.CharField(max_length=250, blank=True)
    days_enrolled = models.FloatField(null=True)
    days_absent = models.FloatField(null=True)

    class Meta:
        ordering = ["sort_name", "student_id"]
        indexes = [
            models.Index(fields=["current", "sort_name", "student_id"]),
            models.Index(fields=["current", "grade", "sort_name", "student_id"]),
            models.Index(fields=["school", "current", "grade", "sort_name"]),
            # Languages of families are counted from it alone. It does not begin with
            # `current`: SQLite would take it for lists of everybody.
            models.Index(fields=["home_language", "current"]),
        ]

    @property
    def name(self) -> str:
        """As it is said: given name first; the code where there is no name."""
        return f"{self.given_name} {self.family_name}".strip() or self.student_id


class StudentWord(models.Model):
    """One word of a student's name, folded: finds a rare name among half a million."""

    word = models.CharField(max_length=250)
    student = models.ForeignKey(
        Student, models.CASCADE, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "student"], name="one_word")
        ]


class FurtherStay(models.Model):
    """A second school of a student who is enrolled in two at once."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="further_stays")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    grade = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["student", "school"], name="one_stay")
        ]


class Section(models.Model):
    """One class of students with its teacher, this school year."""

    section_id = models.CharField(primary_key=True, max_length=250)
    school = models.ForeignKey(School, models.CASCADE, related_name="sections")
    school_year = models.SmallIntegerField()
    title = models.CharField(max_length=250, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    staff_id = models.CharField(max_length=250, blank=True, db_index=True)

    class Meta:
        ordering = ["title", "section_id"]


class Roster(models.Model):
    """One student in one section, today."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="rosters")
    student = models.ForeignKey(Student, models.CASCADE, related_name="rosters")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "student"], name="one_place")
        ]


class StaffMember(models.Model):
    """An adult of the district's records; may have an account or not."""

    staff_id = models.CharField(primary_key=True, max_length=250)
    given_name = models.CharField(max_length=250, blank=True)
    family_name = models.CharField(max_length=250, blank=True)

    @property
    def name(self) -> str:
        """As it is said."""
        return f"{self.given_name} {self.family_name}".strip() or self.staff_id


class StaffAssignment(models.Model):
    """One adult's post in one school, today."""

    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="assignments")
    school = models.ForeignKey(School, models.CASCADE, related_name="staff")
    role = models.CharField(max_length=250)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "school", "role"], name="one_post")
        ]


class PersonManager(BaseUserManager["Person"]):
    """Makes persons; an address is kept in small letters."""

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> Person:
        """A new person; without a password they sign in by the district's provider."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """By address, whatever its capitals."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody with an account. `staff_id` joins them to the district's records."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, blank=True)
    staff_id = models.CharField(max_length=250, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    seen_before = models.DateTimeField(null=True)  # the visit before this one
    # Since when a second step stands; null without one (kept by `signals.py`).
    second_step_at = models.DateTimeField(null=True)
    # Counts what ends sessions that began before it: see `_get_session_auth_hash`.
    sessions_stamp = models.PositiveIntegerField(default=0)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_id"], condition=~Q(staff_id=""), name="one_account"
            )
        ]

    def __str__(self) -> str:
        return self.name

    # Whether this session has an administrator's powers on (set by `middleware.py`).
    powers: PowersTurn | None = None

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know to go on: the password, and the stamp."""
        return salted_hmac(
            "evenrise.people.Person.get_session_auth_hash",
            f"{self.password}:{self.sessions_stamp}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    @cached_property
    def grants_today(self) -> tuple[RoleGrant, ...]:
        """The roles that hold today, read once a request."""
        return tuple(
            RoleGrant.objects.filter(person=self)
            .on(timezone.localdate())
            .select_related("school")
            .order_by("id")
        )

    def may(self, right: str) -> bool:
        """Whether one of today's roles has the right.

        The right to administer counts only while powers are on in this session.
        """
        if not self.is_active or (right == Right.ADMINISTER and self.powers is None):
            return False
        return any(
            right in ROLES[Role(grant.role)].rights for grant in self.grants_today
        )

    @property
    def sees_students(self) -> bool:
        """Whether one of today's roles sees students: a second step is then due."""
        return any(ROLES[Role(grant.role)].sees_students for grant in self.grants_today)

    @property
    def needs_second_step(self) -> bool:
        """Whether a second step is due: for who sees students, and who administers."""
        return self.sees_students or self.may(Right.SWITCH_POWERS)

    @property
    def powers_words(self) -> str:
        """Until when powers are on, for the head of every page; blank when off."""
        if self.powers is None:
            return ""
        until = timezone.localtime(self.powers.until)
        return _("Powers on until %(time)s") % {"time": f"{until:%H:%M}"}

    @property
    def role_words(self) -> str:
        """Today's roles by name, in the language of the page."""
        language: Language = "es" if get_language() == "es" else "en"
        names = [ROLES[Role(grant.role)].name[language] for grant in self.grants_today]
        return ", ".join(dict.fromkeys(names))

    def keep_language(self, language: str) -> None:
        """Remember the person's language."""
        self.language = language
        self.save(update_fields=["language"])


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Words for sets of grants."""

    def on(self, day: dt.date) -> RoleGrantQuerySet:
        """Those that hold on a day."""
        return self.filter(
            Q(begins_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )


class Caseload(models.Model):
    """Students whom one adult serves, listed by hand or by a file."""

    name = models.CharField(max_length=120)
    owner = models.ForeignKey(Person, models.CASCADE, related_name="caseloads")
    made_at = models.DateTimeField(default=timezone.now)
    students: models.ManyToManyField[Student, CaseloadPlace] = models.ManyToManyField(
        Student, through="CaseloadPlace", related_name="+"
    )

    class Meta:
        ordering = ["name"]


class CaseloadPlace(models.Model):
    """One student on one caseload."""

    caseload = models.ForeignKey(Caseload, models.CASCADE, related_name="places")
    student = models.ForeignKey(Student, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caseload", "student"], name="one_caseload")
        ]


class RoleGrant(models.Model):
    """A person has a role, so far as the scope reaches, from one day to another.

    `origin` is `records` (follows the staff assignments of the current snapshot, and
    ends with them) or `hand` (somebody gave it, with a reason).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=[(r, r) for r in Role])
    scope = models.CharField(max_length=20, choices=[(s, s) for s in Scope])
    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="+")
    grade = models.CharField(max_length=4, blank=True)
    section = models.ForeignKey(Section, models.CASCADE, null=True, related_name="+")
    caseload = models.ForeignKey(Caseload, models.CASCADE, null=True, related_name="+")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    origin = models.CharField(
        max_length=10, choices=[("records", "records"), ("hand", "hand")]
    )
    given_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="given"
    )
    reason = models.CharField(max_length=300, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "begins_on"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(scope__in=["school", "grade"]) | Q(school__isnull=False),
                name="a_school_is_named",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="ends_after_it_begins",
            ),
        ]


class PowersTurn(models.Model):
    """Once that an administrator switched powers on: in one session, for a while.

    `session` is a fingerprint of the session's key, so that powers do not follow the
    person into another browser.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="powers_turns")
    session = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "session", "until"])]


class ApiToken(models.Model):
    """A key with which a program reads for a person; never more than the person may.

    Only the hash of the secret is kept. `scopes` are of `tokens.TokenScope`.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    ends_on = models.DateField()
    used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
