"""The audit log: who did what, and who looked at which student's page.

Written and never changed. A person is kept as key and name, not as a link: the log
outlives accounts.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class _Kept(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, the first time only.

        Raises:
            TypeError: when the row stands already.
        """
        if self.pk is not None:
            raise TypeError("What is on record is not changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse.

        Raises:
            TypeError: always.
        """
        del args, kwargs
        raise TypeError("What is on record is not removed.")


class LogEntry(_Kept):
    """One thing a person did. `about` and `details` never carry a child's data."""

    at = models.DateTimeField(db_index=True)
    person_key = models.BigIntegerField(null=True, db_index=True)
    person_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60, db_index=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_key = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["about_kind", "about_key"])]


class StudentLook(_Kept):
    """One look at one student's record, and why it was allowed (34 CFR 99.32).

    `where` says what was looked at: the student's page, an export, the API.
    """

    at = models.DateTimeField()
    student_key = models.CharField(max_length=250)
    person_key = models.BigIntegerField()
    person_name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    reason = models.CharField(max_length=40)
    where = models.CharField(max_length=40)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["student_key", "at"])]
