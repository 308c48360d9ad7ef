"""nginx, with its index as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.storage.servers.running import free_port, program, running

CONFIG = """
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
}}
"""


@contextmanager
def web_server(home: Path, root: Path) -> Iterator[str]:
    """The address at which it serves ``root``. ``home`` holds what it needs itself."""
    nginx = program("nginx", package="nginx-light")
    port = free_port()
    (home / "nginx.conf").write_text(CONFIG.format(home=home, port=port, root=root))
    command = [nginx, "-p", str(home), "-c", str(home / "nginx.conf"), "-e", "stderr"]
    with running(command, port=port, log=home / "nginx.log"):
        yield f"http://127.0.0.1:{port}"
