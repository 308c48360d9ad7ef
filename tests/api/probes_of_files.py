"""The routes of files, and what is asked there: nothing of them knows what is hidden in an index."""

from __future__ import annotations

from tests.api.probe import RARE, Probe, get, send

TRANSFER = "/api/transfer/v0.10"
OF_COLLECTION: dict[str, list[Probe]] = {
    "endpoint/<str:collection_id>": [get(f"{TRANSFER}/endpoint/{RARE}"), send("DELETE", f"{TRANSFER}/endpoint/{RARE}")],
    "endpoint/<str:collection_id>/access_list": [get(f"{TRANSFER}/endpoint/{RARE}/access_list")],
    "endpoint/<str:collection_id>/access": [send("POST", f"{TRANSFER}/endpoint/{RARE}/access", {})],
    "endpoint/<str:collection_id>/access/<str:rule_id>": [get(f"{TRANSFER}/endpoint/{RARE}/access/{RARE}")],
    **{
        f"operation/endpoint/<str:collection_id>/{what}": [probe(f"{TRANSFER}/operation/endpoint/{RARE}/{what}")]
        for what, probe in {"ls": get, "stat": get}.items()
    },
    **{
        f"operation/endpoint/<str:collection_id>/{what}": [
            send("POST", f"{TRANSFER}/operation/endpoint/{RARE}/{what}", {"path": "/x"})
        ]
        for what in ("mkdir", "rename")
    },
    "endpoint_search": [get(f"{TRANSFER}/endpoint_search", filter_fulltext=word) for word in ("zyz", "")],
}
TASK = f"{TRANSFER}/task/{RARE}"
OF_TASK: dict[str, list[Probe]] = {
    "submission_id": [],  # Another one each time.
    "transfer": [send("POST", f"{TRANSFER}/transfer", {"source_endpoint": RARE, "destination_endpoint": RARE})],
    "delete": [send("POST", f"{TRANSFER}/delete", {"endpoint": RARE})],
    "task_list": [get(f"{TRANSFER}/task_list"), get(f"{TRANSFER}/task_list", filter="label:~zyz")],
    "task/<str:task_id>": [get(TASK), send("PUT", TASK, {"label": "x"})],
    **{f"task/<str:task_id>/{what}": [send("POST", f"{TASK}/{what}")] for what in ("cancel", "pause", "resume")},
    **{
        f"task/<str:task_id>/{what}": [get(f"{TASK}/{what}")]
        for what in ("event_list", "pause_info", "skipped_errors", "successful_transfers")
    },
    "bookmark_list": [get(f"{TRANSFER}/bookmark_list")],
    "bookmark": [send("POST", f"{TRANSFER}/bookmark", {"name": "x", "endpoint_id": RARE, "path": "/"})],
    "bookmark/<str:bookmark_id>": [get(f"{TRANSFER}/bookmark/{RARE}"), send("DELETE", f"{TRANSFER}/bookmark/{RARE}")],
}
PLACE = f"/collections/{RARE}/"
PAGES_OF_COLLECTION: dict[str, list[Probe]] = {
    "": [get("/collections/"), get("/collections/", q="zyz"), get("/collections/", q="umbra")],
    "<uuid:collection_id>/": [get(PLACE), get(PLACE, path="/x", beside=RARE)],
    "<uuid:collection_id>/preview": [get(f"{PLACE}preview", path="/x")],
    **{
        f"<uuid:collection_id>/{what}/": [get(f"{PLACE}{what}/", path="/x"), send("POST", f"{PLACE}{what}/")]
        for what in ("delete", "download", "new-folder", "rename", "transfer", "upload")
    },
    **{
        f"<uuid:collection_id>/{what}/": [get(f"{PLACE}{what}/"), send("POST", f"{PLACE}{what}/")]
        for what in ("settings", "settings/credentials", "settings/delete", "share", "share/guest")
    },
    "<uuid:collection_id>/share/<uuid:rule_id>/": [send("POST", f"{PLACE}share/{RARE}/")],
    "bookmarks/": [get("/collections/bookmarks/")],
    "bookmarks/new/": [get("/collections/bookmarks/new/", collection=RARE, path="/")],
    **{
        f"bookmarks/<uuid:bookmark_id>/{what}/": [send("POST", f"/collections/bookmarks/{RARE}/{what}/")]
        for what in ("rename", "remove")
    },
}
WORK = f"/tasks/{RARE}/"
PAGES_OF_TASK: dict[str, list[Probe]] = {
    "": [get("/tasks/"), get("/tasks/", q="zyz")],
    "<uuid:task_id>/": [get(WORK)],
    **{f"<uuid:task_id>/{what}/": [get(f"{WORK}{what}/")] for what in ("events", "live")},
    **{
        f"<uuid:task_id>/files/<str:outcome>{end}": [get(f"{WORK}files/failed{end}")]
        for end in ("/", ".csv", ".ndjson")
    },
    **{
        f"<uuid:task_id>/{what}/": [send("POST", f"{WORK}{what}/")]
        for what in ("cancel", "change", "pause", "repeat", "resume")
    },
}
OF_FILES: dict[str, list[Probe]] = {
    **{f"api/transfer/v0.10/{route}": probes for route, probes in (OF_COLLECTION | OF_TASK).items()},
    "api/transfer/v2/bookmarks": [get("/api/transfer/v2/bookmarks")],
    "api/transfer/v2/bookmarks/<str:bookmark_id>": [get(f"/api/transfer/v2/bookmarks/{RARE}")],
    "api/transfer/^": [get("/api/transfer/"), get("/api/transfer/v0.10/none")],
    "files/<uuid:collection_id>/<any_path:path>": [get(f"/files/{RARE}/x"), send("PUT", f"/files/{RARE}/x", "x")],
    **{f"collections/{route}": probes for route, probes in PAGES_OF_COLLECTION.items()},
    **{f"tasks/{route}": probes for route, probes in PAGES_OF_TASK.items()},
}
