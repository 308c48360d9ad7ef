"""What can go wrong with files. A storage says everything that happens to it in these words."""

from __future__ import annotations

from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable


class NoSuchCollection(NotFound):
    """There is no such collection, or it is not shown to you. Check its id, or sign in."""

    code = "storage.no_such_collection"


class NoSuchFile(NotFound):
    """There is no file or folder of this name. List the folder above it."""

    code = "storage.no_such_file"


class IllegalPath(Invalid):
    """This is no path of a collection. Begin with `/`, and leave out `..`, `.`, empty names and NUL."""

    code = "storage.illegal_path"


class AccessDenied(NotAllowed):
    """You may not do this there. Ask the owner of the collection for an access rule on this path."""

    code = "storage.access_denied"


class AlreadyThere(Conflict):
    """There is something of this name already. Choose another name, or delete it first."""

    code = "storage.already_there"


class NotAFolder(Conflict):
    """This is no folder. Name the folder that it is in."""

    code = "storage.not_a_folder"


class NotAFile(Conflict):
    """This is no file that can be read or written: a folder, a link that leads out, or a device."""

    code = "storage.not_a_file"


class Unreadable(Invalid):
    """The file cannot be looked into: it is broken, or more than the portal reads at once. Download it."""

    code = "storage.unreadable"


class FolderNotEmpty(Conflict):
    """The folder is not empty. Delete what is in it first, or delete it recursively."""

    code = "storage.folder_not_empty"


class Changed(Conflict):
    """The file was changed while it was read. Begin anew."""

    code = "storage.changed"


class ChecksumMismatch(Conflict):
    """What arrived is not what was sent. It was thrown away; send it again."""

    code = "storage.checksum_mismatch"


class Incomplete(Invalid):
    """The bytes ended before as many had come as were promised. Send them again."""

    code = "storage.incomplete"


class NoSuchUpload(NotFound):
    """There is no such upload of yours: it may have been given up, or forgotten after a week. Begin anew."""

    code = "storage.no_such_upload"


class OutOfPlace(Conflict):
    """The piece does not go on where the last one ended. Ask with `Content-Range: bytes */TOTAL` where that is."""

    code = "storage.out_of_place"


class QuotaExceeded(Conflict):
    """There is no room left on this storage. Delete something, or ask its administrator for more."""

    code = "storage.quota_exceeded"


class Unsupported(Invalid):
    """This kind of storage cannot do this."""

    code = "storage.unsupported"


class SignInFailed(Unavailable):
    """The storage refuses the collection's credentials. Its owner has to renew them."""

    code = "storage.sign_in_failed"


class StorageAway(Unavailable):
    """The storage cannot be reached now. Try again in a little while."""

    code = "storage.away"


class CannotWatch(Unavailable):
    """The system does not tell what changes in this folder, or in one below it. List it instead."""

    code = "storage.cannot_watch"


class InvalidCollection(Invalid):
    """The collection cannot be made like this. Correct what the message names."""

    code = "storage.invalid_collection"


class FoldersShared(Conflict):
    """Folders of this collection are shared. Delete the guest collections first."""

    code = "storage.folders_shared"


class NoSuchRule(NotFound):
    """There is no such access rule on this collection."""

    code = "storage.no_such_rule"


class NoticeNotSent(Unavailable):
    """The rule counts, but the mail server did not take the message to whom it lets in. Tell them yourself."""

    code = "storage.notice_not_sent"
