"""An action provider that is not the portal's: it keeps what it is asked, and says what it is told to say."""

import json
import threading
import uuid
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def _answer(self, body, status=200):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _heard(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        self.server.heard.append((self.command, self.path, self.headers.get("Authorization"), body))
        return body

    def do_GET(self):
        self._heard()
        if self.path.strip("/") == "":
            return self._answer({"title": "elsewhere", "globus_auth_scope": self.server.scope})
        return self._status(self.path.split("/")[1])

    def do_POST(self):
        body = self._heard()
        server = self.server
        if server.refuses:
            return self._answer({"code": "UnauthorizedRequest", "description": "no"}, server.refuses)
        if self.path == "/run":
            action_id = server.by_request.setdefault(body["request_id"], str(uuid.uuid4()))
            server.begun.add(action_id)
            return self._status(action_id, 202)
        _, action_id, verb = self.path.split("/")
        server.status = {"cancel": "FAILED", "resume": "ACTIVE"}[verb]
        return self._status(action_id)

    def _status(self, action_id, code=200):
        if self.server.garbage is not None:
            return self._answer(self.server.garbage)
        told = {"action_id": action_id, "status": self.server.status, "details": {"said": "so"}, "display_status": "x"}
        return self._answer(told, code)

    def log_message(self, *args):
        pass


@contextmanager
def provider():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.heard, server.by_request, server.begun = [], {}, set()
        server.status, server.refuses, server.garbage, server.scope = "ACTIVE", 0, None, ""
        server.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
