"""The pages of forms, and what is asked there: nothing of them knows what is hidden in an index."""

from __future__ import annotations

from tests.api.probe import Probe, get, send

FORM = "/publish/forms/zyzzogeton/"
SEEN = ("", "edit/", "setup/", "versions/", "people/", "export.json", "delete/")
SENT = ("edit/", "setup/", "open/", "people/", "delete/")
TEXT = '{"title": "x", "schema": {"type": "object"}, "index": "clandestine"}'
OF_FORM_PAGES: dict[str, list[Probe]] = {
    "publish/": [get("/publish/")],
    "publish/forms/": [get("/publish/forms/")],
    "publish/forms/new/": [
        get("/publish/forms/new/"),
        get("/publish/forms/new/", **{"from": "zyzzogeton"}),
        send("POST", "/publish/forms/new/", {"text": TEXT, "do": "check"}),
    ],
    "publish/forms/import/": [get("/publish/forms/import/"), send("POST", "/publish/forms/import/", {"text": TEXT})],
    **{
        f"publish/forms/<slug:slug>/{page}": [
            *([get(FORM + page)] if page in SEEN else []),
            *([send("POST", FORM + page)] if page in SENT else []),
        ]
        for page in dict.fromkeys((*SEEN, *SENT))
    },
}
