"""What can go wrong in search."""

from apps.common.errors import Conflict, Invalid, NotFound, TooLarge, Unavailable


class InvalidQuery(Invalid):
    """The query is not valid. Correct the part that the message names."""

    code = "search.invalid_query"


class QueryTooExpensive(Invalid):
    """The query would cost too much. Narrow it: fewer wildcards, facets or buckets, or a more selective filter."""

    code = "search.too_expensive"


class InvalidDocument(Invalid):
    """The document is not valid. Correct what the message names and send it again."""

    code = "search.invalid_document"


class NoSuchIndex(NotFound):
    """There is no such index, or you may not see it."""

    code = "search.no_such_index"


class NoSuchSubject(NotFound):
    """There is no such subject, or you may not see it."""

    code = "search.no_such_subject"


class IndexNotOpen(Conflict):
    """The index is being deleted. Reopen it before you write to it."""

    code = "search.index_not_open"


class TooManyViews(Invalid):
    """The entries of this subject differ so in `visible_to` that more than 64 views would be needed. Merge some."""

    code = "search.too_many_views"


class DocumentTooLarge(TooLarge):
    """The entry is larger than 10 MB. Leave out what nobody searches, or split the subject."""

    code = "search.document_too_large"


class EngineUnavailable(Unavailable):
    """The search engine cannot be reached now. What you send is kept; ask again in a few seconds."""

    code = "search.engine_unavailable"


class RebuildRuns(Conflict):
    """Another process is rebuilding this index. Wait for it, or for two minutes if it was killed."""

    code = "search.rebuild_runs"


class RebuildIncomplete(Conflict):
    """The rebuilt store and the database differ in their number of subjects. Start the rebuild again."""

    code = "search.rebuild_incomplete"


class PresentationChanged(Conflict):
    """Somebody else saved another version meanwhile. Look at it in the history, then save yours again."""

    code = "search.presentation_changed"


class NoSuchTask(NotFound):
    """There is no such task, or you may not see it."""

    code = "search.no_such_task"


class NoSuchRole(NotFound):
    """There is no such role on this index."""

    code = "search.no_such_role"


class LastOwner(Conflict):
    """This is the last owner of the index. Give the role to somebody else first."""

    code = "search.last_owner"


class RoleLimit(Conflict):
    """The index has as many roles as it may have. Give the role to a group, or take one back first."""

    code = "search.role_limit"


class BrokenUpload(Invalid):
    """The upload ended before all of it had come. Nothing of it was taken; send it again."""

    code = "search.broken_upload"
