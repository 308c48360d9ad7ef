"""Functions that are given files of a collection, and leave files in one: as who asked, whole, or not at all."""

from errno import ENOSPC

import pytest
from django.db import connection
from django.utils import timezone

from apps.access.types import ALL_AUTHENTICATED, identity_urn
from apps.accounts import services as accounts
from apps.flows import computing
from apps.flows.computing.turns import Turn
from apps.flows.models import Action, Job
from apps.storage import services as storage
from apps.storage.models import Incoming
from apps.storage.types import FilePath
from tests.flows.computing.conftest import outcome, worker_on
from tests.transfer.conftest import destination, fill, here, make_place, source, there, tree
from tests.waiting import until

__all__ = ["destination", "here", "make_place", "source", "there"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def let(alice):
    """Gives somebody a rule."""

    def let(collection, user, permissions, path="/"):
        told = {"principal": identity_urn(accounts.known_by(user).pk), "path": FilePath.parse(path)}
        storage.add_rule(collection=collection, actor=alice, permissions=permissions, **told)

    return let


@pytest.fixture
def rules(admin, source, destination, let, bob, here, there):
    """Bob reads one collection and writes the other; there are three images."""
    let(source, bob, "r"), let(destination, bob, "rw")
    fill(here, **{"run__a.cbf": 10, "run__b.cbf": 20, "run__deep__c.cbf": 30, "other": 5})
    (here / "run" / "link").symlink_to(here / "other")


def at(collection, path, **more):
    return {"id": str(collection.pk), "path": path, **more}


@pytest.mark.parametrize(
    ("told", "given"),
    [
        ({"path": "/run"}, ["run/a.cbf", "run/b.cbf", "run/deep/c.cbf"]),
        ({"path": "/run//b.cbf"}, ["b.cbf"]),
        ({"path": "/run/", "names": ["b.cbf", "b.cbf"]}, ["run/b.cbf"]),
        ({"path": "/"}, ["root/other", "root/run/a.cbf", "root/run/b.cbf", "root/run/deep/c.cbf"]),
    ],
)
def test_a_function_is_given_a_file_or_a_folder_or_some_files_of_it(compute, with_files, rules, source, told, given):
    with_files("count")
    run = compute({"function": "count", "kwargs": {"images": at(source, **told)}})

    assert outcome(run)["result"] == [given]


def test_what_it_leaves_is_put_where_the_call_says(compute, with_files, rules, source, destination, there):
    with_files("count")
    calls = [
        {"function": "count", "kwargs": {"images": at(source, f"/run/{name}"), "results": at(destination, "/a/b")}}
        for name in ("a.cbf", "b.cbf")
    ]
    run = compute({"tasks": calls})

    assert run.status == "SUCCEEDED", run.error_cause
    sizes = {one.name: one.read_text() for one in (there / "a" / "b" / "sizes").iterdir()}
    assert sizes == {"a.cbf.txt": "10", "b.cbf.txt": "20"}


def test_a_command_is_told_the_paths_too(compute, with_files, rules, source, destination, there):
    copies = ["sh", "-c", 'cp "$0" "$1/copy"', "{images}", "{results}"]
    with_files("copy", kind="command", target=copies)
    run = compute({"function": "copy", "kwargs": {"images": at(source, "/other"), "results": at(destination, "/")}})

    assert run.status == "SUCCEEDED", run.error_cause
    assert (there / "copy").stat().st_size == 5


def test_a_large_file_goes_there_whole(compute, with_files, rules, destination, there):
    with_files("grow")
    told = {"results": at(destination, "/"), "files": 1, "size": 20 << 20}
    run = compute({"function": "grow", "kwargs": told})

    assert run.status == "SUCCEEDED", run.error_cause
    assert (there / "0000").read_bytes() == bytes(20 << 20)


def test_a_function_that_failed_leaves_nothing(compute, with_files, rules, source, destination, there):
    with_files("count")
    told = {"images": at(source, "/run"), "results": at(destination, "/"), "fails": True}

    assert outcome(compute({"function": "count", "kwargs": told}))["message"] == "count: ValueError: no beam today"
    assert tree(there) == {}


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("alice", ""),
        ("bob", ""),
        ("charlie", "You may not read /run"),
        ("charlie, shown another", "You may not read /run"),
    ],
)
def test_files_are_fetched_with_the_rights_of_who_asked(compute, with_files, rules, source, let, request, person, said):
    with_files("count", may_run=[ALL_AUTHENTICATED])
    user = request.getfixturevalue(person.partition(",")[0])
    if "shown" in person:
        let(source, user, "r", "/elsewhere")
    run = compute({"function": "count", "kwargs": {"images": at(source, "/run")}}, actor=user)

    assert (run.status, said in outcome(run).get("message", "")) == ("FAILED" if said else "SUCCEEDED", True)


def test_who_may_read_a_part_of_a_folder_is_not_given_the_rest(compute, with_files, rules, source, let, charlie):
    with_files("count", may_run=[ALL_AUTHENTICATED])
    let(source, charlie, "r", "/run/deep")
    whole = compute({"function": "count", "kwargs": {"images": at(source, "/run")}}, actor=charlie)
    part = compute({"function": "count", "kwargs": {"images": at(source, "/run/deep")}}, actor=charlie)

    assert "You may not read /run" in outcome(whole)["message"]
    assert outcome(part)["result"] == [["deep/c.cbf"]]


def test_nothing_is_run_if_what_it_leaves_may_not_be_put_there(compute, with_files, rules, source, destination, there):
    with_files("count")
    told = {"images": at(destination, "/"), "results": at(source, "/run")}

    assert "You may not write /run" in outcome(compute({"function": "count", "kwargs": told}))["message"]
    assert Job.objects.get().output is None


@pytest.mark.parametrize("kind", ["link", "folder", "itself", "above", "pipe", "hidden"])
def test_nothing_that_leads_elsewhere_is_followed(compute, with_files, rules, destination, there, kind, tmp_path):
    secret = tmp_path / "secret"
    (secret / "1").mkdir(parents=True)
    (secret / "1" / "key").write_text("S3CR3T")
    with_files("leave")
    told = {"results": at(destination, "/"), "target": str(secret), "kind": kind}
    run = compute({"function": "leave", "kwargs": told})

    assert run.status == "FAILED"
    assert tree(there) == {}
    assert (secret / "1" / "key").exists()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"path": "/../secret"}, "kwargs.images.path: This is no path"),
        ({"path": "run"}, "kwargs.images.path: This is no path"),
        ({"path": "/run", "names": ["../other"]}, "kwargs.images.path: This is no path"),
        ({"path": "/run", "names": "a"}, "kwargs.images.names: Names are a list"),
        ({"path": "/run", "id": "beamline"}, "kwargs.images.id: 'beamline' is no id"),
        ({"path": "/run/link"}, "count: This is no file"),
        ({"path": "/none"}, "count: There is no file"),
        ({"path": "/run", "names": ["link"]}, "count: /run/link is no file"),
        ({"path": "/run", "names": ["deep"]}, "count: /run/deep is no file"),
    ],
)
def test_a_place_that_is_none_is_refused(compute, with_files, rules, source, told, said):
    with_files("count")

    assert outcome(compute({"function": "count", "kwargs": {"images": at(source, **{"path": "/"}) | told}}))[
        "message"
    ].startswith(said)


@pytest.mark.parametrize(
    ("limits", "path"), [({"most_files": 2}, "/run"), ({"most_mib": 1}, "/large"), ({"most_mib": 1}, "/")]
)
def test_a_call_is_given_no_more_than_its_function_may_have(compute, with_files, rules, source, here, limits, path):
    fill(here, large=(1 << 20) + 1)
    with_files("count", limits=limits)
    told = outcome(compute({"function": "count", "kwargs": {"images": at(source, path)}}))["message"]

    assert told.startswith(f"count: A call of count has at most {limits.get('most_files', 10_000):,} files")


@pytest.mark.parametrize("told", [{"files": 5, "size": 1}, {"files": 2, "size": 700_000}])
def test_it_leaves_no_more_than_that_either(compute, with_files, rules, destination, there, told):
    with_files("grow", limits={"most_files": 4, "most_mib": 1})
    run = compute({"function": "grow", "kwargs": {**told, "results": at(destination, "/")}})

    assert "It left more" in outcome(run)["message"]
    assert tree(there) == {}


def test_what_cannot_be_put_there_whole_is_not_put_there_in_part(
    compute, with_files, rules, source, destination, there
):
    (there / "sizes" / "b.cbf.txt").mkdir(parents=True)
    with_files("count")
    run = compute({"function": "count", "kwargs": {"images": at(source, "/run"), "results": at(destination, "/")}})

    assert "/sizes/b.cbf.txt is there and is no file" in outcome(run)["message"]
    assert tree(there) == {"sizes": None, "sizes/b.cbf.txt": None}


def test_the_folder_that_it_worked_in_is_gone_and_so_are_those_of_the_killed(
    compute, with_files, rules, source, settings, tmp_path
):
    settings.HOME = tmp_path / "home"  # of nobody else: other tests compute at the same time
    with_files("count")
    left = settings.HOME / "computing" / "left"
    left.mkdir(parents=True)
    left.with_name("left.lock").touch()
    compute({"function": "count", "kwargs": {"images": at(source, "/run")}})

    assert list(left.parent.iterdir()) == []


def test_globus_compute_is_given_no_files(with_files):
    with pytest.raises(Exception, match="run here alone"):
        with_files("far", kind="globus", target="some id", endpoint="some id")


def test_canceled_while_files_are_fetched_it_ends(compute, with_files, rules, source, monkeypatch):
    with_files("count")
    compute({"function": "count", "kwargs": {"images": at(source, "/run")}}, works=False)
    told = {"clock": timezone.now}
    monkeypatch.setattr("apps.flows.computing.running.LOOKS_EVERY_S", 0)
    fetch = computing.fetching.fetch

    def canceled(*args, **how):
        Job.objects.update(cancel_at=timezone.now())
        return fetch(*args, **how)

    monkeypatch.setattr("apps.flows.computing.bench.fetch", canceled)
    computing.work("compute", **told)

    assert Job.objects.get().status == "canceled"


@pytest.fixture
def job(with_files, rules, source, destination, bob):
    """A call of Bob's, or of somebody else, that waits."""

    def job(name, *, user=bob, **kwargs):
        function = with_files(name)
        now = timezone.now()
        action = Action.objects.create(provider="compute", creator="bob", user=user, body={}, started_at=now)
        places = {"images": at(source, "/run"), "results": at(destination, "/")}
        told = {"kwargs": places | kwargs, "queue": function.queue, "asked_at": now, "turn_at": now}
        return Job.objects.create(action=action, number=0, function=function, **told)

    return job


def test_nobody_is_given_nothing(job, work):
    made = job("count", user=None)
    work()
    made.refresh_from_db()

    assert (made.status, made.error_code) == ("failed", "storage.no_such_collection")


@pytest.mark.django_db(transaction=True)
def test_after_a_kill_it_is_done_again_from_the_beginning(job, here, there, tmp_path, settings):
    made = job("linger", folder=str(tmp_path))
    with worker_on(connection) as worker:
        until((tmp_path / "nap-1").exists)
        worker.kill()
    (here / "run" / "d.cbf").touch()
    (tmp_path / "go").touch()
    later = timezone.now() + Turn.SPAN
    assert tree(there) == {}
    computing.work("compute", clock=lambda: later)
    made.refresh_from_db()

    assert (made.status, made.attempts) == ("succeeded", 2)
    assert (there / "result.txt").read_text() == "4"
    assert list((settings.HOME / "computing").iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_had_begun_to_put_is_thrown_away(job, there, tmp_path):
    made = job("linger", folder=str(tmp_path))
    with worker_on(connection) as worker:
        until((tmp_path / "nap-1").exists)
        worker.kill()
    known = Incoming.objects.create(
        collection_id=made.kwargs["results"]["id"],
        size=9,
        chunk_size=9,
        heard_at=timezone.now(),
        state={"id": "b" * 32},
    )
    left, kept = there / f".vitrine-{'a' * 32}.part", there / f".vitrine-{known.state['id']}.part"
    left.touch(), kept.touch(), (tmp_path / "go").touch()
    later = timezone.now() + Turn.SPAN
    computing.work("compute", clock=lambda: later)

    assert sorted(there.iterdir()) == [kept, there / "result.txt"]


def test_a_machine_without_room_says_so(compute, with_files, rules, source, monkeypatch):
    def full(*_):
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("apps.flows.computing.fetching._bring", full)
    with_files("count")
    told = outcome(compute({"function": "count", "kwargs": {"images": at(source, "/run")}}))["message"]

    assert told == "count: The machine that computes cannot hold the files: No space left on device."
