"""vitrine: the globus command, for the portal that you choose.

  vitrine use URL [--name NAME]   choose a portal and remember it
  vitrine use NAME                choose one that is remembered
  vitrine portals                 list them
  vitrine login                   sign in there, as all of globus: vitrine whoami, vitrine search query …

Each portal has a profile of its own, so that a login for one is never shown to another, nor to Globus itself.
VITRINE_PORTAL chooses a portal (a name or URL) for one shell. A program that acts for itself sets VITRINE_CLIENT_ID and
VITRINE_CLIENT_SECRET.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from dataclasses import asdict, dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

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
"""Where the services of a portal are, by the names that the globus command has for them. One that is not set would be
asked at Globus."""
ASKS_TO_SIGN_IN = 4
"""What the globus command ends with when a login or a consent is missing."""


class Problem(Exception):
    """What is wrong, and what to do."""


@dataclass
class Portals:
    """The portals that are remembered: URLs by name, and the name of the one in use."""

    urls: dict[str, str] = field(default_factory=dict)
    current: str = ""

    def find(self, wanted: str) -> str:
        """The URL of the portal with this name or URL."""
        url = self.urls.get(wanted) or next((one for one in self.urls.values() if one == wanted.rstrip("/")), "")
        if not url:
            known = ", ".join(self.urls) or "none"
            raise Problem(f"No portal is called {wanted!r} (known: {known}). Name its address: vitrine use URL")
        return url

    def chosen(self) -> str:
        """The URL of the portal to talk to."""
        wanted = os.environ.get("VITRINE_PORTAL") or self.current
        if not wanted:
            raise Problem("No portal was chosen yet. Name its address: vitrine use https://portal.example.org")
        return self.find(wanted)


def kept_in() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "vitrine" / "portals.json"


def load() -> Portals:
    try:
        return Portals(**json.loads(kept_in().read_text()))
    except FileNotFoundError:
        return Portals()
    except (ValueError, TypeError) as error:
        raise Problem(f"{kept_in()} cannot be read ({error}). Mend or delete it.") from error


def save(portals: Portals) -> None:
    """Whole or not at all, and for nobody else to read."""
    kept_in().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = kept_in().with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(portals), file, indent=2)
    new.replace(kept_in())


def use(place: str, name: str = "") -> str:
    """Choose the portal at an address, or one that is remembered; gives its name."""
    portals = load()
    if "://" not in place and not name:
        portals.find(place)
        name = place
    else:
        url = check(place.rstrip("/"))
        name = name or urlsplit(url).netloc
        portals.urls[name] = url
    portals.current = name
    save(portals)
    return name


def check(url: str) -> str:
    """The address again, if a Vitrine answers there by this very name."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Problem(f"{url} is no address of a portal. Write it whole: https://portal.example.org")
    try:
        with urllib.request.urlopen(f"{url}/api/auth/.well-known/openid-configuration", timeout=20) as answer:  # noqa: S310  # http or https: see above
            told = json.load(answer)
        issuer, sign_in = str(told["issuer"]), str(told["authorization_endpoint"])
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        raise Problem(f"No Vitrine answers at {url} ({error}). Check the address.") from error
    own = issuer.removesuffix("/api/auth")
    if own == issuer or not sign_in.startswith(f"{issuer}/"):
        raise Problem(f"What answers at {url} is no Vitrine. Check the address.")
    if own != url:
        raise Problem(f"The portal at {url} calls itself {own}. Use that: vitrine use {own}")
    return url


def variables(url: str) -> dict[str, str]:
    """The environment in which the globus command knows this portal and nothing else."""
    foreign = ("GLOBUS_SDK_SERVICE_URL_", "GLOBUS_SDK_ENVIRONMENT", "GLOBUS_CLI_CLIENT_", "GLOBUS_PROFILE")
    told = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    told |= {f"GLOBUS_SDK_SERVICE_URL_{service}": f"{url}/{place}" for service, place in PLACES.items()}
    told["GLOBUS_PROFILE"] = profile(url)
    for key in ("CLIENT_ID", "CLIENT_SECRET"):
        if f"VITRINE_{key}" in os.environ:
            told[f"GLOBUS_CLI_{key}"] = os.environ[f"VITRINE_{key}"]
    return told


def profile(url: str) -> str:
    """Under which name the globus command keeps logins. By the address, because a name may move to another portal."""
    return re.sub(r"[^a-z0-9.]+", "-", url.lower())


def run_globus(words: list[str]) -> int:
    """Run the globus command; gives its status."""
    portal = load().chosen()
    beside = Path(sys.executable).parent  # where pip and pipx put it together with this command
    globus = shutil.which("globus", path=f"{beside}{os.pathsep}{os.environ.get('PATH', os.defpath)}")
    if globus is None:
        raise Problem("The globus command is not installed. Install it: pip install globus-cli")
    try:
        status = subprocess.run([globus, *words], env=variables(portal), check=False).returncode
    except KeyboardInterrupt:
        return 130
    if status == ASKS_TO_SIGN_IN:
        print(f"(This is {portal}: type `vitrine` where it says `globus`.)", file=sys.stderr)
    return status


def listed(portals: Portals) -> str:
    return "\n".join(f"{'*' if name == portals.current else ' '} {name}  {url}" for name, url in portals.urls.items())


def run(words: list[str]) -> int:
    match words:
        case [] | ["-h" | "--help"]:
            print(__doc__)
        case ["use", place] | ["use", place, "--name", ""]:
            print(f"Using {use(place)}")
        case ["use", place, "--name", name] | ["use", "--name", name, place]:
            print(f"Using {use(place, name)}")
        case ["use", *_]:
            raise Problem("Name one portal: vitrine use https://portal.example.org [--name NAME]")
        case ["portals"]:
            print(listed(load()) or "None yet. Name one: vitrine use https://portal.example.org")
        case _:
            return run_globus(words)
    return 0


def main() -> None:
    try:
        sys.exit(run(sys.argv[1:]))
    except Problem as problem:
        print(f"vitrine: {problem}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
