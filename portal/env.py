"""Typed readers of environment variables. Each refuses nonsense and remembers its name for the page of settings.

All names begin with ``VITRINE_``. A secret may also be given as a file: ``VITRINE_<NAME>_FILE``.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

PREFIX = "VITRINE_"
known: dict[str, str] = {}
"""Each setting that was read, with its default as text; ``tests/test_settings_page.py`` compares it with the page."""


def text(name: str, *, default: str) -> str:
    known[PREFIX + name] = default
    return os.environ.get(PREFIX + name, default)


def flag(name: str, *, default: bool) -> bool:
    word = text(name, default=str(default))
    if word not in {"True", "False"}:
        raise ImproperlyConfigured(f"{PREFIX}{name} is {word!r}. Write True or False.")
    return word == "True"


def number(name: str, *, default: int) -> int:
    word = text(name, default=str(default))
    try:
        return int(word)
    except ValueError:
        raise ImproperlyConfigured(f"{PREFIX}{name} is {word!r}. Write a whole number.") from None


def words(name: str, *, default: str) -> list[str]:
    """A list, its parts separated by commas."""
    return [word.strip() for word in text(name, default=default).split(",") if word.strip()]


def places(name: str, *, default: str) -> dict[str, str]:
    """``/folder=/address`` pairs, separated by commas."""
    pairs = [pair.partition("=") for pair in words(name, default=default)]
    for folder, _, address in pairs:
        if not folder.startswith("/") or not address.startswith("/"):
            raise ImproperlyConfigured(f"{PREFIX}{name} has {folder!r}. Write /FOLDER=/ADDRESS, both from the root.")
    return {folder.rstrip("/") or "/": address.rstrip("/") for folder, _, address in pairs}


def folder(name: str, *, default: Path) -> Path:
    """A folder, made if it is missing."""
    path = Path(text(name, default=str(default))).expanduser().resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret(name: str, *, default: str = "") -> str:
    """The value, or the content of the file that ``<NAME>_FILE`` names."""
    path = text(f"{name}_FILE", default="")
    if not path:
        return text(name, default=default)
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{PREFIX}{name}_FILE is {path!r}: {error.strerror}.") from error


def cache(name: str, *, default: str) -> dict[str, Any]:
    """A cache as Django configures one, from a URL: ``database://`` or ``redis://host:port/number``."""
    url = secret(name, default=default)
    if url == "database://":
        # Django throws out a third of all lines once there are too many; 300, its default, an attacker fills at once.
        kind, location, options = "db.DatabaseCache", "vitrine_cache", {"MAX_ENTRIES": 100_000}
    elif url.startswith(("redis://", "rediss://")):
        kind, location, options = "redis.RedisCache", url, {}
    else:
        raise ImproperlyConfigured(f"{PREFIX}{name} begins with {url[:10]!r}. Write redis://host:6379/1 or database://")
    return {
        "BACKEND": f"django.core.cache.backends.{kind}",
        "LOCATION": location,
        "OPTIONS": options,
        "KEY_PREFIX": "vitrine",
    }


def kept_secret(name: str, *, file: Path, make: Callable[[], str]) -> str:
    """The value from the environment, or one that is made on the first run and kept in ``file`` for its owner alone."""
    return secret(name) or kept(file, make=make)


def kept(file: Path, *, make: Callable[[], str]) -> str:
    """What the file holds; it is made, for its owner alone and whole, by whichever process comes first."""
    if not file.exists():
        descriptor, mine = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(make())
        try:
            os.link(mine, file)
        except FileExistsError:
            pass
        finally:
            Path(mine).unlink()
    return file.read_text().strip()
