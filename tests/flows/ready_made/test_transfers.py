"""Ready-made flows that transfer, run from end to end on two or three folders of this machine."""

import pytest

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.flows.errors import InvalidInput
from apps.storage import services as storage
from apps.storage.models import AccessRule
from apps.storage.types import FilePath
from tests.flows.ready_made.conftest import at
from tests.transfer.conftest import fill, tree

pytestmark = pytest.mark.django_db


def let(collection, user, permissions, path="/"):
    """Give somebody a rule; their principal."""
    principal = identity_urn(accounts.known_by(user).pk)
    told = {"principal": principal, "path": FilePath.parse(path), "permissions": permissions}
    storage.add_rule(collection=collection, actor=collection.owner, **told)
    return principal


def test_a_folder_is_moved(go, source, destination, here, there):
    fill(here, run__a=10, run__deep__b=20, other=5)
    was = tree(here)

    run = go("move", {"source": at(source, "/run/"), "destination": at(destination, "/kept")})

    assert run.status == "SUCCEEDED", run.error_cause
    assert list(tree(here)) == ["other"]
    assert tree(there) == {path.replace("run", "kept", 1): sum_ for path, sum_ in was.items() if path != "other"}


@pytest.mark.parametrize("path", ["/", "/in/"])
def test_a_file_is_moved_into_a_folder_that_is_there(go, source, destination, here, there, path):
    fill(here, run__a=10)
    (there / "in").mkdir()

    run = go("move", {"source": at(source, "/run/a"), "destination": at(destination, path)})

    assert run.status == "SUCCEEDED", run.error_cause
    assert (there / path.strip("/") / "a").stat().st_size == 10
    assert list(tree(here)) == ["run"]


def test_nothing_is_deleted_if_it_could_not_be_copied(go, source, destination, here, charlie):
    fill(here, run__a=10)
    let(source, charlie, "rw")
    let(destination, charlie, "r")

    run = go("move", {"source": at(source, "/run"), "destination": at(destination, "/kept")}, actor=charlie)

    assert run.error_name == "CopyFailed"
    assert run.error_cause.startswith("Not all was copied, and nothing was deleted. You may not write /kept")
    assert (here / "run" / "a").exists()


def test_charlie_learns_nothing_of_what_he_may_not_read(go, source, destination, here, charlie):
    fill(here, run__a=10)
    let(destination, charlie, "rw")

    run = go("transfer_and_delete", {"source": at(source, "/run"), "destination": at(destination, "/")}, actor=charlie)

    assert run.error_name == "ListFailed"
    assert (here / "run" / "a").exists()


def test_what_is_not_there_is_told_in_a_sentence(go, source, destination):
    run = go("move", {"source": at(source, "/none"), "destination": at(destination, "/kept")})

    assert (run.error_name, run.error_cause.split(".")[0]) == ("NothingThere", "Nothing is at the path to copy from")


def test_the_whole_of_a_collection_is_not_moved(go, source, destination, here, there):
    fill(here, run__a=10)

    run = go("move", {"source": at(source, "/"), "destination": at(destination, "/kept")})

    assert (run.error_name, tree(there)) == ("RootStays", {})


def test_files_go_by_way_of_a_third_collection_which_is_clean_again(go, source, destination, make_place, here, there):
    fill(here, run__a=10, run__b=20)
    middle = make_place("middle")
    asked = {"source": at(source, "/run"), "intermediate": at(middle, "/"), "destination": at(destination, "/")}

    run = go("two_stage_transfer", asked)

    assert run.status == "SUCCEEDED", run.error_cause
    assert tree(there) == tree(here)
    assert tree(here.parent / "middle") == {}


def test_the_collection_in_between_is_clean_again_after_a_failure_too(go, source, make_place, here, destination, there):
    fill(here, run__a=10)
    (there / "a").mkdir()
    middle = make_place("middle")
    asked = {"source": at(source, "/run/a"), "intermediate": at(middle, "/"), "destination": at(destination, "/")}

    run = go("two_stage_transfer", asked)

    assert run.error_name == "StageTwoFailed"
    assert tree(here.parent / "middle") == {}


def test_a_folder_is_copied_and_shared(go, source, destination, here, there, bob):
    fill(here, run__a=10)
    bobs = identity_urn(accounts.known_by(bob).pk)
    asked = {"source": at(source, "/run"), "destination": at(destination, "/"), "share_with": bobs}

    run = go("transfer_and_share", asked)

    assert run.status == "SUCCEEDED", run.error_cause
    rule = AccessRule.objects.get()
    assert (rule.principal, rule.path, rule.permissions) == (bobs, "/run", "r")
    assert (there / "run" / "a").exists()


def test_a_folder_is_emptied_of_what_was_copied(go, source, destination, here, there):
    fill(here, **{"run__a.h5": 10, "run__b.h5": 20, "run__notes": 5, "run__deep__c.h5": 5})
    asked = {"source": at(source, "/run/"), "destination": at(destination, "/kept/"), "pattern": "*.h5"}

    run = go("transfer_and_delete", asked)

    assert run.status == "SUCCEEDED", run.error_cause
    assert sorted(tree(there)) == ["kept", "kept/a.h5", "kept/b.h5"]
    assert sorted(tree(here)) == ["run", "run/deep", "run/deep/c.h5", "run/notes"]


def test_an_empty_folder_is_emptied_without_a_task(go, source, destination, here, there):
    (here / "run").mkdir()

    run = go("transfer_and_delete", {"source": at(source, "/run/"), "destination": at(destination, "/")})

    assert (run.status, run.output["done"]) == ("SUCCEEDED", {"files": 0})


def test_what_is_no_collection_is_refused_before_it_begins(go, source):
    with pytest.raises(InvalidInput):
        go("move", {"source": at(source, "run"), "destination": {}})
