"""``vitrine``: the ``globus`` command for the portal that one chose, and for no other."""

import json
import os
import stat
import sys

import pytest

from apps.accounts.services import applications
from tests.clients.people import sign_in
from tests.conftest import PASSWORD
from tests.test_running import ROOT, Portal, free_port
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
VITRINE = (sys.executable, str(ROOT / "deploy/cli/vitrine_cli.py"))
FOREIGN = {
    "GLOBUS_SDK_ENVIRONMENT": "preview",
    "GLOBUS_SDK_SERVICE_URL_SEARCH": "https://search.example.org/",
    "GLOBUS_PROFILE": "work",
    "GLOBUS_CLI_CLIENT_ID": "c1d7b4a5-0000-4000-8000-000000000000",
    "GLOBUS_CLI_CLIENT_SECRET": "a secret of another service",
}


@pytest.fixture
def vitrine(bare):
    """Runs the command on a laptop whose shell is set for another service."""
    laptop = bare(**FOREIGN)

    def vitrine(*words, status=0, **variables):
        laptop.variables |= variables
        return laptop.run(*VITRINE, *words, status=status)

    vitrine.laptop = laptop
    return vitrine


@pytest.fixture
def robots_own(alice):
    made, secret = applications.make_application(owner=alice, name="robot", kind="service")
    return {"VITRINE_CLIENT_ID": str(made.pk), "VITRINE_CLIENT_SECRET": secret}


def test_it_runs_globus_for_the_portal_that_was_chosen(vitrine, portal, robots_own):
    assert portal.removeprefix("http://") in vitrine("use", portal)

    me = vitrine("whoami", **robots_own)
    assert me == f"{robots_own['VITRINE_CLIENT_ID']}@clients.auth.globus.org\n"
    made = json.loads(vitrine("search", "index", "create", "Chips", "In the drawer", "--format", "json"))
    assert vitrine("search", "query", made["id"], "-q", "*") == ""


def test_portals_are_remembered_by_name_for_their_owner_alone(vitrine, portal):
    vitrine("use", f"{portal}/", "--name", "ours")

    assert vitrine("portals") == f"* ours  {portal}\n"
    kept = vitrine.laptop.home / ".config/vitrine/portals.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert vitrine("use", "ours") == "Using ours\n"
    assert "VITRINE_PORTAL" in vitrine("--help")
    assert "(known: ours)" in vitrine("use", "theirs", status=2)


def test_without_a_portal_it_says_how_to_choose_one(vitrine):
    assert "No portal was chosen yet" in vitrine("whoami", status=2)
    assert "Name one portal" in vitrine("use", status=2)
    assert vitrine("portals").startswith("None yet")


def test_what_is_no_vitrine_is_not_chosen(vitrine, portal):
    assert "No Vitrine answers at" in vitrine("use", f"http://127.0.0.1:{free_port()}", status=2)
    assert "No Vitrine answers at" in vitrine("use", f"{portal}/account", status=2)
    assert "is no address of a portal" in vitrine("use", "ftp://example.org", status=2)
    other_name = portal.replace("localhost", "127.0.0.1")
    assert f"calls itself {portal}" in vitrine("use", other_name, status=2)
    assert vitrine("portals").startswith("None yet")


def test_a_list_that_cannot_be_read_is_named(vitrine):
    kept = vitrine.laptop.home / ".config/vitrine/portals.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("[")

    assert f"{kept} cannot be read" in vitrine("portals", status=2)


def test_without_globus_it_says_what_to_install(vitrine, portal):
    vitrine("use", portal)
    python = vitrine.laptop.home / "python"  # beside which there is no globus
    python.symlink_to(sys.executable)
    vitrine.laptop.variables["PATH"] = os.defpath

    said = vitrine.laptop.run(str(python), *VITRINE[1:], "whoami", status=2)
    assert "pip install globus-cli" in said


@pytest.fixture
def second(tmp_path):
    """A portal more, in processes of its own, where Carol is known."""
    portal = Portal(tmp_path / "second", free_port())
    until(portal.answers, within_s=60)
    make = f"from apps.accounts.services import make_user; make_user(username='carol', password={PASSWORD!r})"
    assert portal.command("shell", "--verbosity=0", "-c", make).wait(timeout=60) == 0
    yield f"http://127.0.0.1:{portal.port}"
    portal.process.terminate()
    portal.process.wait(timeout=30)


@pytest.mark.slow
@pytest.mark.browser
def test_two_portals_are_not_mixed_up(vitrine, portal, second, page, bob):
    for name, url, person in (("first", portal, "bob"), ("second", second, "carol")):
        vitrine("use", url, "--name", name)
        assert f"This is {url}" in vitrine("whoami", status=4)
        sign_in(vitrine.laptop, page, person, command=(*VITRINE, "login"))

    assert vitrine("whoami") == "carol@vitrine.local\n"
    assert vitrine("whoami", VITRINE_PORTAL="first") == "bob@vitrine.local\n"
    vitrine("logout", "--yes")
    assert vitrine("whoami", VITRINE_PORTAL=second) == "carol@vitrine.local\n"
    assert "globus login" in vitrine("whoami", status=4, VITRINE_PORTAL="first")


@pytest.mark.browser
def test_a_login_is_not_shown_to_the_plain_command(vitrine, portal, page, bob):
    vitrine("use", portal)
    sign_in(vitrine.laptop, page, "bob", command=(*VITRINE, "login"))

    for name in FOREIGN:
        del vitrine.laptop.variables[name]
    assert "globus login" in vitrine.laptop.globus("whoami", status=4)
