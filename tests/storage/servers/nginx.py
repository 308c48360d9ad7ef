"""nginx: with its index as JSON, and before the portal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.storage.servers.running import free_port, program, running

NGINX = """
daemon off;
master_process off;
pid {home}/nginx.pid;
error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi;
  scgi_temp_path {home}/scgi;
  {servers}
}}
"""
INDEX = """
  server {{
    listen 127.0.0.1:{port};
    root {root};
    location / {{ autoindex on; autoindex_format json; }}
    location /pages/ {{ autoindex on; autoindex_format html; }}
    location = /away {{ return 302 http://127.0.0.2:{port}/file; }}
    location = /moved {{ return 302 /file; }}
    location = /circle {{ return 302 /circle; }}
    location = /shut {{ return 401; }}
    location = /secret {{ return 403; }}
    location = /late {{ return 503; }}
  }}
"""


@contextmanager
def web_server(home: Path, root: Path) -> Iterator[str]:
    """The address at which it serves ``root``. ``home`` holds what it needs itself."""
    port = free_port()
    with _serving(home, INDEX.format(port=port, root=root), port=port) as address:
        yield address


@contextmanager
def proxy(home: Path, config: str, *, upstream: str, folder: Path) -> Iterator[str]:
    """The address of the proxy that ``deploy/nginx.conf`` describes, but for TLS."""
    port = free_port()
    config = re.sub(r"^ *ssl_.*\n", "", config, flags=re.MULTILINE)
    changes = {"443 ssl": f"127.0.0.1:{port}", "/data/beamline": str(folder), "http://127.0.0.1:8000": upstream}
    for told, here in changes.items():
        assert told in config
        config = config.replace(told, here)
    with _serving(home, config, port=port) as address:
        yield address


@contextmanager
def _serving(home: Path, servers: str, *, port: int) -> Iterator[str]:
    nginx = program("nginx", package="nginx-light")
    (home / "nginx.conf").write_text(NGINX.format(home=home, servers=servers))
    command = [nginx, "-p", str(home), "-c", str(home / "nginx.conf"), "-e", "stderr"]
    with running(command, port=port, log=home / "nginx.log"):
        yield f"http://127.0.0.1:{port}"
