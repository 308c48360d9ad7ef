"""With a public address by HTTPS: nothing that Django checks is left open, and browsers are held to it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ASK = """
from django.test import Client
plain = Client().get("/account/login/")
safe = Client().get("/account/login/", secure=True, headers={"x-forwarded-proto": "https"})
print(plain.status_code, plain.headers.get("Location"))
print(safe.status_code, safe.headers.get("Strict-Transport-Security"))
print(safe.cookies["csrftoken"].OutputString())
"""


@pytest.fixture
def manage(tmp_path):
    """``manage.py`` of a portal with these settings; gives what it said."""

    def manage(*command, **told):
        # Tests in a browser that ran before leave DJANGO_ALLOW_ASYNC_UNSAFE, against which a check warns.
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("VITRINE_", "DJANGO_"))
        }
        environment |= {"VITRINE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings"}
        environment |= {f"VITRINE_{name}": value for name, value in told.items()}
        done = subprocess.run(
            [sys.executable, "-W", "error", "manage.py", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return manage


@pytest.mark.parametrize("proxy", ["True", "False"])
def test_the_checks_of_a_deployment_find_nothing(manage, proxy):
    said = manage("check", "--deploy", "--fail-level=WARNING", PUBLIC_URL="https://x.example", BEHIND_PROXY=proxy)

    assert said.startswith("System check identified no issues")


def test_no_check_is_silenced_but_those_with_a_reason(manage):
    said = manage(
        "shell", "--verbosity=0", "-c", "from django.conf import settings as s; print(s.SILENCED_SYSTEM_CHECKS)"
    )

    assert eval(said) == ["security.W005", "security.W021", "security.W008"]


def test_browsers_are_led_to_https_and_kept_there(manage):
    told = {"PUBLIC_URL": "https://testserver", "BEHIND_PROXY": "True", "HSTS_SECONDS": "77"}
    manage("migrate", "--no-input", "--verbosity=0", **told)
    manage("collectstatic", "--no-input", "--verbosity=0", **told)

    plain, safe, cookie = manage("shell", "--verbosity=0", "--command", ASK, **told).splitlines()[-3:]

    assert plain == "301 https://testserver/account/login/"
    assert safe == "200 max-age=77"
    assert [part for part in ("HttpOnly", "SameSite=Lax", "Secure") if part not in cookie] == []
