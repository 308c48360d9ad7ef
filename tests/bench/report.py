"""The outcome as Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.bench.measure import Pair

NOTES = """\
Both sides of a pair were measured in turns (A B A B …) in one run on a machine that others used, too: ratios count, not
times. *Ratio* is the median of the ratios of neighbouring runs, with their quartiles and extremes; p50 and p95 are of
each side's own times. Warm-up runs are not counted. Both sides found the same number of subjects, and the same first
page, in every variant of every query; otherwise there would be no table.

* **API** is HTTP with a kept connection to `manage.py serve` (gunicorn and a worker); its JSON is read whole. The API
  gives each hit's content, which it reads from the database; the bare engines give subjects alone.
* **bare** search: on OpenSearch the very bodies that the portal sends, by `opensearch-py`; on tantivy the engine's
  calls of the portal's backend in the process that measures. Both read the index that the portal has written. The
  engine's cache of whole answers is emptied before each call.
* **bare** ingest, *typed layout*: the portal's typed documents, ready-made, into an index of the portal's mapping
  (`helpers.bulk` of 1,000 and a refresh a slice; or a tantivy writer and a commit a slice). *Dynamic types*: the
  entries as they are, types found by the engine. The API gets the entries as JSON and is done when the task is SUCCESS.
* A caller of n groups has n + 3 principals. All callers see the same documents, and each group has some of its own.
* **Search pages** are asked for in one process with all of the portal's middleware, compression too, and ten facets;
  *own* is what is left of a request's time without that of its calls to the engine, *processor* how long the thread
  worked for it, which others on the machine do not lengthen. All visitors but nobody are the caller of 100 groups.
* PostgreSQL does not wait for its disk (`fsync=off`, as `deploy/postgres.sh` starts it); SQLite does.
"""


def write(folder: Path, outcome: dict[str, Any], pairs: list[Pair]) -> list[Path]:
    """Write ``<entries>.json`` and ``<entries>.md``; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = {**outcome, "pairs": [pair.summary() for pair in pairs]}
    stem = folder / f"{outcome['entries asked for']}"
    files = [stem.with_suffix(".json"), stem.with_suffix(".md")]
    files[0].write_text(json.dumps(whole, indent=1))
    files[1].write_text(markdown(outcome, pairs))
    return files


def markdown(outcome: dict[str, Any], pairs: list[Pair]) -> str:
    lines = [f"# {outcome['entries']:,} entries", "", NOTES]
    lines += [f"Machine: {_listed(outcome['machine'])}.", "", f"Took {outcome['minutes']:.0f} minutes.", ""]
    for group, several in groupby(pairs, key=lambda pair: pair.group):
        lines += _table(group, list(several))
    for side, pages in outcome.get("pages", {}).items():
        lines += _pages(side, pages)
    for side, several in outcome.get("who", {}).items():
        lines += _who(side, several)
    lines += ["## Memory (RSS, MiB)", "", *_facts(outcome["memory"]), ""]
    lines += ["## Index size", "", *_facts(outcome["size"]), ""]
    return "\n".join(lines)


def _table(group: str, pairs: list[Pair]) -> list[str]:
    a, b = pairs[0].a_name, pairs[0].b_name
    unit = "ms per 1,000 entries" if group.startswith("Ingest") else "ms"
    head = f"| pair | runs | ratio {a} / {b} | quartiles | min to max | {a} p50 / p95 | {b} p50 / p95 |"
    rows = [_row(pair.summary(), a, b) for pair in pairs]
    return [f"## {group} ({unit})", "", head, "| --- " * 7 + "|", *rows, ""]


def _row(pair: dict[str, Any], a: str, b: str) -> str:
    ratio = pair["ratio"]
    cells = [
        pair["name"],
        pair["runs"],
        f"**{ratio['median']:.2f}**",
        f"{ratio['q1']:.2f} to {ratio['q3']:.2f}",
        f"{ratio['min']:.2f} to {ratio['max']:.2f}",
        *(f"{pair[side]['p50']:.1f} / {pair[side]['p95']:.1f}" for side in (a, b)),
    ]
    return f"| {' | '.join(map(str, cells))} |"


def _pages(side: str, pages: list[dict[str, Any]]) -> list[str]:
    head = "| page | who | charts | runs | own p50 / p95 | processor | engine | whole | queries | kB |"
    rows = [_page(page) for page in pages]
    return [f"## Search pages, {side} (ms)", "", head, "| --- " * 10 + "|", *rows, ""]


def _page(page: dict[str, Any]) -> str:
    parts = ("own", "busy", "engine", "whole")
    own, busy, engine, whole = (f"{page[part]['p50']:.1f} / {page[part]['p95']:.1f}" for part in parts)
    charts = "with" if page["charts"] else "without"
    size = f"{page['bytes'] / 1000:.1f}"
    cells = [page["page"], page["who"], charts, page["runs"], f"**{own}**", busy, engine, whole, page["queries"], size]
    return f"| {' | '.join(map(str, cells))} |"


def _who(side: str, several: list[dict[str, Any]]) -> list[str]:
    head = "| groups | runs | token p50 / p95 | token and principals | after a change |"
    rows = [
        f"| {one['groups']} | {one['runs']} | "
        + " | ".join(f"{one[part]['p50']:.2f} / {one[part]['p95']:.2f}" for part in ("token", "remembered", "changed"))
        + " |"
        for one in several
    ]
    return [f"## Who asks, {side} (ms)", "", head, "| --- " * 5 + "|", *rows, ""]


def _facts(facts: dict[str, Any]) -> Iterable[str]:
    return [f"* {name}: {value}" for name, value in facts.items()]


def _listed(facts: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts.items())
