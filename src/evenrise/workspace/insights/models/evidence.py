"""Written evidence: what was seen and heard, beside the numbers it explains."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenrise.vocabulary.text import Text
from evenrise.workspace.people.models import Person, School


class EvidenceKind(models.TextChoices):
    """How the evidence was gathered."""

    VISIT = "visit", _("Classroom visit")
    FOCUS_GROUP = "focus_group", _("Focus group")
    WALK = "walk", _("Learning walk")
    INTERVIEW = "interview", _("Interview")
    DOCUMENT = "document", _("Document")


class Readers(models.TextChoices):
    """Who may read a piece of evidence."""

    EVERYBODY = "everybody", _("Everybody who reads findings")
    SCHOOL = "school", _("The school's own people and the district's staff")


class WrittenIn(models.TextChoices):
    """The language of a text as its author wrote it; codes of BCP 47."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    CHINESE = "zh", _("Chinese")
    VIETNAMESE = "vi", _("Vietnamese")
    KOREAN = "ko", _("Korean")
    TAGALOG = "tl", _("Tagalog")
    ARABIC = "ar", _("Arabic")
    ARMENIAN = "hy", _("Armenian")
    OTHER = "und", _("Another language")


class SaidBy(models.TextChoices):
    """Whose words a quote is; never a name."""

    STUDENT = "student", _("A student")
    FAMILY = "family", _("A family member")
    TEACHER = "teacher", _("A teacher")
    STAFF = "staff", _("A member of the staff")
    LEADER = "leader", _("A school or district leader")
    COMMUNITY = "community", _("A neighbor or community partner")
    PAGE = "page", _("A document")


class LinkKind(models.TextChoices):
    """What evidence may stand beside."""

    FINDING = "finding", _("Finding")
    INDICATOR = "indicator", _("Indicator")
    SCHOOL = "school", _("School")


class Theme(models.Model):
    """What evidence is about. The starting list can be reworded and added to."""

    code = models.SlugField(unique=True)
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    about_en = models.CharField(max_length=300, blank=True)
    about_es = models.CharField(max_length=300, blank=True)
    place = models.IntegerField(default=100)
    own = models.BooleanField(default=True)  # the district's, not the starting list's

    class Meta:
        ordering = ["place", "id"]

    @property
    def name(self) -> Text:
        """Its name."""
        return Text(self.name_en, self.name_es)

    @property
    def about(self) -> Text | None:
        """What belongs to it, where somebody wrote it in both languages."""
        if not (self.about_en and self.about_es):
            return None
        return Text(self.about_en, self.about_es)


class Evidence(models.Model):
    """One visit, conversation or document, in its author's own words and language."""

    kind = models.CharField(max_length=20, choices=EvidenceKind.choices)
    title = models.CharField(max_length=160)
    held_on = models.DateField()
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    took_part = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=3, choices=WrittenIn.choices)
    text = models.TextField()
    readers = models.CharField(
        max_length=10, choices=Readers.choices, default=Readers.EVERYBODY
    )
    themes = models.ManyToManyField(Theme, related_name="evidence")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    version = models.IntegerField(default=1)
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-held_on", "-id"]


class Quote(models.Model):
    """Words that somebody said; names no student."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="quotes")
    place = models.IntegerField(default=0)
    text = models.TextField()
    said_by = models.CharField(max_length=12, choices=SaidBy.choices)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="quotes")

    class Meta:
        ordering = ["place", "id"]


class EvidenceLink(models.Model):
    """What a piece of evidence stands beside: a finding, an indicator, a school."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=LinkKind.choices)
    key = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["kind", "key"])]
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "kind", "key"], name="one_evidence_link"
            )
        ]


class EvidenceVersion(models.Model):
    """A piece of evidence as it stood before a change, whole."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="versions")
    number = models.IntegerField()
    content = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "number"], name="one_evidence_version"
            )
        ]
