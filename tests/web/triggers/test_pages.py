"""The pages of triggers: what each waits for, how it is, and the log of what it saw and started."""

import pytest

from apps.flows.models import Run
from apps.triggers.models import Trigger
from apps.triggers.types import Message, RunEnd, Webhook
from tests.web.triggers.conftest import text

pytestmark = pytest.mark.django_db
OWN = ("", "files/", "change/", "delete/")
ACTS = ("begin/", "pause/", "delete/", "change/", "secret/")


@pytest.mark.parametrize("page", OWN)
def test_another_s_trigger_is_not_there(browser, bob, charlie, make_trigger, page):
    address = f"/triggers/{make_trigger().pk}/{page}"

    assert [browser(who).get(address).status_code for who in (bob, charlie)] == [404, 404]
    assert browser().get(address)["Location"].startswith("/account/login/")


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_does_anything_with_it(browser, bob, make_trigger, act):
    trigger = make_trigger(begins=act != "begin/")
    address = f"/triggers/{trigger.pk}/{act}"

    assert (browser(bob).post(address).status_code, browser().post(address).status_code) == (404, 302)
    assert Trigger.objects.get().state == trigger.state


def test_the_list_says_what_each_waits_for(mine, make_trigger, flow, beamline):
    make_trigger(pattern="*.cbf", batch={"count": 512, "group_by": ("folder",)})
    make_trigger(marker="DONE", batch={"count": None}, is_recursive=False)
    make_trigger(batch={"count": None, "quiet_s": 90})
    make_trigger(RunEnd(flow.pk, ("FAILED",)), begins=False)
    lines = mine.get("/triggers/").context["lines"]

    assert {line.waits_for: line.sign.word for line in lines} == {
        "each 512 files *.cbf of one folder below Beamline: /raw/": "Active",
        "all files, when DONE is there, in Beamline: /raw/": "Active",
        "all files, 2 min after the last, below Beamline: /raw/": "Active",
        "the end of a run of a flow: failed": "Not begun yet",
    }


def test_the_list_is_narrowed_and_is_of_nobody_else(mine, browser, bob, make_trigger):
    make_trigger()
    make_trigger(Message(), begins=False)

    assert [line.kind for line in mine.get("/triggers/?state=paused").context["lines"]] == ["A message by API"]
    assert [line.kind for line in mine.get("/triggers/?kind=files").context["lines"]] == ["New files in a folder"]
    assert "No trigger is like this" in text(mine.get("/triggers/?name=nothing"))
    assert "There is no trigger yet" in text(browser(bob).get("/triggers/"))


def test_it_rests_and_goes_on(mine, make_trigger):
    page = f"/triggers/{make_trigger().pk}/"
    mine.post(f"{page}pause/")
    assert (Trigger.objects.get().state, "Go on" in text(mine.get(page))) == ("paused", True)
    mine.post(f"{page}begin/")

    assert Trigger.objects.get().state == "active"


def test_the_log_tells_of_runs_and_of_files(mine, make_trigger, raw, settled, finish):
    trigger = make_trigger(pattern="*.cbf")
    for name in ("a.cbf", "notes.txt"):
        (raw / name).write_text("image")
    settled(trigger)
    finish(trigger)
    shown, run = mine.get(f"/triggers/{trigger.pk}/"), Run.objects.get()

    [line] = shown.context["lines"]
    assert (line.files, line.sign.word, line.run.url) == (1, "Succeeded", f"/flows/runs/{run.pk}/")
    files = mine.get(f"/triggers/{trigger.pk}/files/?state=ignored").context["lines"]
    assert [(one.path, one.message) for one in files] == [("/raw/notes.txt", "It does not fit the pattern.")]
    taken = mine.get(f"/triggers/{trigger.pk}/files/?state=taken").context["lines"]
    assert [(one.path, one.run.url) for one in taken] == [("/raw/a.cbf", f"/flows/runs/{run.pk}/")]


def test_why_it_rests_by_itself_is_told(mine, make_trigger, raw, settled):
    trigger = make_trigger(body={"body": {"word.$": "$.nowhere"}}, limits={"most_failures": 1})
    (raw / "a.cbf").write_text("image")
    settled(trigger)
    shown = text(mine.get(f"/triggers/{trigger.pk}/"))

    assert "It rests, because something is wrong" in shown
    assert "$.nowhere" in shown
    assert "Paused after failures" in text(mine.get("/triggers/"))


@pytest.mark.parametrize("asked", ["?page=x", "?page=9999", "?state=%00", "files/?state=x&page=-1", "files/?page=2"])
def test_what_an_address_cannot_ask_for_is_as_if_it_were_not_there(mine, make_trigger, asked):
    assert mine.get(f"/triggers/{make_trigger().pk}/{asked}").status_code == 200


def test_the_secret_of_a_webhook_is_shown_once(mine, make_trigger):
    trigger = make_trigger(Webhook())
    page = f"/triggers/{trigger.pk}/"
    assert "It has no secret yet" in text(mine.get(page))
    shown = mine.post(f"{page}secret/")

    secret = shown.context["secret"]
    assert (secret.startswith("whsec_"), secret in text(shown), secret in text(mine.get(page))) == (True, True, False)
    assert "no-store" in shown["Cache-Control"]
    assert mine.post(f"{page}secret/").context["secret"] != secret


def test_only_webhooks_have_secrets_and_messages_an_example(mine, make_trigger):
    page = f"/triggers/{make_trigger(Message()).pk}/"

    assert mine.post(f"{page}secret/").status_code == 409
    assert f"/api{page[:-1].replace('/triggers/', '/triggers/triggers/', 1)}/messages" in text(mine.get(page))


def test_it_is_deleted_after_a_question(mine, make_trigger):
    page = f"/triggers/{make_trigger().pk}/delete/"
    assert "What it remembers" in text(mine.get(page))
    mine.post(page)

    assert not Trigger.objects.exists()
