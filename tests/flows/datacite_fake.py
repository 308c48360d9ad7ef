"""A server that answers as DataCite's REST API does: drafts, published and hidden DOIs, of one repository account."""

import base64
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EVENTS = {"publish": "findable", "register": "registered", "hide": "registered"}


class Handler(BaseHTTPRequestHandler):
    """``server.mood`` is how it answers those of ``server.moody``: "failing" with 500, "refusing" with 422, "away" not
    at all, "hanging" too late, "babbling" with a page, "losing" not, after it has done what it was asked."""

    def _answer(self, status, body=None):
        content = b"" if body is None else json.dumps(body).encode()
        if self._is_moody and self.server.mood == "losing":
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _asked(self):
        """The DOI in the address, and the attributes in the body; None if it was answered already."""
        self.server.calls.append((self.command, self.path))
        if self._is_moody and self.server.mood != "losing":
            return self._sulk(self.server.mood)
        if self.server.is_down:
            return self._answer(503, {"errors": [{"title": "down"}]})
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else {}
        if self.headers.get("Authorization") != self.server.expects:
            return self._answer(401, {"errors": [{"status": "401", "title": "Bad credentials."}]})
        return self.path.removeprefix("/dois").strip("/").lower(), body.get("data", {}).get("attributes", {})

    @property
    def _is_moody(self):
        return self.server.mood and self.command in self.server.moody

    def _sulk(self, mood):
        self.close_connection = True
        if mood == "hanging":
            self.server.calm.wait(30)
        elif mood == "babbling":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<h1>It works!</h1>")
        elif mood != "away":
            self.send_response(500 if mood == "failing" else 422)
            self.end_headers()
            self.wfile.write(b'{"errors": [{"title": "No."}]}')

    def do_GET(self):
        asked = self._asked()
        if asked:
            kept = self.server.dois.get(asked[0])
            self._answer(
                200 if kept else 404, {"data": {"id": asked[0], "attributes": kept}} if kept else {"errors": []}
            )

    def do_POST(self):
        asked = self._asked()
        if asked:
            doi = asked[1]["doi"].lower()
            if doi in self.server.dois:
                return self._answer(422, {"errors": [{"title": "This DOI has already been taken"}]})
            self._keep(doi, {"state": "draft"}, asked[1], 201)
        return None

    def do_PUT(self):
        asked = self._asked()
        if asked:
            self._keep(asked[0], self.server.dois[asked[0]], asked[1], 200)

    def do_DELETE(self):
        asked = self._asked()
        if asked:
            is_draft = self.server.dois.get(asked[0], {}).get("state") == "draft"
            if is_draft:
                del self.server.dois[asked[0]]
            self._answer(204 if is_draft else 405)

    def _keep(self, doi, before, told, status):
        event = told.pop("event", None)
        if event == "publish" and not (told.get("url") or before.get("url")):
            return self._answer(422, {"errors": [{"source": "url", "title": "Can't be blank"}]})
        self.server.dois[doi] = {**before, **told, "state": EVENTS.get(event, before["state"])}
        return self._answer(status, {"data": {"id": doi, "attributes": self.server.dois[doi]}})

    def log_message(self, *args):
        pass


@contextmanager
def datacite(username, password):
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.dois, server.calls, server.is_down = {}, [], False
        server.mood, server.moody, server.calm = "", set(), threading.Event()
        server.expects = "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.calm.set()
            server.shutdown()
            thread.join()
