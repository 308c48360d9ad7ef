"""Runs give access, change it and take it back, if who started them may."""

import pytest

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.flows.models import Action
from apps.storage.models import AccessRule
from tests.flows.actions.conftest import NEW, OLD

pytestmark = pytest.mark.django_db


@pytest.fixture
def bobs(bob):
    return str(accounts.known_by(bob).pk)


@pytest.fixture
def rule(source, bobs):
    def body(**more):
        told = {"principal_type": "identity", "principal": bobs, "path": "/run/", "permissions": "r"}
        return {"endpoint_id": str(source.pk), "operation": "CREATE", **told, **more}

    return body


@pytest.mark.parametrize("url", [f"{NEW}/manage_permission", f"{OLD}/set_permission"])
def test_a_rule_is_made(done, rule, bobs, url):
    told = done(url, rule())

    made = AccessRule.objects.get()
    assert (told["code"], told["access_id"]) == ("Created", str(made.pk))
    assert (made.principal, made.path, made.permissions) == (identity_urn(bobs), "/run", "r")


@pytest.mark.parametrize("kind", ["identity", None])
def test_a_person_may_be_named_as_the_run_names_them(done, rule, bobs, kind):
    told = rule(principal=identity_urn(bobs), principal_type=kind)
    done(f"{NEW}/manage_permission", {name: value for name, value in told.items() if value})

    assert AccessRule.objects.get().principal == identity_urn(bobs)


def test_everybody_may_be_let_in(done, rule):
    done(f"{NEW}/manage_permission", rule(principal_type="all_authenticated_users", principal=""))

    assert AccessRule.objects.get().principal == "all_authenticated_users"


def test_a_rule_is_changed_and_deleted_by_its_id(done, source, rule):
    told = done(f"{OLD}/set_permission", rule())
    about = {"endpoint_id": str(source.pk), "rule_id": told["access_id"]}

    done(f"{OLD}/set_permission", {**about, "operation": "UPDATE", "permissions": "rw"})
    assert AccessRule.objects.get().permissions == "rw"
    done(f"{OLD}/set_permission", {**about, "operation": "DELETE"})

    assert not AccessRule.objects.exists()


def test_what_a_process_did_that_died_is_found_done(begin, source, rule):
    first, second = begin("transfer/set_permission", rule()), begin("transfer/set_permission", rule(), attempt=2)
    assert first.details["access_id"] == second.details["access_id"]
    gone = {"endpoint_id": str(source.pk), "operation": "DELETE", "rule_id": first.details["access_id"]}

    assert begin("transfer/set_permission", gone).details["code"] == "Deleted"
    assert begin("transfer/set_permission", gone, attempt=2).details["code"] == "Deleted"
    assert begin("transfer/set_permission", gone).details["code"] == "AccessRuleNotFound"


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_only_who_administers_a_collection_lets_others_in(act, rule, who, request):
    run = act(f"{NEW}/manage_permission", rule(), actor=request.getfixturevalue(who))

    assert run.error_name == "ActionFailedException"
    assert Action.objects.get().details["code"] == "PermissionDenied"
    assert not AccessRule.objects.exists()


def test_a_notice_is_sent_once(begin, rule, mailoutbox):
    body = rule(notify_email="anybody@example.org", notify_message="Have a look")

    begin("transfer/set_permission", body)
    begin("transfer/set_permission", body, attempt=2)

    assert [mail.to for mail in mailoutbox] == [["bob@example.org"]]


def test_a_rule_that_says_too_little_is_none(act, source):
    run = act(f"{NEW}/manage_permission", {"endpoint_id": str(source.pk), "operation": "DELETE"})

    assert (run.error_name, "rule_id" in run.error_cause) == ("ActionUnableToRun", True)
