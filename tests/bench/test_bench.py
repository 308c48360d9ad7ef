"""A tiny benchmark, so that the large one does not rot: every pair is measured, and both sides agree."""

import json
import os
import subprocess
import sys

import pytest

from tests.bench.measure import Pace, Pair
from tests.bench.services import ROOT

pytestmark = pytest.mark.slow


def bench(out, sides, *, runs):
    """The report of a benchmark of 200 entries, as Markdown and from JSON."""
    asked = [f"--runs={runs}", f"--seconds={runs}", f"--sides={sides}", f"--out={out}"]
    options = ["--entries=200", "--heap=512m", *asked]
    subprocess.run([sys.executable, "-m", "tests.bench", *options], cwd=ROOT, check=True, capture_output=True)
    return (out / "200.md").read_text(), json.loads((out / "200.json").read_text())


def test_a_tiny_benchmark_of_the_embedded_side(tmp_path):
    written, told = bench(tmp_path, "embedded", runs=3)

    assert 200 <= told["entries"] <= 210
    assert {pair["group"].split(",")[0] for pair in told["pairs"]} == {"Ingest", "Search", "Principals"}
    assert "| faceted | 3 |" in written
    assert "| 50 cards | caller100 | with | 3 |" in written
    assert [who["groups"] for who in told["who"]["embedded"]] == [1, 100, 500]
    assert all(page["own"]["p50"] > 0 and page["queries"] < 10 for page in told["pages"]["embedded"])


def test_a_tiny_benchmark_of_both_engines(tmp_path):
    if not os.environ.get("VITRINE_TEST_OPENSEARCH_URL"):
        pytest.skip("VITRINE_TEST_OPENSEARCH_URL names no OpenSearch, so a node of its own is not started either")

    _, told = bench(tmp_path, "embedded,OpenSearch", runs=1)

    groups = {pair["group"] for pair in told["pairs"]}
    assert {"Search, embedded, 500 groups", "Search, OpenSearch, 500 groups"} <= groups
    assert "Embedded engine v. OpenSearch, 100 groups" in groups


def test_tiny_transfers_beside_the_tools(tmp_path):
    options = ["--scale=0.002", "--rounds=1", f"--work={tmp_path}", f"--out={tmp_path / 'out'}"]
    subprocess.run([sys.executable, "-m", "tests.bench.transfers", *options], cwd=ROOT, check=True, capture_output=True)

    rows = json.loads((tmp_path / "out" / "transfers.json").read_text())["rows"]
    assert {(row["way"], row["load"]["name"]) for row in rows if row["side"] == "Vitrine"} == {
        (way, load)
        for way in ("posix-posix", "posix-s3", "s3-posix", "posix-sftp", "sftp-posix")
        for load in ("small", "middle", "large")
    }
    assert "## posix → posix: 20 × 4 KiB" in (tmp_path / "out" / "transfers.md").read_text()


def test_tiny_flows_beside_the_other_interpreter(tmp_path):
    options = ["--scale=0.05", "--quiet=1", "--kinds=SQLite, folder", f"--out={tmp_path}"]
    subprocess.run([sys.executable, "-m", "tests.bench.flows", *options], cwd=ROOT, check=True, capture_output=True)

    [found] = json.loads((tmp_path / "flows.json").read_text())["kinds"].values()
    assert set(found) == {"synchronous", "noticed", "durable", "pure", "clock", "files", "idle"}
    assert "| pure states/s in a chain, one process |" in (tmp_path / "flows.md").read_text()


def test_a_pair_is_measured_in_turns_and_its_ratio_is_of_neighbours():
    called = []

    pair = Pace(runs=3, warm_ups=1, seconds=60).alternate(
        "group", "name", a=lambda n: called.append(("a", n)), b=lambda n: called.append(("b", n))
    )

    assert called == [("a", 0), ("b", 0), ("a", 0), ("b", 0), ("a", 1), ("b", 1), ("a", 2), ("b", 2)]
    assert pair.runs == 3
    assert Pair("", "", "a", "b", (1, 2, 30), (1, 1, 10)).summary()["ratio"]["median"] == 2
