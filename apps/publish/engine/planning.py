"""What will happen when a submission is published: worked out from what it says, with nothing changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from apps.common.errors import NotAllowed, PortalError
from apps.flows import services as flows
from apps.flows.models import Flow
from apps.publish import patterns
from apps.publish.engine import audiences, copies
from apps.publish.engine.plans import Copy, Plan
from apps.publish.models import Submission, Version
from apps.publish.types import Fault, FormDocument, Identifiers
from apps.search import services as search
from apps.search.models import Entry, Index
from apps.storage import services as storage
from apps.storage.errors import IllegalPath
from apps.storage.models import Collection
from apps.storage.types import FilePath


def name_of(submission: Submission, document: FormDocument) -> str:
    """What it is called; "" as long as that is not filled in."""
    try:
        name = patterns.filled(document.name, _facts(submission, ""), submission.content)
    except patterns.Gap:
        return ""
    return name[: submission._meta.get_field("name").max_length or None]


def url_of(submission_id: uuid.UUID, number: int) -> str:
    """Where a version can be cited: its page here, for ever."""
    return f"{settings.PUBLIC_URL}/records/{submission_id}/v{number}/"


def plan_for(submission: Submission, document: FormDocument, now: datetime) -> Plan:
    """The plan as things stand. Sources are looked at in the author's name, all else in that of the form's publisher:
    so it is what will be done, whoever looks at it."""
    return _Planner(submission, document, now).plan()


class _Planner:
    def __init__(self, submission: Submission, document: FormDocument, now: datetime) -> None:
        self.submission, self.document, self.now = submission, document, now
        self.publisher = submission.form.publisher
        self.faults: list[Fault] = []
        self.free: int | None = None

    def plan(self) -> Plan:
        document, submission = self.document, self.submission
        newest = submission.versions.filter(state=Version.State.PUBLISHED).first()
        identifier = self._identifier()
        index, collection = self._index(), self._collection()
        folder = self._folder(collection, identifier) if submission.files_json else None
        found = tuple(self._copies(folder or FilePath())) if submission.files_json else ()
        self._require_room(found, collection)
        if newest is not None and not submission.files_json:
            collection, folder = newest.collection, newest.folder
        readers, later = audiences.audience(submission, document)
        return Plan(
            number=submission.number,
            name=submission.name or str(submission),
            url=url_of(submission.pk, submission.number),
            subject=newest.subject if newest else self._subject(index, identifier),
            index=index,
            collection=collection if folder else None,
            folder=folder,
            copies=found,
            keeps_files_of=newest if newest and folder and not found else None,
            parts=tuple(audiences.parts(submission, document)),
            readers=readers,
            later=later,
            opens_at=audiences.opens_at(submission.wanted),
            service=document.identifier,
            identifier=identifier,
            supersedes=newest,
            flow=self._flow(),
            faults=tuple(self.faults),
        )

    def _copies(self, folder: FilePath) -> Iterator[Copy]:
        for one in copies.copies(self.submission, folder):
            if isinstance(one, Fault):
                self.faults.append(one)
            else:
                yield one

    def _require_room(self, found: tuple[Copy, ...], collection: Collection | None) -> None:
        """What is not known is no fault: the storage says so when it is full."""
        size = sum(copy.size for copy in found)
        if collection is not None and self.free is not None and size > self.free:
            told = f"They are {size:,} bytes, and “{collection.name}” has room for {self.free:,}."
            self._fault("/files", f"The files do not fit. {told} Choose fewer, or ask who administers it for more.")

    def _fault(self, pointer: str, message: str) -> None:
        self.faults.append(Fault(pointer, message))

    def _identifier(self) -> str:
        if self.document.identifier is Identifiers.NONE:
            return ""
        try:
            flows.require_minter(self.publisher)
            minter = flows.minter_of(self.document.identifier)
        except PortalError as error:
            self._fault("/identifier", error.message)
            return ""
        return minter.name_for(f"{self.submission.pk} {self.submission.number}")

    def _index(self) -> Index | None:
        try:
            index = search.get_index(name=self.document.index, actor=self.publisher)
            search.require(index=index, actor=self.publisher, role="writer", is_open=True)
        except PortalError as error:
            self._fault("/form/index", f"The form cannot publish to its index: {error.message}")
            return None
        return index

    def _collection(self) -> Collection | None:
        try:
            collection = storage.get_collection(uuid.UUID(self.document.collection), actor=self.publisher)
            if not storage.administers(self.publisher, collection):
                raise NotAllowed("Who made it does not administer it any more.")
        except (ValueError, PortalError) as error:
            if self.submission.files_json:
                self._fault("/form/collection", f"The form cannot publish to its collection: {error}")
            return None
        return collection

    def _flow(self) -> Flow | None:
        flow_id = uuid.UUID(self.document.flow) if self.document.flow else flows.ready_made_id("publication")
        try:
            flow = flows.get_flow(flow_id, actor=self.submission.author)
            flows.require_flow(self.submission.author, "starter", flow)
        except PortalError as error:
            self._fault("/form/flow", f"The flow that publishes cannot be started: {error.message}")
            return None
        return flow

    def _subject(self, index: Index | None, identifier: str) -> str:
        subject = self._filled("subject", self.document.subject, identifier)
        if index is not None and subject and Entry.objects.filter(index=index, subject=subject).exists():
            self._fault("/subject", f"The index tells of “{subject}” already, and not by this submission.")
        return subject

    def _folder(self, collection: Collection | None, identifier: str) -> FilePath | None:
        told = self._filled("path", self.document.path, identifier, is_path=True)
        if not told or collection is None:
            return None
        try:
            folder = FilePath.parse(told)
        except IllegalPath as error:
            self._fault("/path", f"The files cannot go to {told}: {error.message}")
            return None
        folder = folder if "{version}" in self.document.path else folder / f"v{self.submission.number}"
        try:
            with storage.opened(collection, actor=self.publisher) as files:
                self.free = files.free_bytes()
                if files.find(folder) is not None:
                    self._fault("/path", f"There is something at {folder} of “{collection.name}” already.")
        except PortalError as error:
            self._fault("/path", error.message)
        return folder

    def _filled(self, place: str, pattern: str, identifier: str, *, is_path: bool = False) -> str:
        facts = _facts(self.submission, identifier) | {"year": str(self.now.year)}
        try:
            return patterns.filled(pattern, facts, self.submission.content, is_path=is_path)
        except patterns.Gap as gap:
            self._fault(f"/{gap.name.replace('.', '/')}", f"This is needed: it stands in the {place}, {pattern}.")
            return ""


def _facts(submission: Submission, identifier: str) -> dict[str, str]:
    return {
        "id": submission.short_id,
        "version": str(submission.number),
        "url": f"{settings.PUBLIC_URL}/records/{submission.pk}/",
        "identifier": identifier,
        "year": "",
    }
