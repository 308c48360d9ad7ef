"""The whole of the demonstration in small: a beamline measures, and its record grows in a portal of real processes."""

import json
import os
import signal
import urllib.error
import urllib.request

import pytest

from apps.flows.ready_made.functions.serial import PLACE
from tests.test_running import Portal, free_port
from tests.waiting import until

pytestmark = pytest.mark.slow
IMAGES, EVERY = 32, 16
WITHIN_S = 240


@pytest.fixture
def portal(tmp_path):
    portal = Portal(tmp_path / "home", free_port())
    until(portal.answers, within_s=120)
    assert portal.command("load_sample", "--runs=1").wait(timeout=300) == 0
    yield portal
    portal.process.terminate()
    portal.process.wait(timeout=30)


@pytest.fixture
def measure(portal, tmp_path):
    """Measures a chip; its record's address, and how many images were made with diffraction."""

    def measure():
        log = tmp_path / "beamline.log"
        sizes = (f"--images={IMAGES}", f"--every={EVERY}", "--chips=1", "--rate=50")
        with log.open("w") as file:
            assert portal.command("beamline", "--publish", *sizes, stdout=file).wait(timeout=120) == 0
        said = log.read_text()
        return said.partition("board will be at ")[2].split()[0], int(said.partition("done, ")[2].split()[0])

    return measure


def fetched(url):
    """What stands there for somebody who is not signed in; None as long as there is nothing."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise
        return None


def record(url):
    told = fetched(f"{url}?format=json")
    return told and json.loads(told)["entries"][0]["content"]


def test_what_is_measured_is_seen_by_everybody_though_processes_are_killed(portal, measure):
    url, hits = measure()
    for queue in ("watch_folders", "--queues=compute", "--queues=celery"):
        os.kill(portal.processes(queue)[0], signal.SIGKILL)

    def is_whole():
        found = record(url)
        return found if found and found["board"]["counts"][0]["value"] == IMAGES else None

    found = until(is_whole, within_s=WITHIN_S)
    assert found["project_metadata"]["batch_info"]["total_number_of_hits"] == hits
    assert found["project_metadata"]["protein"] == PLACE.search(found["files"][0]["url"].rpartition("/")[0])["protein"]
    home = f"http://127.0.0.1:{portal.port}"
    pictures = [one["url"] for one in found["files"] if one["filename"] in ("composite.png", "powder.png")]
    assert [fetched(home + one)[:4] for one in pictures] == [b"\x89PNG"] * 2
    assert b'id="board"' in fetched(url)
