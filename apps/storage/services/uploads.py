"""Files that come in: in one request, or in pieces over several. Nothing is seen of one until it is there whole.

A large file has a row from its first byte on, in whichever way it comes: if the process dies, ``clear`` finds it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.errors import Conflict, Invalid, PortalError, PreconditionFailed, TooMany
from apps.common.parsing import id_in
from apps.storage.errors import ChecksumMismatch, NoSuchFile, NoSuchUpload, NotAFile, OutOfPlace
from apps.storage.models import Collection, Incoming
from apps.storage.services.conditions import Conditions, etag_of
from apps.storage.services.files import OpenCollection
from apps.storage.services.opening import open_storage
from apps.storage.services.receiving import Body, Piece
from apps.storage.types import Entry, FilePath, Receipt, Upload, chunks_of

CHUNK = 8 << 20
"""What of a file is held at once. A storage may want more for very large ones: S3 takes ten thousand pieces."""
KEPT = timedelta(days=7)
MOST_AT_ONCE = 100
log = logging.getLogger(__name__)


def under_way() -> set[str]:
    """What the storages know the uploads by that go on: whoever tidies up leaves these."""
    states = Incoming.objects.filter(done_at=None).values_list("state", flat=True)
    return {told for state in states for told in state.values()}


def put(
    files: OpenCollection, path: FilePath, body: Body, *, actor: Actor, conditions: Conditions, now: datetime
) -> tuple[str, bool]:
    """Write a file whole from one request. Gives its ETag, and whether there was none before.

    Raises:
        AccessDenied, NotAFile, NoSuchFile, QuotaExceeded.
        PreconditionFailed: the conditions are not met, before or after the bytes came.
        Incomplete, ChecksumMismatch: the body is not what it promised to be.
    """
    if body.length <= CHUNK:
        return _put_small(files, path, body, conditions)
    incoming = begin(files, path, body.length, actor=actor, conditions=conditions, now=now)
    try:
        _take(files, incoming, body, end=body.length)
        body.require_digests()
        _settle(files, incoming)
    except BaseException:
        _give_up_quietly(incoming)
        raise
    incoming.delete()
    return incoming.etag, incoming.is_new


def _put_small(files: OpenCollection, path: FilePath, body: Body, conditions: Conditions) -> tuple[str, bool]:
    _look(files, path, conditions)
    data = body.read(body.length)
    body.require_digests()
    found = _look(files, path, conditions)
    with _folder_named(path):
        return etag_of(files.write(path, data)), found is None


def begin(
    files: OpenCollection, path: FilePath, size: int, *, actor: Actor, conditions: Conditions, now: datetime
) -> Incoming:
    """Begin to write a file of this many bytes.

    Raises:
        AccessDenied, NotAFile, NoSuchFile, QuotaExceeded, PreconditionFailed.
        TooMany: the actor sends many files to this collection already.
    """
    found = _look(files, path, conditions)
    owner = _owner(actor)
    if Incoming.objects.filter(collection=files.collection, owner=owner, done_at=None).count() >= MOST_AT_ONCE:
        raise TooMany(f"{MOST_AT_ONCE} files are on their way in already. Finish some of them, or give them up.")
    with _folder_named(path):
        upload = files.begin(path, size, chunk_size=CHUNK)
    return Incoming.objects.create(
        collection=files.collection,
        path=path.key,
        owner=owner,
        size=size,
        chunk_size=upload.chunk_size,
        state=upload.state,
        if_match=conditions.if_match,
        if_none_match=conditions.if_none_match,
        is_new=found is None,
        heard_at=now,
    )


def get_upload(files: OpenCollection, path: FilePath, upload_id: str, *, actor: Actor) -> Incoming:
    """
    Raises:
        AccessDenied: the actor may not write there (any more).
        NoSuchUpload: there is none with this id of theirs.
    """
    files.require("rw", path)
    wanted = id_in(upload_id, NoSuchUpload)
    found = Incoming.objects.filter(pk=wanted, collection=files.collection, path=path.key, owner=_owner(actor)).first()
    if found is None:
        raise NoSuchUpload
    return found


def go_on(files: OpenCollection, incoming: Incoming, piece: Piece, body: Body, *, now: datetime) -> None:
    """Take a piece, or none if it is only asked how far the upload is; the last one puts the file in its place.

    A piece may repeat what is there already. What of it fills no whole chunk of the storage is not kept, so
    ``incoming.received`` may be less than the piece brought. A piece that breaks off is kept so far, unless it came
    with a digest: then it is kept if it is right, or not at all.

    Raises:
        Invalid: the piece is not of a file of this size, or too small to be kept.
        OutOfPlace: it begins further on than what is there.
        Incomplete, ChecksumMismatch, PreconditionFailed: see ``put``.
    """
    if piece.total != incoming.size:
        raise Invalid(f"This upload is of {incoming.size} bytes, not of {piece.total}.", place="Content-Range")
    if incoming.done_at is not None:
        return
    before = incoming.received
    if piece.start > before:
        raise OutOfPlace(details={"received": before})
    body.skip(min(before - piece.start, piece.length))
    if not incoming.is_whole:
        _take_safely(files, incoming, body, piece, now=now)
    if incoming.is_whole:
        _finish(files, incoming, now=now)
    elif piece.end > before == incoming.received:
        raise Invalid(f"Each piece but the last has at least {incoming.chunk_size} bytes.", place="Content-Range")


def give_up(incoming: Incoming) -> None:
    """Throw away what came. Of a file that is in its place, only that it came is forgotten.

    Raises:
        StorageAway, SignInFailed: it cannot be thrown away now.
    """
    if incoming.done_at is None:
        storage, base = open_storage(incoming.collection)
        try:
            storage.abort(_upload(incoming, incoming.place.below(base)))
        finally:
            storage.close()
    incoming.delete()


def give_up_all(collection: Collection) -> None:
    """As far as the storage lets it: what it keeps, its administrator has to look for."""
    for incoming in collection.incoming.all():
        _give_up_quietly(incoming)


def clear(*, now: datetime) -> None:
    """Give up what nothing was heard of for a week. What cannot be given up now is looked at again the next time."""
    for incoming in Incoming.objects.filter(heard_at__lt=now - KEPT).select_related("collection").iterator():
        _give_up_quietly(incoming)


def _give_up_quietly(incoming: Incoming) -> None:
    try:
        give_up(incoming)
    except PortalError as error:
        log.warning("upload %s cannot be given up now: %s", incoming.pk, error)


def _look(files: OpenCollection, path: FilePath, conditions: Conditions) -> Entry | None:
    """What is where a file is to be.

    Raises:
        AccessDenied, PreconditionFailed. NotAFile: something else is.
    """
    files.require("rw", path)
    found = files.find(path)
    if found is not None and not found.is_file:
        raise NotAFile(f"{path} is there and is no file. Choose another name.", place="path")
    conditions.require(found)
    return found


@contextmanager
def _folder_named(path: FilePath) -> Iterator[None]:
    """What is missing when something is to be written is the folder above."""
    try:
        yield
    except NoSuchFile as error:
        raise NoSuchFile(f"There is no folder {path.parent}. Make it first.", place="path") from error


def _take_safely(files: OpenCollection, incoming: Incoming, body: Body, piece: Piece, *, now: datetime) -> None:
    before = incoming.received
    try:
        _take(files, incoming, body, end=piece.end)
        body.require_digests()
    except PortalError:
        if not body.has_digest:
            _keep(incoming, before, now=now)
        raise
    _keep(incoming, before, now=now)


def _take(files: OpenCollection, incoming: Incoming, body: Body, *, end: int) -> None:
    """Write the chunks that the body holds whole, which goes up to ``end``, and read past the rest."""
    upload = _upload(incoming, files.place(incoming.place))
    for number, start, length in chunks_of(upload.size, upload.chunk_size):
        if start + length > end:
            body.skip(max(0, end - incoming.received))
            return
        if number >= len(incoming.tags):
            incoming.tags.append(files.write_chunk(upload, number, body.read(length)).tag)
            incoming.received += length


def _keep(incoming: Incoming, before: int, *, now: datetime) -> None:
    """Another request that goes on with the same upload would have to write the same: whoever is late is told."""
    same = Incoming.objects.filter(pk=incoming.pk, received=before, done_at=None)
    if not same.update(tags=incoming.tags, received=incoming.received, heard_at=now):
        raise Conflict("Another request goes on with this upload. Ask how far it is.")


def _finish(files: OpenCollection, incoming: Incoming, *, now: datetime) -> None:
    try:
        _settle(files, incoming)
    except (ChecksumMismatch, PreconditionFailed):
        _give_up_quietly(incoming)
        raise
    incoming.done_at = incoming.heard_at = now
    incoming.save(update_fields=["etag", "is_new", "done_at", "heard_at"])


def _settle(files: OpenCollection, incoming: Incoming) -> None:
    """Put the file in its place. The conditions are met just before: between the look and the deed is a moment, in
    which only another writer of the same file could come.
    """
    conditions = Conditions(incoming.if_match, incoming.if_none_match)
    incoming.is_new = _look(files, incoming.place, conditions) is None
    upload = _upload(incoming, files.place(incoming.place))
    pieces = zip(chunks_of(upload.size, upload.chunk_size), incoming.tags, strict=True)
    receipts = {number: Receipt(number, length, tag) for (number, _, length), tag in pieces}
    incoming.etag = etag_of(files.commit(upload, receipts))


def _upload(incoming: Incoming, place: FilePath) -> Upload:
    return Upload(place, incoming.size, incoming.chunk_size, incoming.state)


def _owner(actor: Actor) -> User | None:
    return actor if isinstance(actor, User) else None
