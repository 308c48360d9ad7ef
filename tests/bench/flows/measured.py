"""All that is measured of one kind of portal, in its settings; what was found is written as one line of JSON."""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from apps.accounts import services as accounts
from apps.flows import engine
from apps.flows import services as flows
from apps.flows.models import Flow, Run
from apps.storage import services as storage
from apps.transfer.models import Task
from tests.bench.flows import clock, definitions, waiting, watched
from tests.bench.flows.workers import another, cpu_s, workers
from tests.bench.measure import percentiles, timed
from tests.flows.moto import second
from tests.flows.moto.double import RESOURCE

WARM_UPS = 3


class Bench:
    """Flows of somebody's, and runs of them."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.actor = accounts.make_user(username="bench", password=None)
        self.actor.is_superuser = True
        self.actor.save(update_fields=["is_superuser"])

    def many(self, number: int) -> int:
        return max(int(number * self.scale), 3)

    def flow(self, definition: dict[str, Any]) -> Flow:
        told = flows.FlowChanges(title="bench", definition=definition, input_schema={})
        return flows.create_flow(actor=self.actor, told=told)

    def start(self, flow: Flow, **given: Any) -> Run:
        return flows.start_run(flow=flow, actor=self.actor, input=given)

    def finish(self, *runs: Run) -> None:
        """Wait for their ends."""
        open_ones = Run.objects.filter(pk__in=[run.pk for run in runs], ended_at=None)
        while open_ones.exists():
            time.sleep(0.002)

    # --- what is measured ------------------------------------------------------------------------------------------

    def synchronous(self) -> dict[str, Any]:
        """A run of one action, from before it is started to its end in the database, in ms; and moto's, from text."""
        flow, plain = self.flow(definitions.hello()), definitions.hello(RESOURCE)
        ours, theirs = [], []
        for _ in range(WARM_UPS + self.many(60)):
            ours.append(timed(lambda: self.finish(self.start(flow))))
            theirs.append(timed(lambda: second.run(plain, {})))
        return {"ours": percentiles(ours[WARM_UPS:]), "moto": percentiles(theirs[WARM_UPS:])}

    def noticed(self) -> dict[str, float]:
        """How long after the end of a transfer its run had ended, in ms."""
        with tempfile.TemporaryDirectory() as folder:
            places = [self._place(Path(folder) / name) for name in ("source", "destination")]
            flow = self.flow(definitions.transferring(*(str(place.pk) for place in places)))
            late = []
            for number in range(self.many(30)):
                run = self.start(flow, to=f"/{number}")
                self.finish(run)
                run.refresh_from_db()
                task = Task.objects.get(pk=run.output["done"]["details"]["task_id"])
                late.append((run.ended_at - task.completed_at).total_seconds() * 1000)
        return percentiles(late)

    def _place(self, root: Path) -> Any:
        root.mkdir()
        (root / "file").write_text("as it is")
        return storage.create_collection(actor=self.actor, name=root.name, kind="posix", settings={"root": str(root)})

    def durable(self, log: Path, pids: list[int]) -> dict[str, float]:
        """Transitions a second that were each committed: two workers, runs of twenty actions; and what each costs the
        workers, in ms of CPU, which other programs on the machine change less."""
        times, count = 20, self.many(40)
        flow = self.flow(definitions.greeting(times))
        with another(log) as pid:
            self.finish(*[self.start(flow) for _ in range(8)])  # by then it works, too
            began, spent_s = time.perf_counter(), sum(map(cpu_s, [*pids, pid]))
            self.finish(*[self.start(flow) for _ in range(count)])
            lasted_s = time.perf_counter() - began
            spent_s = sum(map(cpu_s, [*pids, pid])) - spent_s
        return {"rate": times * count / lasted_s, "cpu_ms": 1000 * spent_s / (times * count)}

    def pure(self) -> dict[str, float]:
        """States a second in a chain of them, in one process; and moto's. In turns."""
        numbers = self.many(500)
        definition = definitions.counting(numbers)
        flow, ours, theirs = self.flow(definition), [], []
        for _ in range(4):
            run = self.start(flow, n=0)
            ours.append(timed(lambda run=run: engine.advance(run.pk, timezone.now, lambda _action: None)))
            self.finish(run)
            theirs.append(timed(lambda: second.run(definition, {"n": 0})))
        return {name: 2 * numbers / median(times[1:]) * 1000 for name, times in (("ours", ours), ("moto", theirs))}

    def idle(self, pids: list[int], seconds: float) -> dict[str, float]:
        """What runs cost that wait, in percent of a core above that of workers with nothing to do."""
        return waiting.costs(self, pids, count=self.many(10_000), seconds=seconds)


def main() -> None:
    logging.disable(logging.CRITICAL)  # moto tells of each failed state
    call_command("migrate", verbosity=0)
    bench, quiet_s = Bench(float(sys.argv[1])), float(sys.argv[2])
    log = settings.HOME / "serve.log"
    found: dict[str, Any] = {"pure": bench.pure()}
    with workers(log) as pids:
        found |= {"synchronous": bench.synchronous(), "noticed": bench.noticed(), "durable": bench.durable(log, pids)}
        found["clock"] = clock.late(bench, count=bench.many(500))
        found["files"] = watched.late(bench, pids[0], crowd=bench.many(1_000_000), count=bench.many(100))
        found["idle"] = bench.idle(pids, quiet_s)
    connection.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
