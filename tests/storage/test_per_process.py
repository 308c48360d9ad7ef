"""What a backend makes once in each process."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from apps.storage.backends.per_process import PerProcess


def test_nothing_is_made_before_it_is_asked_for():
    client = PerProcess(object)

    assert client.made is None
    assert client.get() is client.made


def test_threads_that_ask_at_once_share_one():
    client = PerProcess(object)

    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: client.get(), range(64)))

    assert found == {client.made}


def test_a_process_that_was_forked_has_none_yet_and_makes_its_own():
    client = PerProcess(object)
    ours = client.get()

    child = os.fork()
    if child == 0:
        os._exit(0 if client.made is None and client.get() is not ours and client.made else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert client.made is ours
