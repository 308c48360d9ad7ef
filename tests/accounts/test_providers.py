"""Providers come from one setting, and what is wrong with it is told at the start."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from apps.accounts import checks
from portal.login import read_providers

ROOT = Path(__file__).parents[2]
KEYS = {"client_id": "c", "secret": "s"}
OIDC = KEYS | {"kind": "openid_connect", "id": "sso", "name": "My SSO", "server_url": "https://sso.example.org"}
IDP = {"entity_id": "https://idp.uni.example", "sso_url": "https://idp.uni.example/sso", "x509cert": "MII"}
SAML = {"kind": "saml", "id": "uni", "name": "My university", "domain": "uni.example", "idp": IDP}
ALL = [OIDC, *(KEYS | {"kind": kind} for kind in ("orcid", "github", "globus", "cilogon")), SAML]
LEADS_TO = {
    "orcid": "https://orcid.org/oauth/authorize",
    "github": "https://github.com/login/oauth/authorize",
    "globus": "https://auth.globus.org/v2/oauth2/authorize",
    "cilogon": "https://cilogon.org/authorize",
    "saml/uni": "https://idp.uni.example/sso",
}
ASK = """
from django.core.management import call_command
from django.test import Client
call_command("check"); call_command("migrate", verbosity=0)
browser = Client(headers={"Host": "127.0.0.1"})
print(browser.get("/account/login/").text)
for key in ("orcid", "github", "globus", "cilogon", "saml/uni"):
    print(key, "leads to", browser.post(f"/account/{key}/login/")["Location"])
"""


def wrong(settings, *providers):
    settings.LOGIN_PROVIDERS = read_providers(json.dumps(providers))
    return [found.msg for found in checks.providers_can_work()]


def test_each_kind_of_provider_takes_settings_alone(tmp_path):
    told = {"VITRINE_HOME": str(tmp_path), "VITRINE_DEBUG": "True", "VITRINE_LOGIN_PROVIDERS": json.dumps(ALL)}
    told = os.environ | told | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", ASK]

    page = subprocess.run(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, text=True, check=True).stdout

    buttons = re.findall(r"</svg>([^<]+)</button>", page.partition("Or sign in with")[2])
    assert buttons == ["CILogon", "GitHub", "Globus", "My SSO", "My university", "ORCID"]
    assert dict(re.findall(r"(\S+) leads to ([^?\n]+)", page)) == LEADS_TO


def test_providers_that_can_work_are_not_complained_of(settings):
    assert wrong(settings, *ALL) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"id": ""}, "cannot stand in an address"),
        ({"id": "a/b"}, "cannot stand in an address"),
        ({"server_url": "sso"}, "not known where it is"),
        ({"server_url": "http://sso.example.org"}, "could be anybody"),
        ({"server_url": "http://localhost.example.org"}, "could be anybody"),
        ({"secret": ""}, "does not know this portal"),
        ({"domain": "my sso"}, "cannot end a username"),
        ({"domain": "vitrine.local"}, "Usernames of another one"),
        ({"kind": "github"}, "Only OpenID Connect and SAML have ids"),
        ({"kind": "saml", "domain": "u.example"}, "not known where it is"),
        ({"groups": [{"claim": "c", "group": "g"}]}, "asks for nothing"),
        ({"groups": [{"claim": "c", "group": "g", "value": "v", "pattern": "p"}]}, "asks for nothing"),
        ({"groups": [{"claim": "c", "group": "g", "pattern": "("}]}, "pattern '\\(' is wrong"),
    ],
)
def test_a_provider_that_cannot_work_is_told_at_the_start(settings, change, complaint):
    (found, *_) = wrong(settings, OIDC | change)

    assert re.search(complaint, found)


def test_two_providers_are_told_apart(settings):
    assert len(wrong(settings, OIDC, OIDC)) == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{}", "Expected `array`"),
        ("nonsense", "malformed"),
        ('[{"kind": "facebook"}]', r"\$\[0\].kind"),
        ('[{"kind": "orcid", "client": "c"}]', "unknown field `client`"),
    ],
)
def test_a_setting_that_is_no_list_of_providers_stops_the_start(text, complaint):
    with pytest.raises(ImproperlyConfigured, match=complaint):
        read_providers(text)
