"""What was published."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from apps.common.json_text import JsonText
from apps.publish.models.forms import FormVersion
from apps.publish.models.submissions import Submission
from apps.publish.types import Part
from apps.search.models import Index
from apps.storage.models import Collection
from apps.storage.types import FilePath


class VersionQuerySet(models.QuerySet["Version"]):
    def joined(self) -> VersionQuerySet:
        """With all that the steps of publishing, and of taking back, need of it."""
        people = ("submission__form__publisher", "submission__author")
        return self.select_related(*people, "form_version", "index", "collection")


class Version(models.Model):
    """A submission as it was published once, which stays citable: its content, who may see it, its identifier.

    ``parts_json`` are the entries that it is in the index, ``folder`` where its files are, ``files_json`` what they
    are. It is COMING until all of it is done; until then ``before_json`` are the entries that the subject had, which
    are put back when it fails, and ``undo_json`` is how far that went, or its withdrawal. ``opens_at`` is when its
    embargo lifts, ``opened_at`` since when the index and the rules on its files know of that.
    """

    class State(models.TextChoices):
        COMING = "coming", "Being published"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.COMING)
    name = models.CharField(max_length=300)
    subject = models.CharField(max_length=500, db_index=True)
    index = models.ForeignKey(Index, on_delete=models.SET_NULL, null=True, related_name="+")
    collection = models.ForeignKey(Collection, on_delete=models.SET_NULL, null=True, related_name="+")
    folder_key = models.TextField(blank=True)
    content = JsonText(default=dict)
    parts_json = JsonText(default=list)
    before_json = JsonText(default=list)
    files_json = JsonText(default=list)
    identifier = models.CharField(max_length=200, blank=True)
    identifier_service = models.CharField(max_length=10, blank=True)
    identifier_link = models.CharField(max_length=400, blank=True)
    opens_at = models.DateTimeField(null=True, db_index=True)
    opened_at = models.DateTimeField(null=True)
    run_id = models.UUIDField(null=True)
    undo_json = JsonText(default=dict)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=100, blank=True)
    reason = models.TextField(max_length=4000, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="submission_version_once")]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"

    @property
    def parts(self) -> list[Part]:
        return [Part.from_json(one) for one in self.parts_json]

    @property
    def main(self) -> Part:
        """What all see who see the record at all."""
        return next(part for part in self.parts if not part.entry_id)

    def visible_to(self, part: Part, now: datetime) -> tuple[str, ...]:
        """The principals who see a part of it now: an embargo is over on its day, whoever looks."""
        is_open = self.opens_at is not None and self.opens_at <= now
        return part.opens_to if is_open and part.opens_to else part.visible_to

    @property
    def folder(self) -> FilePath | None:
        """None: it has no files."""
        return FilePath.from_key(self.folder_key) if self.folder_key else None
