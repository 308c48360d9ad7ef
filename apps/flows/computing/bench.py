"""The files around a call: laid out in its working folder before it begins, and cleared away after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from apps.flows.computing.fetching import Basket, fetch
from apps.flows.computing.leaving import left_in, put
from apps.flows.models import Function
from apps.flows.places import Place
from apps.storage import services as storage

GIVEN, LEFT, WORK = "given", "left", "work"


class Bench:
    """Below a folder of its own each place has a folder by its number. The process works in a third."""

    def __init__(
        self, base: Path, function: Function, places: Sequence[Place], *, actor: Any, beat: Callable[[], object]
    ) -> None:
        self._base, self._function, self._places = base, function, places
        self._actor, self._beat = actor, beat
        self.folder = base / WORK

    def laid_out(self) -> dict[str, str]:
        """Fetch what the call is given; by the arguments, where that is, and where it leaves what goes elsewhere.

        Raises:
            PortalError: something could not be fetched, or could not be put anywhere. Whatever the beat raises.
        """
        self.folder.mkdir()
        basket = Basket(self._function)
        return {place.argument: str(self._laid(number, place, basket)) for number, place in enumerate(self._places)}

    def cleared(self, *, taken_over_at: datetime | None) -> None:
        """Put what the call left where it belongs; also see ``put``.

        Raises:
            PortalError: it could not be put there. Whatever the beat raises.
        """
        outputs = [(place, (LEFT, str(number))) for number, place in enumerate(self._places) if place.is_output]
        found = [left_in(self._base, names, self._function) for _, names in outputs]
        for (place, names), left in zip(outputs, found, strict=True):
            put(place, self._base, names, left, actor=self._actor, beat=self._beat, taken_over_at=taken_over_at)

    def _laid(self, number: int, place: Place, basket: Basket) -> Path:
        folder = self._base / (LEFT if place.is_output else GIVEN) / str(number)
        folder.mkdir(parents=True)
        if place.is_output:
            collection = storage.get_collection(place.collection_id, actor=self._actor)
            storage.require(self._actor, "rw", collection, place.path)
            return folder
        return fetch(place, folder, actor=self._actor, basket=basket, beat=self._beat)
