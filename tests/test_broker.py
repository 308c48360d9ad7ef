"""The broker in a folder: what several processes write and read at once is whole, and each message is had once."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from kombu import Connection

from portal import broker

broker.use()
MESSAGES = 200


@pytest.fixture
def connect(tmp_path):
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    folders = {"data_folder_in": tmp_path / "messages", "data_folder_out": tmp_path / "messages"}
    options = {**folders, "control_folder": tmp_path / "control"}
    return lambda: Connection("filesystem://", transport_options={key: str(one) for key, one in options.items()})


def taken(message):
    message.ack()
    return json.dumps(message.payload["from"])


def test_each_message_is_had_once_and_whole_while_others_are_written(connect):
    def write(writer):
        with connect() as broker, broker.SimpleQueue("bell") as queue:
            for number in range(MESSAGES):
                queue.put({"from": [writer, number], "text": "x" * 20_000})

    def read(_):
        with connect() as broker, broker.SimpleQueue("bell") as queue:
            return [taken(queue.get(timeout=30)) for _ in range(MESSAGES)]

    with ThreadPoolExecutor(8) as pool:
        writers, readers = pool.map(write, range(4)), pool.map(read, range(4))
        list(writers)
        had = [one for some in readers for one in some]

    assert sorted(had) == sorted(json.dumps([writer, number]) for writer in range(4) for number in range(MESSAGES))
