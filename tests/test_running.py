"""``manage.py serve``: all of it starts, heals and stops together. Real processes on a free port."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.waiting import until

WORKER, MOVER, COMPUTER = "--queues=celery", "--queues=transfer", "--queues=compute,describe"
ROOT = Path(__file__).resolve().parent.parent
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Portal:
    """A portal that runs in processes of its own."""

    def __init__(self, home, port):
        self.home, self.port = home, port
        self.environ = {**os.environ, "VITRINE_HOME": str(home), "VITRINE_PORT": str(port)}
        self.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        self.log = Path(f"{home}.log")
        with self.log.open("w") as log:
            self.process = self.command("serve", "--prepare", stdout=log)

    def command(self, *words, **where):
        return subprocess.Popen(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.environ, stderr=subprocess.STDOUT, **where
        )

    def answers(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def processes(self, word=""):
        """The ids of the supervisor's children and theirs, by this portal's home in their environment and a word."""
        found = []
        for folder in Path("/proc").iterdir():
            try:
                is_mine = f"VITRINE_HOME={self.home}\0".encode() in (folder / "environ").read_bytes()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if is_mine and word in command and int(folder.name) != self.process.pid:
                found.append(int(folder.name))
        return found


@pytest.fixture
def portal(tmp_path):
    portal = Portal(tmp_path / "home", free_port())
    until(portal.answers, within_s=60)
    until(lambda: portal.processes(WORKER) and portal.processes(MOVER))
    yield portal
    portal.process.kill()
    portal.process.wait()
    until(lambda: not portal.processes())


def test_a_web_server_that_is_killed_comes_back(portal):
    before = portal.processes("gunicorn")

    os.kill(min(before), signal.SIGKILL)  # the master, which came first

    until(lambda: len(set(portal.processes("gunicorn")) - set(before)) == 3, within_s=10)
    until(lambda: not set(before) & set(portal.processes("gunicorn")), within_s=10)
    assert portal.answers()


@pytest.mark.parametrize(("queue", "name"), [(WORKER, "worker "), (MOVER, "mover  "), (COMPUTER, "compute")])
def test_a_worker_that_is_killed_is_started_again(portal, queue, name):
    [worker] = portal.processes(queue)

    os.kill(worker, signal.SIGKILL)

    until(lambda: set(portal.processes(queue)) - {worker}, within_s=5)
    assert f"{name} | ended (SIGKILL); starts again in 0.1 s" in portal.log.read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_all_of_it_within_seconds(portal, number):
    portal.process.send_signal(number)

    assert portal.process.wait(timeout=10) == 0
    assert portal.processes() == []
    assert portal.answers() is None


def test_nothing_outlives_a_supervisor_that_is_killed(portal):
    assert len(portal.processes()) >= 4

    portal.process.kill()

    until(lambda: not portal.processes(), within_s=10)


def test_another_machine_may_only_compute(portal):
    before = set(portal.processes())
    second = portal.command("serve", "--only", "gpu")
    until(lambda: portal.processes("--queues=gpu"))

    added = set(portal.processes()) - before - {second.pid}
    assert added == set(portal.processes("--queues=gpu"))
    second.terminate()
    assert second.wait(timeout=10) == 0
    until(lambda: not portal.processes("--queues=gpu"))


def test_a_port_that_is_taken_is_named(portal):
    second = portal.command("serve", stdout=subprocess.PIPE, text=True)

    said, _ = second.communicate(timeout=30)

    assert f"Port {portal.port} is taken by another program. Stop that, or set VITRINE_PORT." in said
    assert second.returncode == 1
