"""Tries of a password are counted by all processes together."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.core.exceptions import ImproperlyConfigured

from portal import env
from tests.conftest import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
GUESS = """
from allauth.core import ratelimit
from django.test import RequestFactory
request = RequestFactory().post("/")
print(sum(ratelimit.consume(request, action="login_failed", key="alice") for _ in range(4)))
"""


@pytest.fixture
def process(tmp_path):
    """Runs a command of a portal of its own."""
    environment = {**os.environ, "VITRINE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    environment.pop("VITRINE_DATABASE_URL", None)

    def run(*command):
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


@pytest.mark.slow
def test_two_processes_count_together(process):
    process("migrate", "--verbosity=0")

    allowed = [int(process("shell", "--verbosity=0", "--command", GUESS)) for _ in range(2)]

    assert allowed == [4, 1]  # of five in five minutes


@pytest.mark.django_db
def test_what_one_connection_counts_another_sees(client, alice):
    caches["default"].clear()
    for _ in range(10):
        client.post("/account/login/", {"login": "alice", "password": "wrong"})
    del caches["default"]

    client.post("/account/login/", {"login": "alice", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


@pytest.mark.redis
@pytest.mark.skipif("VITRINE_TEST_REDIS_URL" not in os.environ, reason="VITRINE_TEST_REDIS_URL names no Redis")
def test_redis_counts_too(monkeypatch):
    monkeypatch.setenv("VITRINE_CACHE_URL", os.environ["VITRINE_TEST_REDIS_URL"])
    given = env.cache("CACHE_URL", default="database://")
    first, second = (RedisCache(given["LOCATION"], given) for _ in range(2))
    key = uuid.uuid4().hex

    first.set(key, 1, 10)

    assert second.incr(key) == 2
    for one in (first, second):
        one._cache._get_connection_pool(write=True).disconnect()


def test_a_cache_of_another_kind_stops_the_start(monkeypatch):
    monkeypatch.setenv("VITRINE_CACHE_URL", "memcached://host:11211/")

    with pytest.raises(ImproperlyConfigured, match="VITRINE_CACHE_URL begins with 'memcached:"):
        env.cache("CACHE_URL", default="database://")
