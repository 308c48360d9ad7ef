"""Collections, and who may do what in them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from apps.access.types import ALL_AUTHENTICATED, Resource
from apps.accounts.models import User
from apps.common.digest import Digest
from apps.storage.types import FilePath


def _all_who_sign_in() -> list[str]:
    return [ALL_AUTHENTICATED]


class Collection(models.Model):
    """A place that holds files, by a name and under rules of its own.

    ``settings`` say where the storage is, as its kind wants it; ``sealed`` are its credentials, encrypted.
    ``base_path`` is what of the storage is shown, as a key of ``FilePath``. A guest collection has no storage of its
    own: it is the folder ``base_path`` of its ``parent``, and lets nobody do what its owner may not do there.
    ``keywords`` stand between commas. ``visible_to`` are principals. ``gives_signed_urls``: who may read a file may be
    sent to the storage for it, where a guest's own address is shown, too, so that a guest collection has to say so as
    well as its parent.
    """

    class Kind(models.TextChoices):
        POSIX = "posix", "A folder of this machine, or of a file system that it mounts"
        S3 = "s3", "S3, and what speaks it"
        SFTP = "sftp", "SFTP"
        HTTP = "http", "A web server, to read from"
        WEBDAV = "webdav", "WebDAV"
        GCS = "gcs", "Google Cloud Storage"
        AZURE = "azure", "Azure Blob"
        IRODS = "irods", "iRODS"
        DRIVE = "drive", "Google Drive"
        BOX = "box", "Box"
        GUEST = "guest", "A folder of another collection"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    description = models.TextField(max_length=4000, blank=True)
    keywords = models.CharField(max_length=1000, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="collections")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    settings = models.JSONField(default=dict, blank=True)
    sealed = models.TextField(blank=True, editable=False)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="guests")
    base_path = models.TextField(default="/")
    visible_to = models.JSONField(default=_all_who_sign_in)
    is_read_only = models.BooleanField(default=False)
    gives_signed_urls = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind="guest") ^ Q(parent=None), name="guests_alone_have_a_parent")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def resource(self) -> Resource:
        """What roles are held on: ``owner`` and ``admin`` may do everything there and give rules to others."""
        return Resource("collection", self.id)

    @property
    def base(self) -> FilePath:
        return FilePath.from_key(self.base_path)


class AccessRule(models.Model):
    """A principal may read (``r``), or read and write (``rw``), a path and all below it."""

    class Permissions(models.TextChoices):
        READ = "r", "Read"
        WRITE = "rw", "Read and write"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="rules")
    principal = models.CharField(max_length=100)
    path = models.TextField()
    path_digest = Digest(of="path")
    permissions = models.CharField(max_length=2, choices=Permissions.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["path", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "principal", "path_digest"], name="rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.principal}: {self.permissions} on {self.path}"

    @property
    def place(self) -> FilePath:
        return FilePath.from_key(self.path)


class Incoming(models.Model):
    """A file on its way in: over several requests, or in one long request, whose process may die.

    ``state`` is what the storage knows the upload by, ``tags`` are those of the receipts of its pieces, in order, and
    ``received`` is how many bytes these are. ``etag`` is that of the file once it is in its place, at ``done_at``;
    ``is_new`` says whether there was none before. Without an owner, somebody sends it who has not signed in, and whom
    the id alone tells from others.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="incoming")
    path = models.TextField()
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    size = models.BigIntegerField()
    chunk_size = models.BigIntegerField()
    state = models.JSONField()
    tags = models.JSONField(default=list)
    received = models.BigIntegerField(default=0)
    if_match = models.TextField(default="", blank=True)
    if_none_match = models.TextField(default="", blank=True)
    etag = models.TextField(default="", blank=True)
    is_new = models.BooleanField(default=True)
    heard_at = models.DateTimeField(db_index=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["heard_at", "id"]

    def __str__(self) -> str:
        return f"{self.path}: {self.received} of {self.size} bytes"

    @property
    def place(self) -> FilePath:
        return FilePath.from_key(self.path)

    @property
    def is_whole(self) -> bool:
        """Whether all pieces are there; an empty file is one piece of nothing."""
        return len(self.tags) == max(1, -(-self.size // self.chunk_size))
