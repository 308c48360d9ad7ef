"""S13, S15 to S23 by the unmodified SDK: what is written becomes a task, and the task tells how it went."""

import pytest
from globus_sdk import SearchAPIError

from apps.search.models import Task
from tests.api.oracle import ACKNOWLEDGED, LATER, TASK, differences, fixture
from tests.search.conftest import drained


def done(answer):
    """The task of an acknowledged write, after a worker has been there."""
    return drained(Task.objects.get(pk=answer["task_id"]))


def meta(subject, visible_to=("public",), **more):
    return {"subject": subject, "visible_to": list(visible_to), "content": {"title": subject}, **more}


def listed(*entries):
    return {"ingest_type": "GMetaList", "ingest_data": {"gmeta": list(entries)}}


@pytest.fixture
def client(sdk, alice):
    return sdk(alice)


def test_one_entry_is_ingested_and_found(client, sdk, index):
    answer = client.ingest(index.pk, {"ingest_type": "GMetaEntry", "ingest_data": meta("https://example.org/a")})
    done(answer)

    assert differences(answer.data, ACKNOWLEDGED) == []
    assert answer["acknowledged"] is True
    assert sdk().get_subject(index.pk, "https://example.org/a")["entries"][0]["content"]["title"]


def test_a_list_of_entries_is_one_task(client, sdk, index):
    document = listed(meta("a"), meta("b"), meta("b", id="more"), meta("c"))
    answer = client.ingest(index.pk, {"@datatype": "GIngest", "@version": "2016-11-09", **document})
    task = done(answer)

    assert (task.state, task.done) == ("SUCCESS", 4)
    assert sdk().search(index.pk, "*")["total"] == 3


def test_a_task_tells_how_it_went(client, index):
    answer = client.ingest(index.pk, listed(meta("a"), meta("b")))
    waiting = client.get_task(answer["task_id"])
    done(answer)
    told = client.get_task(answer["task_id"])

    assert differences(waiting.data, TASK) == []
    assert differences(told.data, TASK | {"completion_date": LATER}) == []
    assert (waiting["state"], waiting["state_description"]) == ("PENDING", "Task is waiting to start")
    assert (told["state"], told["state_description"], told["task_type"]) == ("SUCCESS", "Task succeeded", "INGEST")
    assert len(told["completion_date"]) == len(LATER)


def test_the_tasks_of_an_index_are_listed_newest_first(client, index):
    ids = [client.ingest(index.pk, listed(meta(name)))["task_id"] for name in "abc"]

    told = client.get_task_list(index.pk)

    assert differences(told.data, {"index_id": "", "tasks": [TASK]}) == []
    assert [one["task_id"] for one in told["tasks"]] == ids[::-1]
    assert told["index_id"] == str(index.pk)


def test_an_entry_that_comes_again_replaces_the_first_whole(client, index):
    done(client.ingest(index.pk, listed(meta("a") | {"content": {"x": 1, "y": 1}}, meta("a", id="other"))))
    done(client.ingest(index.pk, listed(meta("a") | {"content": {"x": 2}})))

    told = client.get_subject(index.pk, "a")

    assert [one["content"] for one in told["entries"]] == [{"x": 2}, {"title": "a"}]


@pytest.mark.usefixtures("shelf")
def test_a_subject_is_deleted_with_all_its_entries(client, index):
    answer = client.delete_subject(index.pk, "sub/5")
    task = done(answer)

    assert differences(answer.data, fixture("batch_delete_by_subject")) == []
    assert (task.state, task.done) == ("SUCCESS", 1)
    with pytest.raises(SearchAPIError, match="no such subject"):
        client.get_subject(index.pk, "sub/5")


@pytest.mark.usefixtures("shelf")
def test_an_entry_is_deleted_alone(client, index):
    done(client.delete_entry(index.pk, "sub/5", entry_id="notes"))
    assert [one["entry_id"] for one in client.get_subject(index.pk, "sub/5")["entries"]] == [None]

    done(client.delete_entry(index.pk, "sub/5"))
    assert client.search(index.pk, "*")["total"] == 4


@pytest.mark.usefixtures("shelf")
def test_subjects_are_deleted_by_list(client, index):
    answer = client.batch_delete_by_subject(index.pk, ["sub/1", "sub/2", "none"])
    done(answer)

    assert differences(answer.data, fixture("batch_delete_by_subject")) == []
    assert client.search(index.pk, "*", query_params={"bypass_visible_to": True})["total"] == 3


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("version", [{}, {"@version": "delete_by_query#1.0.0"}])
def test_subjects_are_deleted_by_query_whoever_sees_them(client, index, version):
    filters = [{"type": "match_any", "field_name": "kind", "values": ["run"]}]

    answer = client.delete_by_query(index.pk, {"filters": filters, **version})
    done(answer)

    assert differences(answer.data, ACKNOWLEDGED) == []
    left = client.search(index.pk, "*", query_params={"bypass_visible_to": True})
    assert {one["subject"] for one in left["gmeta"]} == {"sub/3", "sub/5"}


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_an_entry_is_put_by_itself(client, index, method):
    answer = client.request(method, f"/v1/index/{index.pk}/entry", data=meta("a", id="one"))
    done(answer)

    assert differences(answer.data, ACKNOWLEDGED) == []
    assert client.get_entry(index.pk, "a", entry_id="one")["entries"][0]["content"] == {"title": "a"}


def test_a_writer_writes_and_a_stranger_does_not(sdk, index, bob, charlie, grant):
    grant(bob, "writer")

    done(sdk(bob).ingest(index.pk, listed(meta("a"))))
    with pytest.raises(SearchAPIError) as refused:
        sdk(charlie).ingest(index.pk, listed(meta("b")))

    assert refused.value.http_status == 403
    assert sdk().search(index.pk, "*")["total"] == 1
