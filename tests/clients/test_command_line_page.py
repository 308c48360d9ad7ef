"""The lines of the page "Use it from the command line", pasted as they stand."""

import io
import re
import sys
import zipfile
from html import unescape

import pytest

from apps.accounts.services import applications
from apps.accounts.views import command_line
from tests.auth.conftest import answer
from tests.test_running import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lines(client, portal, bob):
    """What stands on the page under an id."""
    client.force_login(bob)
    page = client.get("/account/command-line/").text
    return lambda id: unescape(re.search(rf'<pre [^>]*id="{id}"[^>]*>(.*?)</pre>', page, re.DOTALL)[1])


@pytest.fixture
def secrets(alice, lines):
    """The lines that let a program of Alice's act for itself, with its id and secret written in; and its id."""
    made, secret = applications.make_application(owner=alice, name="robot", kind="service")
    pasted = lines("cli-secret").replace("ID OF YOUR APPLICATION", str(made.pk)).replace("ITS SECRET", secret)
    return pasted, made.pk


def test_the_lines_for_a_shell_lead_to_this_portal_and_those_beneath_lead_back(bare, lines, secrets):
    pasted, made = secrets
    laptop = bare(GLOBUS_SDK_ENVIRONMENT="preview")

    there = laptop.run("sh", "-ec", f"{lines('sh')}\n{pasted}\nglobus whoami")
    assert there == f"{made}@clients.auth.globus.org\n"
    back = laptop.run("sh", "-ec", f"{lines('sh')}\n{lines('sh-back')}\nenv")
    assert not re.search(r"^GLOBUS_(SDK_SERVICE|SDK_ENV|PROFILE)", back, re.MULTILINE)


def test_the_lines_for_powershell_say_the_same(lines):
    for one, other in (("sh", "powershell"), ("sh-back", "powershell-back")):
        told = [re.findall(r"GLOBUS_\w+|https?://[^\s']+", lines(id)) for id in (one, other)]
        assert told[0] == told[1]


def test_the_lines_in_python_sign_a_person_in(bare, lines, alice, bob, index):
    made, _ = applications.make_application(owner=alice, name="script", kind="native")
    script = lines("sdk").replace("ID OF YOUR APPLICATION", str(made.pk))

    with bare().start(sys.executable, "-c", script) as running:
        told = iter(running.stdout.readline, "")
        code = answer(bob, next(line.strip() for line in told if line.startswith("http")))["code"]
        said, complained = running.communicate(f"{code}\n", timeout=30)
    assert running.returncode == 0, complained
    assert str(index.pk) not in said


def test_what_pip_is_told_to_install_is_the_command(client, portal, lines):
    address = re.search(r"pip install (\S+)", lines("command"))[1]
    assert address.startswith(f"{portal}/")
    client.logout()

    held = zipfile.ZipFile(io.BytesIO(client.get(address.removeprefix(portal)).content))
    for name in held.namelist():
        assert held.read(name) == (ROOT / "deploy/cli" / name.removeprefix("vitrine-cli/")).read_bytes()
    assert len(held.namelist()) == 2


def test_the_command_has_the_addresses_and_the_profile_of_the_page(portal, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "deploy/cli")
    import vitrine_cli

    assert vitrine_cli.PLACES == command_line.PLACES
    assert vitrine_cli.profile(portal) == command_line.profile(portal)
