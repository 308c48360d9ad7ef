"""What happens starts runs, within limits; a trigger of which nothing comes rests."""

from datetime import timedelta

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.flows import services as flows
from apps.flows.models import Run
from apps.triggers import engine, tasks
from apps.triggers import services as triggers
from apps.triggers.models import Trigger
from apps.triggers.types import Message
from tests.flows.conftest import HELLO
from tests.triggers.conftest import batches, work


def files_come(raw, *names):
    for name in names:
        (raw / name).write_text("image")


def states(trigger):
    return [firing.state for firing in trigger.firings.order_by("pk")]


def test_a_run_that_succeeds_is_told(make_trigger, settled, finish, raw):
    trigger = make_trigger()
    files_come(raw, "a")
    settled(trigger)
    assert states(trigger) == ["going"]
    finish(trigger)

    assert states(trigger) == ["done"]
    assert Trigger.objects.get().fired == 1


def test_begun_twice_it_is_the_same_run(make_trigger, settled, raw, clock):
    trigger = make_trigger()
    files_come(raw, "a")
    settled(trigger)
    trigger.firings.update(state="due", due_at=clock())
    work(clock)

    assert Run.objects.count() == 1
    assert states(trigger) == ["going"]


def test_so_many_runs_go_on_at_once(make_trigger, settled, finish, raw):
    trigger = make_trigger(limits={"most_at_once": 2})
    files_come(raw, "a", "b", "c")
    settled(trigger)
    assert states(trigger) == ["going", "going", "due"]
    assert trigger.firings.get(state="due").message == "2 runs go on; more have to wait."
    finish(trigger)

    assert states(trigger) == ["done", "done", "going"]


def test_so_many_runs_are_started_an_hour(make_trigger, settled, look, raw):
    trigger = make_trigger(limits={"most_per_hour": 2})
    files_come(raw, "a", "b", "c")
    settled(trigger)
    look(trigger, passes=3500)
    assert batches(trigger) == [["a"], ["b"]]
    look(trigger, passes=200)

    assert batches(trigger) == [["a"], ["b"], ["c"]]


def test_an_input_that_the_flow_does_not_take_fails_and_says_why(make_trigger, settled, raw):
    trigger = make_trigger(body={"body": {"name.$": "$.first.name"}})
    files_come(raw, "a")
    settled(trigger)

    assert states(trigger) == ["failed"]
    assert "word" in trigger.firings.get().message
    assert Trigger.objects.get().errors == 1


def test_a_template_that_leads_nowhere_fails_and_says_where(make_trigger, settled, raw):
    trigger = make_trigger(body={"body": {"word.$": "$.groups.chip"}})
    files_come(raw, "a")
    settled(trigger)

    assert "$.groups.chip" in trigger.firings.get().message


def test_a_trigger_of_which_nothing_comes_rests_and_says_why(make_trigger, settled, look, raw, clock):
    trigger = make_trigger(body={"body": {}}, limits={"most_failures": 2})
    files_come(raw, "a", "b", "c")
    settled(trigger)
    trigger.refresh_from_db()
    assert (trigger.state, trigger.inactive["cause"]) == ("paused", "failures")
    assert states(trigger) == ["failed", "failed", "due"]
    triggers.begin_trigger(trigger=trigger, now=clock())
    look(trigger, passes=5)

    assert states(trigger) == ["failed", "failed", "failed"]


def test_a_right_that_was_lost_starts_nothing(make_trigger, make_flow, alice, bob, clock):
    flow = make_flow({"Say": HELLO}, roles={"starter": [identity_urn(accounts.identities_of(bob)[0].pk)]})
    trigger = make_trigger(Message(), flow=flow, actor=bob)
    flows.change_flow(flow=flow, actor=alice, told=flows.FlowChanges(roles={"starter": []}))
    trigger.firings.create(key="1", at=clock(), due_at=clock(), facts={})
    work(clock)

    assert states(trigger) == ["failed"]
    assert not Run.objects.exists()


def test_a_run_that_nobody_told_of_is_looked_after(make_trigger, settled, raw, clock):
    trigger = make_trigger()
    files_come(raw, "a")
    settled(trigger)
    Run.objects.update(status=Run.Status.FAILED, ended_at=clock())
    clock.forward(301)
    due = engine.firings_due(clock())

    assert due == [trigger.firings.get().pk]


def test_the_template_sees_what_is_in_the_first_file(make_trigger, settled, raw):
    trigger = make_trigger(is_described=True, body={"body": {"word.$": "$.described.contents.header"}})
    (raw / "a.cbf").write_text(
        "###CBF: VERSION 1.5\ndata_image\n_array_data.header_contents\n;\n# Wavelength 0.97 A\n;\n"
    )
    settled(trigger)

    assert states(trigger) == ["going"], trigger.firings.get().message
    assert Run.objects.get().input["word"]


def test_the_template_sees_who_and_when(make_trigger, settled, raw, alice):
    trigger = make_trigger(
        body={"body": {"word.$": "$.owner.email", "name.$": "$.trigger.name", "at.$": "$.firing.at"}}
    )
    files_come(raw, "a")
    settled(trigger)

    told = Run.objects.get().input
    assert (told["word"], told["name"]) == (alice.email, "Hello")
    assert told["at"] == trigger.firings.get().at.isoformat()


def test_firings_are_kept_as_long_as_the_administrator_says_and_files_for_ever(
    make_trigger, settled, finish, raw, clock, settings
):
    trigger = make_trigger()
    files_come(raw, "a")
    settled(trigger)
    finish(trigger)
    settings.RUNS_KEPT_DAYS = 7
    tasks.forget_firings()
    assert states(trigger) == ["done"]

    trigger.firings.update(at=clock() - timedelta(days=9), ended_at=clock() - timedelta(days=8))
    tasks.forget_firings()
    settled(trigger)

    assert states(trigger) == []
    assert [(file.state, file.firing) for file in trigger.files.all()] == [("taken", None)]
