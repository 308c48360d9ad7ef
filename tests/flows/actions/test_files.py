"""Runs list, look, make folders and tell of collections, as the person who started them may."""

import pytest

from apps.flows.models import Action
from tests.flows.actions.conftest import NEW, OLD
from tests.transfer.conftest import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(here):
    fill(here, run__a=10, run__b=20, run__deep__c=30)


@pytest.mark.parametrize("url", [f"{NEW}/ls", f"{OLD}/ls/", "https://actions.automate.globus.org/transfer/ls"])
def test_a_folder_is_listed(done, source, files, url):
    told = done(url, {"endpoint_id": str(source.pk), "path": "/run//"})

    assert (told["DATA_TYPE"], told["path"], told["total"]) == ("file_list", "/run/", 3)
    assert [(one["name"], one["type"], one["size"]) for one in told["DATA"][:2]] == [
        ("a", "file", 10),
        ("b", "file", 20),
    ]
    assert [one["is_folder"] for one in told["DATA"]] == [False, False, True]


def test_a_listing_is_filtered_ordered_and_cut(done, source, files):
    how = {"filter": ["name:a", "name:b"], "orderby": "name DESC", "limit": 1}
    told = done(f"{NEW}/ls", {"endpoint_id": str(source.pk), "path": "/run/", **how})

    assert ([one["name"] for one in told["DATA"]], told["total"]) == (["b"], 2)


@pytest.mark.parametrize(
    ("path", "folder", "names"), [("/run/a", "/run/", ["a"]), ("/run", "/", ["run"]), ("/no", "/", [])]
)
def test_a_path_itself_is_told_or_that_nothing_is_there(done, source, files, path, folder, names):
    told = done(f"{OLD}/ls", {"endpoint_id": str(source.pk), "path": path, "path_only": True})

    assert (told["path"], [one["name"] for one in told["DATA"]]) == (folder, names)


def test_what_is_not_there_is_a_failure_with_the_code_of_the_transfer_api(act, source):
    run = act(f"{NEW}/ls", {"endpoint_id": str(source.pk), "path": "/none/"})

    assert (run.status, run.error_name) == ("FAILED", "ActionFailedException")
    assert Action.objects.get().details["code"] == "ClientError.NotFound"


def test_what_is_at_a_path_is_told(done, source, files):
    told = done(f"{NEW}/stat", {"endpoint_id": str(source.pk), "path": "/run/b"})

    assert (told["DATA_TYPE"], told["type"], told["size"]) == ("file", "file", 20)


def test_that_nothing_is_at_a_path_is_no_failure(done, source):
    told = done(f"{NEW}/stat", {"endpoint_id": str(source.pk), "path": "/none"})

    assert told["code"] == "ClientError.NotFound"
    assert "type" not in told


@pytest.mark.parametrize("url", [f"{NEW}/mkdir", f"{OLD}/mkdir"])
def test_a_folder_is_made(done, source, here, url):
    told = done(url, {"endpoint_id": str(source.pk), "path": "/~/made/"})

    assert (told["code"], (here / "made").is_dir()) == ("DirectoryCreated", True)


def test_a_folder_that_is_there_is_a_failure_unless_a_process_died_that_made_it(begin, source, files):
    body = {"endpoint_id": str(source.pk), "path": "/run"}

    assert begin("transfer/mkdir", body).details["code"] == "ExternalError.MkdirFailed.Exists"
    assert begin("transfer/mkdir", body, attempt=2).details["code"] == "DirectoryCreated"
    assert begin("transfer/mkdir", {**body, "path": "/run/a"}, attempt=2).status == "FAILED"


@pytest.mark.parametrize("url", [f"{NEW}/collection_info", f"{OLD}/collection_info"])
def test_a_collection_is_told_of(done, source, url):
    told = done(url, {"endpoint_id": str(source.pk)})

    assert (told["display_name"], told["is_managed"]) == ("source", True)
    assert told["my_effective_roles"] == ["administrator", "access_manager"]


@pytest.mark.parametrize("name", ["ls", "stat", "mkdir"])
@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_strangers_do_nothing_with_files(act, request, source, files, here, name, who):
    body = {"endpoint_id": str(source.pk), "path": "/run/new" if name == "mkdir" else "/run/"}
    run = act(f"{NEW}/{name}", body, actor=request.getfixturevalue(who))

    assert (run.status, run.error_name) == ("FAILED", "ActionFailedException")
    assert Action.objects.get().details["code"] == "PermissionDenied"
    assert not (here / "run" / "new").exists()


@pytest.mark.parametrize("name", ["ls", "stat", "mkdir", "collection_info"])
def test_nobody_learns_of_a_collection_that_is_not_shown_to_all(begin, source, nobody, name):
    body = {"endpoint_id": str(source.pk), **({} if name == "collection_info" else {"path": "/run"})}

    assert begin(f"transfer/{name}", body, actor=nobody).details["code"] == "EndpointNotFound"


def test_a_path_that_leads_out_is_none(act, source):
    run = act(f"{NEW}/ls", {"endpoint_id": str(source.pk), "path": "/run/../../etc"})

    assert run.error_name == "ActionUnableToRun"
