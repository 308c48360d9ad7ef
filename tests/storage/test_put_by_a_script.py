"""A script of a page puts a large file in pieces, as the person who is signed in: ten lines, in a real browser."""

import pytest
from django.conf import settings

from apps.storage.services.uploads import CHUNK

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SCRIPT = """async ([address, size, token]) => {
  const file = new File([new Uint8Array(size).fill(7)], "large.dat");
  const headers = {"X-CSRFToken": token};
  const begun = await fetch(address, {method: "POST", headers: {...headers, "X-Upload-Content-Length": size}});
  const upload = begun.headers.get("Location"), step = (await begun.json()).chunk_size, told = [];
  for (let start = 0; start < size; start += step) {
    const piece = file.slice(start, start + step), range = `bytes ${start}-${start + piece.size - 1}/${size}`;
    const answer = await fetch(upload, {method: "PUT", headers: {...headers, "Content-Range": range}, body: piece});
    told.push([answer.status, answer.headers.get("Range")]);
  }
  return told;
}"""


def test_a_script_puts_a_file_in_pieces(chromium, client, server, shared, bob, root):
    client.force_login(bob)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page = chromium.new_page()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}])
    page.goto(f"{server.url}/account/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()

    address = f"{server.url}/files/{shared.pk}/open/run7/large.dat"
    told = page.evaluate(SCRIPT, [address, 2 * CHUNK + 5, token])
    page.context.close()

    assert told == [[308, f"bytes=0-{CHUNK - 1}"], [308, f"bytes=0-{2 * CHUNK - 1}"], [201, None]]
    assert (root / "open/run7/large.dat").read_bytes() == bytes([7]) * (2 * CHUNK + 5)
