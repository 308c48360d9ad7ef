"""The flows that come with the portal are installed once, brought to a new release, and left as they are otherwise."""

from io import StringIO

import pytest
from django.core.management import call_command

from apps.common.errors import NotAllowed
from apps.flows import services as flows
from apps.flows.models import Flow, Function, Version
from apps.flows.services import functions

pytestmark = pytest.mark.django_db


def install():
    said = StringIO()
    call_command("install_flows", stdout=said)
    return said.getvalue()


def test_a_second_call_changes_nothing():
    assert "Move files: installed" in install()
    before = list(Flow.objects.values_list("pk", "updated_at"))

    assert install() == ""
    assert list(Flow.objects.values_list("pk", "updated_at")) == before
    assert Version.objects.count() == len(before)


def test_they_have_the_same_ids_in_every_portal(installed):
    assert {name: flow.pk for name, flow in installed.items()} == {
        name: flows.ready_made_id(name) for name in installed
    }


def test_a_new_release_makes_a_new_version(installed):
    Version.objects.filter(flow=installed["move"]).update(definition={"States": {}}, digest="old")

    assert install() == "Move files: updated\n"
    assert [one.number for one in flows.versions_of(installed["move"])] == [2, 1]


def test_what_an_administrator_deleted_stays_deleted(installed, alice):
    flows.delete_flow(flow=installed["move"], actor=alice)

    assert install() == ""
    assert Flow.objects.get(builtin="move").deleted_at is not None


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_everybody_who_is_signed_in_may_find_and_start_them_and_not_change_them(installed, request, who):
    user = request.getfixturevalue(who)

    assert set(flows.flows_seen_by(user)) == set(installed.values())
    assert flows.may_flow(user, "starter", installed["move"])
    with pytest.raises(NotAllowed):
        flows.change_flow(flow=installed["move"], actor=user, told=flows.FlowChanges(title="Mine"))


def test_nobody_finds_them_who_is_not_signed_in(installed, nobody):
    assert not flows.flows_seen_by(nobody)


def test_nothing_is_wrong_with_them_not_even_a_warning(installed):
    for flow in installed.values():
        assert flows.check_flow(flow.version.definition, flow.version.input_schema) == []


def test_all_that_is_asked_for_has_a_title_and_a_place(installed):
    for flow in installed.values():
        schema = flow.version.input_schema
        assert schema["propertyOrder"] == list(schema["properties"])
        assert all(one["title"] for one in schema["properties"].values())


def test_what_they_compute_with_is_installed_for_everybody_who_is_signed_in(installed, charlie, nobody):
    names = ["movie_motion", "movie_report", "serial_pictures", "serial_quality", "serial_statistics"]

    assert [one.name for one in functions.functions_for(charlie)] == names
    assert functions.functions_for(nobody) == []


def test_a_function_of_a_new_release_keeps_what_an_administrator_made_of_it(installed):
    about = {"description": "old", "is_enabled": False, "may_run": []}
    Function.objects.filter(name="movie_motion").update(**about)

    assert install() == "movie_motion: updated\n"
    changed = Function.objects.get(name="movie_motion")
    assert (changed.version, changed.is_enabled, changed.may_run) == (2, False, [])
    assert install() == ""
