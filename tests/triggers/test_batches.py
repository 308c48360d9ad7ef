"""Files start runs together: so many of them, all of a group, what is left."""

from apps.triggers.models import Firing, SeenFile
from tests.triggers.conftest import batches, fates


def write(folder, *names):
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text("image")


def test_so_many_files_start_one_run_and_the_rest_waits(make_trigger, settled, raw):
    trigger = make_trigger(batch={"count": 3})
    write(raw, *(f"{number:02}.cbf" for number in range(8)))
    settled(trigger)

    assert batches(trigger) == [["00.cbf", "01.cbf", "02.cbf"], ["03.cbf", "04.cbf", "05.cbf"]]
    assert [fates(trigger)[name] for name in ("06.cbf", "07.cbf")] == ["settled", "settled"]


def test_what_is_left_starts_one_when_nothing_new_comes(make_trigger, settled, look, raw):
    trigger = make_trigger(batch={"count": 2, "quiet_s": 60})
    write(raw, "a", "b", "c")
    settled(trigger)
    look(trigger, passes=30)
    assert batches(trigger) == [["a", "b"]]
    look(trigger, passes=31)

    assert batches(trigger) == [["a", "b"], ["c"]]


def test_files_are_grouped_by_what_their_paths_say(make_trigger, settled, raw):
    trigger = make_trigger(pattern="chip_{chip}/*.cbf", batch={"count": 2, "group_by": ("chip",)})
    for chip in "AB":
        write(raw / f"chip_{chip}", "1.cbf", "2.cbf", "3.cbf")
    settled(trigger)

    assert sorted(batches(trigger)) == [["1.cbf", "2.cbf"], ["1.cbf", "2.cbf"]]
    assert [firing.facts["groups"] for firing in trigger.firings.order_by("facts")] == [{"chip": "A"}, {"chip": "B"}]


def test_a_marker_takes_all_of_its_group_when_it_has_settled(make_trigger, look, settled, raw):
    trigger = make_trigger(pattern="*.cbf", marker="DONE", batch={"count": None, "group_by": ("folder",)})
    write(raw / "one", "a.cbf", "b.cbf")
    write(raw / "two", "c.cbf")
    settled(trigger)
    assert batches(trigger) == []
    write(raw / "one", "late.cbf", "DONE")
    look(trigger)
    assert batches(trigger) == []
    look(trigger, passes=5)

    assert batches(trigger) == [["a.cbf", "b.cbf", "late.cbf"]]
    assert fates(trigger)["c.cbf"] == "settled"


def test_a_marker_that_is_written_again_takes_what_came_since(make_trigger, settled, raw):
    trigger = make_trigger(pattern="*.cbf", marker="DONE", batch={"count": None})
    write(raw, "a.cbf", "DONE")
    settled(trigger)
    write(raw, "b.cbf")
    settled(trigger)
    assert batches(trigger) == [["a.cbf"]]
    (raw / "DONE").write_text("again")
    settled(trigger)

    assert batches(trigger) == [["a.cbf"], ["b.cbf"]]


def test_a_file_with_a_marker_of_its_own_waits_for_it(make_trigger, settled, look, raw):
    trigger = make_trigger(pattern="*.cbf", marker="{name}.done")
    write(raw, "a.cbf", "b.cbf")
    settled(trigger)
    assert batches(trigger) == []
    write(raw, "a.cbf.done")
    look(trigger)

    assert batches(trigger) == [["a.cbf"]]
    assert trigger.files.get(path="/raw/b.cbf").message == "Its marker, b.cbf.done, is not there."


def test_a_group_is_complete_when_nothing_new_comes(make_trigger, settled, look, raw):
    trigger = make_trigger(batch={"count": None, "quiet_s": 60, "group_by": ("folder",)})
    write(raw / "one", "a", "b")
    settled(trigger)
    look(trigger, passes=50)
    write(raw / "one", "c")
    settled(trigger)
    look(trigger, passes=50)
    assert batches(trigger) == []
    look(trigger, passes=20)

    assert batches(trigger) == [["a", "b", "c"]]


def test_each_file_is_in_one_batch(make_trigger, settled, raw):
    trigger = make_trigger(batch={"count": 7, "quiet_s": 1})
    write(raw, *(f"{number:03}" for number in range(300)))
    settled(trigger)
    settled(trigger)

    taken = [name for batch in batches(trigger) for name in batch]
    assert sorted(taken) == [f"{number:03}" for number in range(300)]
    assert SeenFile.objects.filter(firing=None).count() == 0
    assert Firing.objects.count() == 43
