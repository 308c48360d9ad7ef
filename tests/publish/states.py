"""All that a publication touches, whole: what is compared before it and after it was undone."""

from apps.flows.models import Identifier
from apps.publish.models import Submission, Version
from apps.search import services as search
from apps.search.models import Entry
from apps.search.types import Phrase, Query, Request
from apps.storage.models import AccessRule

STEPS = ["copy", "permit", "reserve", "ingest", "release"]
WORDS = ["Lysozyme", "Better", "soaked", "none"]
"""Of the first version and of the second, of what everybody sees and of what the team sees."""


def state_of(submission, *, root, index, people):
    """``root``: where the files go; ``people`` search the index, each for all the words."""
    now = Submission.objects.get(pk=submission.pk)
    entries = Entry.objects.filter(index=index).values_list("subject", "entry_id", "content_text", "visible_to")
    return {
        "files": [(str(one), one.is_dir() or one.stat().st_mtime_ns) for one in sorted(root.rglob("*"))],
        "rules": set(AccessRule.objects.values_list("pk", "principal", "path", "permissions")),
        "entries": sorted(map(str, entries)),
        "found": [found(index, word, person) for person in people for word in WORDS],
        "identifiers": list(Identifier.objects.order_by("name").values("name", "state", "url")),
        "versions": list(Version.objects.order_by("number").values("number", "state", "parts_json")),
        "draft": (now.state, now.number, now.content, now.files_json, now.wanted_json, now.revision),
    }


def found(index, word, person):
    """The subjects that somebody finds by a word: that is what the engine itself holds."""
    request = Request(Query(text=Phrase(word), by_subject=True))
    return [record.subject for record in search.find(index=index, request=request, actor=person).records]
