"""What is asked for by number: each kind of flow in its turn, with files of its own to work on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apps.flows import services as flows
from apps.flows.models import Flow
from apps.flows.ready_made.functions.making import write_images, write_movies
from apps.search.models import Index
from tests.flows.survival import definitions


@dataclass(frozen=True)
class Order:
    """``label`` is what the run is to be called: its kind and its number."""

    kind: str
    label: str
    flow: Flow
    input: dict[str, Any]


@dataclass
class Orders:
    """Made for Alice, who has these places (by name, a folder of each below ``roots``) and this index."""

    alice: Any
    places: dict[str, Any]
    roots: Path
    index: Index
    url: str

    def __post_init__(self) -> None:
        flows.install_functions()
        flows.install_flows()
        (self.roots / "source" / "items.jsonl").write_text("".join(f'{{"n": {number}}}\n' for number in range(5)))
        told = {
            "counting": definitions.counting(),
            "forking": definitions.forking(self.url),
            "spreading": definitions.spreading(self.url),
            "gathering": definitions.gathering(str(self.places["source"].pk), self.url),
            "trying": definitions.trying(str(self.places["source"].pk)),
        }
        self._own = {name: self._made(name, definition) for name, definition in told.items()}

    def __call__(self, number: int, kinds: tuple[str, ...]) -> Order:
        kind = kinds[number % len(kinds)]
        flow = self._own.get(kind) or Flow.objects.get(pk=flows.ready_made_id(kind))
        return Order(kind, f"{kind} {number}", flow, {} if kind in self._own else self._input(kind, number))

    def _made(self, name: str, definition: dict[str, Any]) -> Flow:
        changes = flows.FlowChanges(title=name, definition=definition, input_schema={})
        return flows.create_flow(actor=self.alice, told=changes)

    def _input(self, kind: str, number: int) -> dict[str, Any]:
        fill(self.roots / "source" / str(number), kind)
        ends = {end: {"id": str(self.places[end].pk), "path": f"/{number}"} for end in ("source", "destination")}
        pipeline = {"search_index": str(self.index.pk), "readers": "public", "count": 3, "settle_s": 0}
        match kind:
            case "two_stage_transfer":
                return {**ends, "intermediate": {"id": str(self.places["middle"].pk), "path": "/"}}
            case "transfer_and_share":
                return {**ends, "share_with": "public"}
            case "transfer_and_publish":
                return {**ends, "readers": "public", "search_index": str(self.index.pk), "title": f"Run {number}"}
            case "serial_crystallography" | "cryo_em_session":
                return {**ends, **pipeline}
        return ends


def fill(folder: Path, kind: str) -> None:
    """Three files, such as flows of this kind work on."""
    match kind:
        case "serial_crystallography":
            write_images(folder, "chip", range(3))
        case "cryo_em_session":
            write_movies(folder, "movie", range(3))
        case _:
            folder.mkdir()
            for name in "abc":
                (folder / name).write_text(name * 100)
