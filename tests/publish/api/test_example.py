"""The example of the documentation does what it says: a program of its own, with a token of Alice's."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.utils import timezone

from apps.common.beats import beating
from apps.publish.models import Submission
from apps.search import ingest
from tests.api.conftest import server, token
from tests.auth.conftest import portal
from tests.flows.working import worker_running
from tests.transfer.conftest import mover_running

__all__ = ["portal", "server", "token"]
pytestmark = pytest.mark.django_db(transaction=True)
README = Path(__file__).parents[3] / "deploy" / "README.md"
BEGINNING = "## Publishing by programs"


@contextmanager
def all_running(index):
    def drain():
        ingest.drain(index.pk, clock=timezone.now)

    with worker_running(), mover_running(), beating(drain, every_s=0.05, what="entries"):
        yield


@pytest.fixture
def example(portal, token, alice, staging, index):
    """Runs it with a folder; what it says, and what it complains of."""
    text = README.read_text().split(BEGINNING)[1]
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]
    told = {"PORTAL": portal, "TOKEN": token(alice), "COLLECTION": str(staging.pk)}

    def example(folder):
        with all_running(index):
            return subprocess.run(
                [sys.executable, "-c", code],
                env={"PATH": os.defpath, **told, "FOLDER": folder},
                text=True,
                capture_output=True,
                timeout=60,
                check=False,
            )

    return example


def test_the_example_publishes_a_folder_and_finds_it(example, form, tmp_path):
    done = example("/chip")

    assert (done.returncode, done.stderr) == (0, "")
    one = Submission.objects.get()
    version = one.versions.get()
    assert f"Copied: 3 files to /Lysozyme/{one.short_id}/v1/chip" in done.stdout
    assert f"Found: {version.subject}" in done.stdout
    assert len(list((tmp_path / "archive" / "Lysozyme" / one.short_id / "v1" / "chip").iterdir())) == 3


def test_the_example_says_what_is_wrong(example, form):
    done = example("/nowhere")

    assert done.returncode == 1
    assert "/nowhere" in done.stderr
    assert Submission.objects.get().state == Submission.State.DRAFT
