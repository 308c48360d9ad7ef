"""Children that are kept running, and those that may come to an end."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.waiting import until

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = """
import sys
from apps.web.management.supervisor import Child, Supervisor
def child(name, code, may_end):
    return Child(name, [sys.executable, "-c", f"exit({code})"], may_end=may_end)
children = [child("once", 0, True), child("broken", 1, True), child("always", 0, False)]
Supervisor(children, say=lambda line: print(line, flush=True)).run()
"""


def test_a_child_that_may_end_and_ended_well_is_not_started_again(tmp_path):
    log = tmp_path / "log"
    with log.open("w") as said, subprocess.Popen([sys.executable, "-c", SCRIPT], cwd=ROOT, stdout=said) as process:
        until(lambda: all(log.read_text().count(name) > 2 for name in ("broken", "always")))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0

    assert "once" not in log.read_text()
