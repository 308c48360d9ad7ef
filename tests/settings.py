"""The portal's own settings with a data folder that goes away, unless the shell names one, and what makes tests quick.

A module, because Django reads its settings before pytest reads any ``conftest.py``.
"""

import atexit
import os
import shutil
import tempfile

if "VITRINE_HOME" not in os.environ:
    os.environ["VITRINE_HOME"] = tempfile.mkdtemp(prefix="vitrine-tests-")
    atexit.register(shutil.rmtree, os.environ["VITRINE_HOME"], ignore_errors=True)

from portal.settings import *  # noqa: F403  # all but what stands below
from portal.settings import DATABASES, HOME, INSTALLED_APPS, STATIC_ROOT, STORAGES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # In memory its locks are others, and nobody waits for them.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

INSTALLED_APPS = [*INSTALLED_APPS, "allauth.socialaccount.providers.saml"]  # Portals have it if they name one.
TRANSFER_PROCESSES = 1  # Helpers take a second to start, and would outlive the test that they were started for.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Nothing is collected, so there is no manifest; WhiteNoise warns of a folder that is missing.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(exist_ok=True)
