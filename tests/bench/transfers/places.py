"""Where files are moved from and to, as the portal and as the tools know it."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.storage.servers.s3 import KEYS
from tests.storage.servers.ssh import SshServer


@dataclass(frozen=True)
class Place:
    """``remote`` and ``environ`` are what rclone wants; below ``remote`` each run has a folder of its own."""

    kind: str
    settings: dict[str, Any]
    remote: str
    credentials: dict[str, str] = field(default_factory=dict)
    environ: dict[str, str] = field(default_factory=dict)

    def forget(self, name: str, environ: dict[str, str]) -> None:
        if self.kind == "posix":
            shutil.rmtree(Path(self.remote) / name)
        else:
            subprocess.run(["rclone", "delete", "-q", f"{self.remote}/{name}"], env=environ, check=True)


def folder(root: Path) -> Place:
    root.mkdir(parents=True, exist_ok=True)
    return Place("posix", {"root": str(root)}, str(root))


def bucket(told: dict[str, Any]) -> Place:
    settings = {"bucket": told["bucket"], "endpoint_url": told["endpoint_url"]}
    keys = {"ACCESS_KEY_ID": KEYS["access_key"], "SECRET_ACCESS_KEY": KEYS["secret_key"]}
    options = {"TYPE": "s3", "PROVIDER": "Minio", "ENDPOINT": told["endpoint_url"], **keys}
    environ = {f"RCLONE_CONFIG_BUCKET_{name}": value for name, value in options.items()}
    return Place("s3", settings, f"bucket:{told['bucket']}", KEYS, environ)


def account(server: SshServer, root: Path) -> Place:
    root.mkdir(parents=True, exist_ok=True)
    key, hosts = root.parent / "rclone_key", root.parent / "known_hosts"
    key.write_text(server.credentials["private_key"])
    key.chmod(0o600)
    hosts.write_text(f"[127.0.0.1]:{server.settings['port']} {server.settings['host_key']}")
    options = {"TYPE": "sftp", "HOST": "127.0.0.1", "PORT": server.settings["port"], "KEY_FILE": key}
    options |= {"USER": server.settings["username"], "KNOWN_HOSTS_FILE": hosts, "SHELL_TYPE": "none"}
    environ = {f"RCLONE_CONFIG_ACCOUNT_{name}": str(value) for name, value in options.items()}
    settings = server.settings | {"root": str(root)}
    return Place("sftp", settings, f"account:{root}", server.credentials, environ)
