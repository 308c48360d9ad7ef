"""Apache, with mod_dav."""

from __future__ import annotations

import os
import shutil
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha1
from pathlib import Path

from tests.storage.servers.running import free_port, program, running

USER, PASSWORD = "portal", "glass-case-42"
ACCOUNT = "nobody"
"""Apache serves nothing as root, and becomes this one if it was started by root."""
MODULES = "mpm_event dav dav_fs auth_basic authn_core authn_file authz_core authz_user alias"
CONFIG = """
ServerRoot {home}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {home}/apache.pid
Mutex file:{home}
ErrorLog {home}/error.log
User {account}
Group #{group}
DocumentRoot {home}/root
DavLockDB {home}/locks
AllowEncodedSlashes NoDecode
Alias /dav {home}/root
<Directory {home}/root>
  Dav On
  AuthType Basic
  AuthName files
  AuthBasicProvider file
  AuthUserFile {home}/users
  Require valid-user
</Directory>
"""


@contextmanager
def webdav_server() -> Iterator[str]:
    """The address at which it serves an empty folder to ``USER``."""
    apache = program("apache2", package="apache2-bin")
    home = Path(tempfile.mkdtemp(prefix="vitrine-apache-"))
    try:
        command = [apache, "-D", "FOREGROUND", "-f", str(home / "apache.conf")]
        with running(command, port=_configure(home), log=home / "apache.log"):
            yield (home / "url").read_text()
    finally:
        shutil.rmtree(home)


def _configure(home: Path) -> int:
    port = free_port()
    (home / "root").mkdir()
    digest = b64encode(sha1(PASSWORD.encode()).digest()).decode()
    (home / "users").write_text(f"{USER}:{{SHA}}{digest}\n")
    (home / "url").write_text(f"http://127.0.0.1:{port}/dav")
    load = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in MODULES.split())
    config = CONFIG.format(home=home, port=port, account=ACCOUNT, group=os.getgid() or 65534)
    (home / "apache.conf").write_text(load + config)
    if os.geteuid() == 0:
        for place in (home, home / "root", home / "users"):
            shutil.chown(place, ACCOUNT)
    return port
