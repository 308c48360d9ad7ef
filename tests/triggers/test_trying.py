"""A trigger is tried before it begins: nothing is started, and nothing kept."""

import pytest

from apps.flows.models import Run
from apps.storage.errors import AccessDenied, NoSuchCollection
from apps.storage.types import FilePath
from apps.triggers import services as triggers
from apps.triggers.models import SeenFile, Trigger
from apps.triggers.types import Batch, Files, Message
from tests.triggers.conftest import BODY


@pytest.fixture
def attempt(alice, beamline, flow, clock):
    def attempt(watched=None, *, sample=None, body=BODY, actor=alice, batch=None, **files):
        watched = watched or Files(beamline.pk, FilePath.parse("/raw"), batch=Batch(**(batch or {})), **files)
        told = triggers.Told("Hello", watched, flow.pk, body)
        return triggers.try_trigger(actor=actor, told=told, sample=sample, now=clock())

    return attempt


def test_what_is_there_shows_what_would_happen(attempt, raw):
    for name in ("a.cbf", "b.cbf", "c.cbf", "notes.txt"):
        (raw / name).write_text("image")
    trial = attempt(pattern="*.cbf", batch={"count": 2})

    assert (trial.taken, trial.ignored, trial.batches) == (3, 1, 1)
    assert trial.start.input == {"word": "a.cbf", "files": ["/raw/a.cbf", "/raw/b.cbf"]}
    assert {file.path: file.why for file in trial.files}["/raw/notes.txt"] == "It does not fit the pattern."
    assert not Run.objects.exists()
    assert not SeenFile.objects.exists()
    assert not Trigger.objects.exists()


def test_paths_that_somebody_thinks_of_are_files(attempt):
    trial = attempt(pattern="chip_{chip}/*", sample={"paths": ["/raw/chip_A/1.cbf", "/raw/other"]})

    assert trial.happened["groups"] == {"chip": "A"}
    assert [file.groups for file in trial.files] == [{"chip": "A"}, {}]


def test_what_the_flow_would_not_take_is_told(attempt):
    trial = attempt(sample={"paths": ["/raw/a"]}, body={"body": {"name.$": "$.first.name"}})

    assert trial.start.input == {"name": "a"}
    assert "word" in trial.trouble


def test_a_template_that_leads_nowhere_is_told(attempt):
    trial = attempt(sample={"paths": ["/raw/a"]}, body={"body": {"word.$": "$.nowhere"}})

    assert trial.start is None
    assert "$.nowhere" in trial.trouble


def test_a_message_is_tried_on_what_it_would_say(attempt):
    trial = attempt(Message(), sample={"body": {"word": "hi"}}, body={"body": {"word.$": "$.body.word"}})

    assert (trial.start.input, trial.trouble) == ({"word": "hi"}, "")


def test_strangers_see_nothing_of_a_folder(attempt, charlie):
    with pytest.raises((AccessDenied, NoSuchCollection)):
        attempt(actor=charlie)
