"""The pages of drafts, and what is asked there by who may know of none."""

from __future__ import annotations

from tests.api.probe import Probe, get, send

DRAFT = "/publish/drafts/{draft}/"
FOUND = [get("/publish/zyzzogeton/new/", index="{slug}", subject="secret/hyperborea"), get("/publish/zyzzogeton/bulk/")]
OF_DRAFTS: dict[str, list[Probe]] = {
    "publish/drafts/": [get("/publish/drafts/")],
    **{
        f"publish/drafts/<uuid:draft_id>/{page}": [get(f"{DRAFT}{page}"), send("POST", f"{DRAFT}{page}")]
        for page in ("", "files/", "people/", "plan/", "copy/", "delete/", "revise/", "take-back/")
    },
    "publish/<slug:form_slug>/new/": [FOUND[0], send("POST", "/publish/zyzzogeton/new/", {"index": "clandestine"})],
    "publish/<slug:form_slug>/bulk/": [FOUND[1], send("POST", "/publish/zyzzogeton/bulk/", {"table": "title"})],
}
