"""Administrators register functions, by a command or by code."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.access.types import PUBLIC
from apps.common.errors import Invalid, NotAllowed
from apps.flows.models import Function
from apps.flows.services import functions
from apps.flows.services.registering import Registration, register_function

pytestmark = pytest.mark.django_db


@pytest.fixture
def command(admin):
    def command(*words):
        out = StringIO()
        call_command("register_function", *words, "--by", "alice", stdout=out)
        return json.loads(out.getvalue())

    return command


def test_the_command_registers_and_says_by_which_id(command, tmp_path):
    (tmp_path / "schema.json").write_text('{"type": "object"}')
    told = ["--schema", str(tmp_path / "schema.json"), "--may-run", PUBLIC, "--seconds", "60", "--queue", "gpu"]
    made = command("count", "--command", "wc -l '{path}'", *told)

    function = Function.objects.get(pk=made["id"])
    assert (function.target, function.seconds, function.queue) == (["wc", "-l", "{path}"], 60, "gpu")
    assert (function.may_run, function.registered_by.username) == ([PUBLIC], "alice")


def test_registered_anew_it_keeps_its_id(command):
    first = command("rate", "--python", "beamline.rates:hit_rate")
    second = command("rate", "--python", "beamline.rates:new_hit_rate", "--path", "/opt/beamline")

    assert second == first | {"version": 2}
    assert Function.objects.get().target == "beamline.rates:new_hit_rate"


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"name": "no name"}, "name"),
        ({"target": "os.system"}, "target"),
        ({"kind": "command", "target": ["{program}", "-x"]}, "target"),
        ({"kind": "command", "target": []}, "target"),
        ({"kind": "globus", "target": "some id"}, "target"),
        ({"kind": "magic"}, "target"),
        ({"input_schema": {"type": "nothing"}}, "input_schema"),
        ({"queue": "transfer"}, "queue"),
    ],
)
def test_what_makes_no_sense_is_refused(admin, told, place):
    good = {"name": "rate", "kind": "python", "target": "beamline.rates:hit_rate"}
    with pytest.raises(Invalid) as caught:
        register_function(actor=admin, told=Registration(**(good | told)))

    assert caught.value.place == place


def test_administrators_alone_register(bob):
    told = Registration(name="rate", kind="python", target="beamline.rates:hit_rate")
    with pytest.raises(NotAllowed):
        register_function(actor=bob, told=told)


@pytest.mark.parametrize(
    "words", [("--command", "a 'b"), ("--python", "x"), ("--schema", "/nowhere", "--python", "a:b")]
)
def test_the_command_says_what_is_wrong(command, words):
    with pytest.raises(CommandError):
        command("rate", *words)


def test_each_sees_the_functions_that_they_may_run(register, bob, charlie, nobody):
    register("who"), register("hit_rate", may_run=[PUBLIC])

    assert [one.name for one in functions.functions_for(bob)] == ["hit_rate", "who"]
    assert [one.name for one in functions.functions_for(charlie)] == ["hit_rate"]
    assert [one.name for one in functions.functions_for(nobody)] == ["hit_rate"]
