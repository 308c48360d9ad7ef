"""Flows write mails and call webhooks, once, and to nobody who should not be reached."""

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail

pytestmark = pytest.mark.django_db
NOTIFY = "https://actions.globus.org/notification/notify"


def notify(**parameters):
    return {"Tell": {"Type": "Action", "ActionUrl": NOTIFY, "Parameters": parameters, "End": True}}


@pytest.fixture
def hook():
    """A webhook that keeps what it is told."""
    heard = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append((self.headers, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        server.heard = heard
        yield server
        server.shutdown()
        thread.join()


def test_a_mail_has_the_values_of_the_run_in_it(run_of, bob):
    run = run_of(
        notify(destination="bob@example.org", subject="Ready", body_template="$n images", body_variables={"n": 512})
    )

    assert run.status == "SUCCEEDED"
    assert (mail.outbox[0].to, mail.outbox[0].body) == (["bob@example.org"], "512 images")
    assert mail.outbox[0].extra_headers["Message-ID"].startswith("<")


def test_values_are_no_markup(run_of, alice):
    run_of(
        notify(
            destination="alice@example.org",
            body_mimetype="text/html",
            body_template="<p>$name</p>",
            body_variables={"name": "<script>"},
        )
    )

    assert mail.outbox[0].body == "<p>&lt;script&gt;</p>"


def test_flows_do_not_write_to_addresses_of_nobody_here(run_of, settings):
    assert run_of(notify(destination="somebody@elsewhere.example", subject="Buy")).error_name == "ActionUnableToRun"
    assert mail.outbox == []

    settings.NOTIFY_ANYONE = True

    assert run_of(notify(destination="somebody@elsewhere.example", subject="News")).status == "SUCCEEDED"


def test_an_address_with_a_line_break_is_refused(run_of, settings):
    settings.NOTIFY_ANYONE = True

    run = run_of(notify(destination="a@example.org\nBcc: b@example.org", subject="x"))

    assert (run.status, mail.outbox) == ("FAILED", [])


def test_a_webhook_can_tell_who_calls_it(run_of, hook):
    url = f"http://127.0.0.1:{hook.server_port}/hook"

    run = run_of(notify(notification_method="webhook", destination=url, payload={"done": True}, secret="sesame"))
    headers, body = hook.heard[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(b"sesame", signed, hashlib.sha256).digest()

    assert (run.status, json.loads(body)) == ("SUCCEEDED", {"done": True})
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"


def test_a_webhook_at_a_host_that_is_not_allowed_is_not_called(run_of, settings, hook):
    settings.ACTION_HOSTS = []

    run = run_of(notify(notification_method="webhook", destination=f"http://127.0.0.1:{hook.server_port}/"))

    assert (run.error_name, hook.heard) == ("ActionUnableToRun", [])
    assert "allow" in run.error_cause
