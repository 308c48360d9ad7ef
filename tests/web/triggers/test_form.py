"""Triggers are made and changed by a form: each button sends all of it, and what is wrong stands at its field."""

import json
from dataclasses import replace

import pytest

from apps.flows.models import Run
from apps.storage.types import FilePath
from apps.triggers.models import Trigger
from apps.triggers.types import Batch, Files, Message, Records, RunEnd
from tests.web.triggers.conftest import text

pytestmark = pytest.mark.django_db
NEW = "/triggers/new/files/"


def test_a_trigger_is_made_and_rests(mine, written, beamline, flow):
    sent = mine.post(NEW, {**written, "do": "save"})

    made = Trigger.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/triggers/{made.pk}/")
    assert (made.name, made.state, made.flow_id) == ("Hello", "paused", flow.pk)
    assert made.watched == Files(beamline.pk, FilePath.parse("/raw"))
    assert made.body == {"body": {"word.$": "$.first.name"}}


def test_one_that_is_to_begin_begins(mine, written):
    mine.post(NEW, {**written, "do": "begin"})

    assert Trigger.objects.get().state == "active"


@pytest.mark.parametrize(
    ("chosen", "more", "batch", "marker"),
    [
        ("1", {"count": "512", "group_by": "chip, folder", "quiet_s": "60"}, Batch(512, ("chip", "folder"), 60), ""),
        ("2", {"marker": "chip_{chip}/DONE", "group_by": "chip"}, Batch(None, ("chip",)), "chip_{chip}/DONE"),
        ("3", {"quiet_s": "30"}, Batch(None, (), 30), ""),
    ],
)
def test_when_enough_files_have_come_is_one_of_four(mine, written, chosen, more, batch, marker):
    told = {f"input/batch?{chosen}/{name}": value for name, value in more.items()}
    mine.post(NEW, {**written, "input/pattern": "chip_{chip}/*.cbf", "input/batch?of": chosen, **told, "do": "save"})

    watched = Trigger.objects.get().watched
    assert (watched.batch, watched.marker) == (batch, marker)


def test_all_that_is_told_comes_back_to_be_changed_and_stays(mine, make_trigger):
    batch = {"count": 8, "group_by": ("chip",), "quiet_s": 7}
    more = {"settle_s": 0, "marker": "{name}.done", "least_bytes": 3, "is_described": True, "is_recursive": False}
    trigger = make_trigger(pattern="c{chip}.cbf", batch=batch, limits={"most_at_once": 2}, **more)
    page = f"/triggers/{trigger.pk}/change/"
    typed = fields_of(mine.get(page))
    mine.post(page, {**typed, "input/name": "Other", "do": "save"})

    changed = Trigger.objects.get()
    assert (changed.name, changed.watched, changed.most_at_once) == ("Other", trigger.watched, 2)
    assert (changed.revision, changed.body) == (trigger.revision, trigger.body)


def test_a_folder_with_a_percent_sign_stays_the_same(mine, make_trigger, root):
    (root / "100%").mkdir()
    trigger = make_trigger(path=FilePath.parse("/100%"))
    page = f"/triggers/{trigger.pk}/change/"
    mine.post(page, {**fields_of(mine.get(page)), "do": "save"})

    assert Trigger.objects.get().watched == trigger.watched


@pytest.mark.parametrize("watched", [Message(), RunEnd(None, ("SUCCEEDED", "FAILED")), Records("", "q=lysozyme", 7)])
def test_other_kinds_come_back_too(mine, index, make_trigger, watched):
    watched = replace(watched, index=str(index.pk)) if isinstance(watched, Records) else watched
    trigger = make_trigger(watched, body={"body": {"word": "hi"}})
    page = f"/triggers/{trigger.pk}/change/"
    mine.post(page, {**fields_of(mine.get(page)), "do": "begin"})

    assert (Trigger.objects.get().watched, Trigger.objects.get().state) == (watched, "active")


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"input/pattern": "a{b"}, "input/pattern", "has no partner"),
        ({"input/is_regex": "on", "input/pattern": "(a"}, "input/pattern", "cannot be read"),
        ({"input/place/id": "no"}, "input/place", "UUID"),
        ({"input/place/id": "12345678-1234-4234-8234-123456789abc"}, "input/place", "no such collection"),
        ({"input/place/path": "/../x"}, "input/place", "path"),
        ({"input/flow_id": "12345678-1234-4234-8234-123456789abc"}, "input/flow_id", "no such flow"),
        ({"input/batch?of": "1", "input/batch?1/count": "0"}, "input/batch?1/count", "at least 1"),
        ({"input/batch?of": "1", "input/batch?1/count": "99999999"}, "input/batch?1/count", ""),
        (
            {"input/batch?of": "1", "input/batch?1/count": "2", "input/batch?1/group_by": "x"},
            "input/batch?1/group_by",
            "named “x”",
        ),
        ({"input/marker": "{name}"}, "input/marker", "a name with"),
        (
            {"input/batch?of": "2", "input/batch?2/marker": "DONE", "input/marker": "{name}.done"},
            "input/batch?2/marker",
            "one marker",
        ),
        ({"input/least_bytes": "5", "input/most_bytes": "4"}, "input/most_bytes", "so small and so large"),
        ({"input/body": "{"}, "input/body", "no JSON"),
        ({"input/name": ""}, "input/name", "Fill this in"),
    ],
)
def test_what_is_wrong_stands_at_its_field(mine, written, changed, field, words):
    refused = mine.post(NEW, {**written, **changed, "do": "save"})

    told = [one for one in refused.context["view"].wrong if one.anchor == field]
    assert (refused.status_code, [words in one.message for one in told]) == (400, [True])
    assert not Trigger.objects.exists()


def test_the_folder_of_another_is_not_there(browser, charlie, written):
    refused = browser(charlie).post(NEW, {**written, "do": "save"})

    assert refused.status_code == 400
    assert not Trigger.objects.exists()


def test_what_is_there_is_tried_and_nothing_kept(mine, written, raw):
    for name in ("a.cbf", "b.txt"):
        (raw / name).write_text("image")
    shown = text(mine.post(NEW, {**written, "input/pattern": "*.cbf", "do": "try"}))

    assert "1 file would be taken, 1 ignored." in shown
    assert "It does not fit the pattern." in shown
    assert "&quot;word&quot;: &quot;a.cbf&quot;" in shown
    assert "The flow takes this input." in shown
    assert not Trigger.objects.exists()
    assert not Run.objects.exists()


def test_paths_that_somebody_thinks_of_are_tried(mine, written):
    sample = "chip_A/1.cbf\n/raw/chip_A/2.cbf\n"
    told = {"input/pattern": "chip_{chip}/*.cbf", "input/body": '{"body": {"word.$": "$.nowhere"}}', "sample": sample}
    shown = mine.post(NEW, {**written, **told, "do": "try"})

    trial = shown.context["trial"]
    assert [line.path for line in trial.lines] == ["/raw/chip_A/1.cbf", "/raw/chip_A/2.cbf"]
    assert trial.lines[0].groups == (("chip", "A"),)
    assert "$.nowhere" in trial.trouble
    assert "chip: A" in text(shown)


@pytest.mark.parametrize("sample", ["/a/../../b", "x\0y", "a\n" * 1_001])
def test_paths_that_are_none_are_told(mine, written, sample):
    shown = mine.post(NEW, {**written, "sample": sample, "do": "try"})

    assert shown.status_code == 200
    assert shown.context["sample"].error


def test_a_message_is_tried_on_what_it_would_say(mine, written):
    told = {"input/name": "Told", "input/flow_id": written["input/flow_id"], "input/most_failures": "5", "do": "try"}
    told |= {"input/body": '{"body.$": "$.body"}', "sample": '{"body": {"word": "hi"}}'}
    shown = mine.post("/triggers/new/message/", told)

    assert (shown.context["trial"].is_taken, json.loads(shown.context["trial"].input)) == (True, {"word": "hi"})
    assert mine.post("/triggers/new/message/", {**told, "sample": "["}).context["sample"].error


@pytest.mark.parametrize("page", ["/triggers/new/", NEW, "/triggers/new/message/"])
def test_nobody_is_led_to_the_door(client, page):
    assert client.get(page)["Location"].startswith("/account/login/")


def test_there_is_no_other_kind(mine):
    assert mine.get("/triggers/new/else/").status_code == 404


def fields_of(answer):
    """What a browser would send of the form."""
    view, typed = answer.context["view"], {}
    for one in walk(view.root):
        typed |= {**own_of(one), **({f"{one.name}?is": one.bare} if one.bare else {})}
    return typed


def walk(shown):
    yield shown
    for part in shown.parts:
        yield from walk(part)


def own_of(one):
    if one.kind == "variants":
        return {f"{one.name}?of": next((str(part.at) for part in one.parts if part.is_chosen), "")}
    if one.kind == "collection":
        return {f"{one.name}/id": one.text, f"{one.name}/path": one.path}
    if one.kind == "choices":
        return {one.name: "", **{option.value: "on" for option in one.options if option.is_chosen}}
    if one.kind == "flag":
        return {one.name: "on" if one.is_on else ""}
    return {one.name: one.text} if one.kind != "group" else {}


RUBBISH = [None, 3, "\ud800", "x\0", [], {}, {"id": 3}, {"count": None, "group_by": 3}, [[{}]]]
KEYS = ("name", "place", "pattern", "batch", "flow_id", "body", "statuses", "index", "kind", "watched", "most_at_once")


@pytest.mark.parametrize("kind", Trigger.Kind.values)
@pytest.mark.parametrize("button", ["save", "try", "propose", "take:input/flow_id:\0", "form:input"])
def test_rubbish_is_told_to_be_rubbish(mine, kind, button):
    for part in RUBBISH:
        told, whole = json.dumps(part), json.dumps(dict.fromkeys(KEYS, part))
        for sent in ({"input?json": whole}, {"input?json": told}, {f"input/{key}": told for key in KEYS}):
            raw = {"input?raw": "1"} if "input?json" in sent else {}
            answer = mine.post(f"/triggers/new/{kind}/", {**sent, **raw, "sample": whole, "do": button})
            assert answer.status_code in {200, 400}

    assert not Trigger.objects.exists()


@pytest.mark.parametrize("body", ["{}", '{"body": 3}', '{"body": {"a.$": "$["}}', '{"body.=": "9**9**9"}', '{"x": {}}'])
def test_a_template_that_cannot_be_filled_in_is_told_when_it_is_tried(mine, written, body):
    shown = mine.post(NEW, {**written, "input/body": body, "sample": "a.cbf", "do": "try"})

    assert shown.status_code == 200
    assert shown.context["trial"].trouble
    assert not shown.context["trial"].is_taken
