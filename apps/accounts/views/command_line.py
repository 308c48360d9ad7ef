"""The page with the lines to paste that make the field's own programs talk to this portal, and the way back."""

from __future__ import annotations

import io
import re
import shlex
import zipfile

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views import View

from apps.accounts.views.base import AccountPage

PLACES = {
    "AUTH": "api/auth/",
    "SEARCH": "api/search/",
    "GROUPS": "api/groups/",
    "TRANSFER": "api/transfer/",
    "FLOWS": "api/flows/",
    "TIMER": "api/timers/",
    "COMPUTE": "api/compute/",
    "APP": "",
}
"""Where each service is, by the name that clients have for it. One that is left out would be asked at Globus, so those
that this portal lacks are named too."""
ENVIRONMENT = "GLOBUS_SDK_ENVIRONMENT"
"""Another world of Globus' own. It would change under which name logins are kept."""
COMMAND = settings.BASE_DIR / "deploy" / "cli"
THE_COMMAND = """\
pip install {archive}
vitrine use {url}
vitrine login
vitrine search index list
"""
PYTHON = """\
import os

import globus_sdk

os.environ.update({{
{addresses}
}})
app = globus_sdk.UserApp("My script", client_id="ID OF YOUR APPLICATION")
client = globus_sdk.SearchClient(app=app)
for index in client.get("/v1/index_list")["index_list"]:
    print(index["id"], index["display_name"])
"""
SECRETS = """\
export {program}_CLIENT_ID='ID OF YOUR APPLICATION'
export {program}_CLIENT_SECRET='ITS SECRET'
"""


class CommandLine(AccountPage):
    template = "accounts/command_line.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        url = settings.PUBLIC_URL
        told = {"GLOBUS_PROFILE": profile(url), **addresses(url)}
        return self.page(
            command=THE_COMMAND.format(archive=f"{url}{reverse('command_archive')}", url=url),
            shell="\n".join([f"unset {ENVIRONMENT}", *(f"export {name}={shlex.quote(told[name])}" for name in told)]),
            shell_back="\n".join(f"unset {name}" for name in told),
            powershell="\n".join(
                [f"Remove-Item Env:{ENVIRONMENT} -ErrorAction Ignore", *(_powershell(*one) for one in told.items())]
            ),
            powershell_back="\n".join(f"Remove-Item Env:{name}" for name in told),
            python=PYTHON.format(
                addresses="\n".join(f"    {name!r}: {place!r}," for name, place in addresses(url).items())
            ).replace("'", '"'),
            secrets=SECRETS.format(program="GLOBUS_CLI"),
            gladier=SECRETS.format(program="GLADIER"),
        )


class CommandArchive(View):
    """The ``vitrine`` command as ``pip install`` takes it. It holds no secret, and pip has no session."""

    def get(self, request: HttpRequest) -> HttpResponse:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ("pyproject.toml", "vitrine_cli.py"):
                archive.write(COMMAND / name, f"vitrine-cli/{name}")
        return HttpResponse(held.getvalue(), content_type="application/zip")


def addresses(url: str) -> dict[str, str]:
    """The variables by which the SDK finds the services. Each ends in a slash: clients put names right behind it."""
    return {f"GLOBUS_SDK_SERVICE_URL_{service}": f"{url}/{place}" for service, place in PLACES.items()}


def profile(url: str) -> str:
    """Under which name the ``globus`` command keeps logins for this portal; the ``vitrine`` command has the same."""
    return re.sub(r"[^a-z0-9.]+", "-", url.lower())


def _powershell(name: str, value: str) -> str:
    quoted = value.replace("'", "''")
    return f"$Env:{name} = '{quoted}'"
