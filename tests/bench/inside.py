"""What must be done inside of a portal, with its settings: making people and an index, and seeing how it asks.

Run as ``python -m tests.bench.inside people|asked|pages|who`` with the portal's environment; the answer is a pickle
on stdout. ``pages`` takes its pace: runs, warm-ups and seconds; ``who`` runs and warm-ups.
"""

from __future__ import annotations

import base64
import pickle
import sys
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import django
from django.conf import settings

from tests.bench import corpus, questions

SLUG = "bench"
OWNER = "owner"


@dataclass(frozen=True)
class Asked:
    """What the portal's services ask the engine: each variant of each query, as each caller."""

    store: Any
    queries: dict[str, list[Any]]
    audiences: dict[int, Any]


@dataclass
class Recorder:
    """An engine that remembers what it is asked, and finds nothing."""

    heard: list[tuple[Any, ...]] = field(default_factory=list)

    def search(self, *question: Any) -> Any:
        from apps.search.types import Results

        self.heard.append(question)
        return Results(total=0, hits=())


def people() -> dict[str, str]:
    """Make the index with its owner, and a caller for each number of groups. Gives tokens, new ones each time."""
    from django.utils import timezone

    from apps.accounts.models import Group, Membership, User
    from apps.accounts.services import identities_of, make_token, make_user
    from apps.search.models import Index
    from apps.search.services import create_index

    names = [OWNER, *(f"caller{number}" for number in corpus.PRINCIPALS)]
    if not User.objects.filter(username=OWNER).exists():
        users = {name: make_user(username=name, password=None) for name in names}
        groups = [Group(pk=corpus.group_id(n), name=f"Group {n}") for n in range(-1, corpus.MOST_GROUPS)]
        Group.objects.bulk_create(groups)
        for number in corpus.PRINCIPALS:
            identity = identities_of(users[f"caller{number}"])[0]
            mine = groups[1 : number + 1]
            Membership.objects.bulk_create([Membership(group=group, identity=identity) for group in mine])
        assert not Index.objects.filter(slug=SLUG).exists()
        create_index(actor=users[OWNER], display_name="Bench", slug=SLUG)
    until = timezone.now() + timedelta(days=7)
    return {name: make_token(user=User.objects.get(username=name), name="bench", expires_at=until)[1] for name in names}


def asked() -> Asked:
    """How the services ask the engine, heard by one that only listens."""
    from apps.accounts.models import User
    from apps.search import services as search
    from apps.search.backends import engine
    from apps.search.forms import document
    from apps.search.models import Index

    settings.SEARCH_BACKENDS["recorder"] = (f"{__name__}.Recorder", {})
    settings.SEARCH_BACKEND = "recorder"
    engine.cache_clear()
    recorder, index = engine(), Index.objects.get(slug=SLUG)
    queries: dict[str, list[Any]] = {}
    audiences = {}
    for number in corpus.PRINCIPALS:
        caller = User.objects.get(username=f"caller{number}")
        for name, documents in questions.documents().items():
            queries[name] = []
            for one in documents:
                search.find(index=index, request=document.search(one), actor=caller)
                store, query, audiences[number] = recorder.heard[-1]
                queries[name].append(query)
    return Asked(store, queries, audiences)


if __name__ == "__main__":
    django.setup()
    from tests.bench import inside, pages, who  # the module itself: what is pickled must not be of __main__

    what, *pace = sys.argv[1:]
    ways: dict[str, Any] = {
        "people": inside.people,
        "asked": inside.asked,
        "pages": partial(pages.measure, SLUG),
        "who": who.measure,
    }
    done = ways[what](*map(int, pace))
    print(base64.b64encode(pickle.dumps(done)).decode())
