"""The broker in a folder: what several processes write and read at once is whole, and each message is had once."""

import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from kombu import Connection

from portal import broker

broker.use()
MESSAGES = 200


@pytest.fixture
def elsewhere(monkeypatch):
    """Temporary files lie on another file system, in memory, as they do on many machines (where there is one)."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield


def connection(place):
    """To the broker in a folder, which is made."""
    folders = {name: place / name for name in ("messages", "control")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    both = {"data_folder_in": folders["messages"], "data_folder_out": folders["messages"]}
    options = {**both, "control_folder": folders["control"]}
    return Connection("filesystem://", transport_options={key: str(one) for key, one in options.items()})


def taken(message):
    message.ack()
    return json.dumps(message.payload["from"])


def test_each_message_is_had_once_and_whole_while_others_are_written(tmp_path, elsewhere):
    def write(writer):
        with connection(tmp_path) as broker, broker.SimpleQueue("bell") as queue:
            for number in range(MESSAGES):
                queue.put({"from": [writer, number], "text": "x" * 20_000})

    def read(_):
        with connection(tmp_path) as broker, broker.SimpleQueue("bell") as queue:
            return [taken(queue.get(timeout=30)) for _ in range(MESSAGES)]

    with ThreadPoolExecutor(8) as pool:
        writers, readers = pool.map(write, range(4)), pool.map(read, range(4))
        list(writers)
        had = [one for some in readers for one in some]

    assert sorted(had) == sorted(json.dumps([writer, number]) for writer in range(4) for number in range(MESSAGES))


def test_one_process_may_speak_to_two_brokers_with_queues_of_one_name(tmp_path):
    for place in (tmp_path / "one", tmp_path / "another"):
        with connection(place) as broker, broker.SimpleQueue("door") as queue:
            queue.put({"from": str(place)})
            assert taken(queue.get(timeout=5)) == json.dumps(str(place))
