"""What a process that died left behind goes; what others are at stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.storage import services as storage
from apps.storage.models import Incoming
from apps.storage.types import FilePath
from apps.transfer import mover
from apps.transfer.mover import turns
from tests.transfer.conftest import fill, wish

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_nobody_goes_on_with_is_thrown_away_and_nothing_else(here, there, submit, destination, alice):
    fill(here, a=1)
    task = submit(wish("/a"))
    with storage.opened(destination, actor=alice) as files:
        lost, paused = (files.storage.begin(FilePath((name,)), 10, chunk_size=5) for name in ("lost", "paused"))
    told = {"collection": destination, "path": "/paused", "size": 10, "chunk_size": 5, "heard_at": timezone.now()}
    Incoming.objects.create(state=paused.state, **told)
    turns.take(timezone.now)

    mover.work(clock=lambda: timezone.now() + turns.Turn.SPAN + timedelta(seconds=1))

    task.refresh_from_db()
    assert task.status == "SUCCEEDED"
    left = "".join(one.name for one in there.iterdir())
    assert (lost.state["id"] in left, paused.state["id"] in left) == (False, True)
