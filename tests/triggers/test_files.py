"""Files are noticed, settle, and start runs: each once."""

import os
from datetime import timedelta

import pytest

from apps.flows.models import Run
from apps.triggers import services as triggers
from apps.triggers.errors import InvalidTrigger
from tests.triggers.conftest import batches, fates


def test_a_new_file_starts_a_run_when_it_has_settled(make_trigger, look, raw, alice):
    trigger = make_trigger()
    (raw / "a.cbf").write_text("image")
    look(trigger)
    assert batches(trigger) == []
    look(trigger, passes=5)

    run = Run.objects.get()
    assert run.owner == alice
    assert run.input == {"word": "a.cbf", "files": ["/raw/a.cbf"]}
    assert run.label == "Hello"


def test_a_file_that_grows_has_not_settled(make_trigger, look, raw):
    trigger = make_trigger()
    for size in range(1, 4):
        (raw / "a.cbf").write_text("x" * size)
        look(trigger, passes=5)
        assert batches(trigger) == []
    look(trigger, passes=5)

    assert batches(trigger) == [["a.cbf"]]


def test_a_file_that_is_open_for_writing_has_not_settled(make_trigger, look, raw):
    trigger = make_trigger()
    with (raw / "a.cbf").open("w") as writing:
        writing.write("half")
        writing.flush()
        look(trigger)
        look(trigger, passes=3600)
        assert fates(trigger) == {"a.cbf": "new"}
    look(trigger, passes=5)

    assert batches(trigger) == [["a.cbf"]]


def test_each_file_is_taken_once(make_trigger, settled, look, raw):
    trigger = make_trigger()
    (raw / "a.cbf").write_text("image")
    settled(trigger)
    look(trigger, passes=3600)
    (raw / "a.cbf").write_text("changed")
    settled(trigger)

    assert batches(trigger) == [["a.cbf"]]


def test_a_changed_file_is_taken_again_if_that_is_wanted(make_trigger, settled, raw):
    trigger = make_trigger(is_taken_again=True)
    for text in ("image", "changed"):
        (raw / "a.cbf").write_text(text)
        settled(trigger)
        settled(trigger)

    assert batches(trigger) == [["a.cbf"], ["a.cbf"]]


def make_old(path, clock):
    path.write_text("image")
    an_hour_ago = (clock() - timedelta(hours=1)).timestamp()
    os.utime(path, (an_hour_ago, an_hour_ago))


def test_what_was_there_before_is_taken_if_that_is_wanted(make_trigger, settled, raw, clock):
    make_old(raw / "old.cbf", clock)
    new_alone, all_of_it = make_trigger(), make_trigger(takes_old=True)
    settled(new_alone)
    settled(all_of_it)

    assert batches(new_alone) == []
    assert fates(new_alone) == {"old.cbf": "ignored"}
    assert batches(all_of_it) == [["old.cbf"]]


def test_a_new_file_with_an_old_date_is_new(make_trigger, look, settled, raw, clock):
    trigger = make_trigger()
    look(trigger)
    make_old(raw / "copied.cbf", clock)
    settled(trigger)

    assert batches(trigger) == [["copied.cbf"]]


def test_a_paused_trigger_keeps_its_place(make_trigger, settled, raw, clock):
    trigger = make_trigger()
    settled(trigger)
    triggers.pause_trigger(trigger=trigger)
    (raw / "meanwhile.cbf").write_text("image")
    settled(trigger)
    assert batches(trigger) == []
    triggers.begin_trigger(trigger=trigger, now=clock())
    settled(trigger)

    assert batches(trigger) == [["meanwhile.cbf"]]


def test_what_does_not_fit_is_ignored_and_says_why(make_trigger, settled, raw):
    trigger = make_trigger(pattern="*.cbf", least_bytes=3, most_bytes=5)
    for name, text in {"a.cbf": "12", "b.cbf": "1234", "c.cbf": "123456", "notes.txt": "1234"}.items():
        (raw / name).write_text(text)
    settled(trigger)

    assert batches(trigger) == [["b.cbf"]]
    whys = dict(trigger.files.filter(state="ignored").values_list("path", "message"))
    assert whys == {
        "/raw/a.cbf": "It has 2 bytes, fewer than 3.",
        "/raw/c.cbf": "It has 6 bytes, more than 5.",
        "/raw/notes.txt": "It does not fit the pattern.",
    }


def test_a_file_that_goes_before_it_settles_starts_nothing(make_trigger, look, raw):
    trigger = make_trigger()
    (raw / "a.cbf").write_text("image")
    look(trigger)
    (raw / "a.cbf").rename(raw.parent / "elsewhere.cbf")
    look(trigger, passes=5)

    assert batches(trigger) == []
    assert fates(trigger) == {}


def test_a_file_has_to_be_old_enough(make_trigger, look, raw):
    trigger = make_trigger(least_age_s=600)
    (raw / "a.cbf").write_text("image")
    look(trigger)
    look(trigger, passes=300)
    assert batches(trigger) == []
    look(trigger, passes=310)

    assert batches(trigger) == [["a.cbf"]]


def test_folders_further_down_are_looked_at_if_that_is_wanted(make_trigger, settled, raw):
    (raw / "chip1").mkdir()
    shallow, deep = make_trigger(is_recursive=False), make_trigger()
    (raw / "chip1" / "a.cbf").write_text("image")
    settled(shallow)
    settled(deep)

    assert (batches(shallow), batches(deep)) == ([], [["a.cbf"]])


def test_a_link_is_no_file(make_trigger, settled, raw):
    (raw.parent / "secret").write_text("hidden")
    trigger = make_trigger()
    (raw / "link").symlink_to(raw.parent / "secret")
    settled(trigger)

    assert batches(trigger) == []


def test_a_name_that_is_no_text_is_ignored(make_trigger, settled, raw):
    trigger = make_trigger()
    (raw / os.fsdecode(b"\xff.cbf")).write_text("image")
    settled(trigger)

    assert batches(trigger) == []
    assert "UTF-8" in trigger.files.get().message


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"pattern": "x["}, "pattern"),
        ({"batch": {"group_by": ("chip",)}}, "batch.group_by.0"),
        ({"batch": {"count": None}}, "batch.count"),
        ({"least_bytes": 2, "most_bytes": 1}, "most_bytes"),
        ({"marker": "{name}"}, "marker"),
        ({"marker": "DONE"}, "batch.count"),
        ({"marker": "DONE", "pattern": "{chip}/*", "batch": {"count": None, "group_by": ("chip",)}}, "marker"),
    ],
)
def test_what_could_never_start_anything_is_refused(make_trigger, told, place):
    with pytest.raises(InvalidTrigger) as refused:
        make_trigger(**told)

    assert refused.value.place == place
