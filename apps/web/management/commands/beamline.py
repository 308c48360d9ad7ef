"""``manage.py beamline``: chips are measured one after the other, into the sample's collection Beamline."""

from __future__ import annotations

import signal
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts.models import User
from apps.common.errors import PortalError
from apps.flows.ready_made.functions.making import image_file
from apps.web.sample.beamline import chips
from apps.web.sample.beamline.detector import Pace, expose
from apps.web.sample.beamline.place import IMAGES, raw
from apps.web.sample.beamline.trigger import EVERY, make_trigger, record_url

MOST = 99_999
"""Names have five digits."""
FASTEST = 1000
OWNER = "alice"


class Command(BaseCommand):
    help = "Writes made-up images as a detector does, 67 kB each and growing while they are written, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", help="the sample's collection Beamline, if nothing is said")
        parser.add_argument("--rate", type=rate, default=20.0, help="images in a second: 20")
        parser.add_argument("--images", type=whole_number, default=IMAGES, help=f"images of each chip: {IMAGES}")
        parser.add_argument("--chips", type=whole_number, default=2, help="how many chips: 2")
        parser.add_argument(
            "--publish", action="store_true", help="make the trigger that has them published as they come"
        )
        parser.add_argument("--every", type=whole_number, default=EVERY, help=f"with so many images: {EVERY}")
        parser.add_argument("--seed", type=int, default=1, help="others make other chips: 1")

    def handle(self, *_: Any, folder: Path | None, rate: float, images: int, seed: int, **options: Any) -> None:
        if folder and options["publish"]:
            raise CommandError("Only what is in the sample's collection is published. Leave the folder out.")
        root = folder or raw(settings.HOME)
        if not root.is_dir():
            raise CommandError(f"There is no folder {root}. Make it, or load the sample first: manage.py load_sample")
        if options["publish"]:
            self._make_trigger(options["every"])
        pace = Pace(rate)
        with _ended_by_signals():
            for chip in chips.mounted(root, options["chips"], places=images, seed=seed):
                self._say(f"{chip.folder}/{chip.stem}: {images:,} images, {rate:g} a second")
                if options["publish"]:
                    self._say(f"{chip.folder}/{chip.stem}: the board will be at {record_url(chip)}")
                hits = expose(chip, root, draw=image_file, seed=seed, wait=pace.wait)
                self._say(f"{chip.folder}/{chip.stem}: done, {hits:,} of them have diffraction")
        self._say("The beam is off.")

    def _make_trigger(self, every: int) -> None:
        owner = User.objects.filter(username=OWNER).first()
        if owner is None:
            raise CommandError(f"Nobody is called {OWNER}. Load the sample first: manage.py load_sample")
        try:
            make_trigger(owner=owner, now=timezone.now(), every=every)
        except PortalError as error:
            raise CommandError(f"No trigger could be made. {error}") from error

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Ctrl-C, and the SIGTERM of who started it, end the block; what runs in the background is deaf to Ctrl-C."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def whole_number(told: str) -> int:
    number = int(told)
    if not 1 <= number <= MOST:
        raise ArgumentTypeError(f"{told} is not from 1 to {MOST:,}")
    return number


def rate(told: str) -> float:
    number = float(told)
    if not 0.01 <= number <= FASTEST:
        raise ArgumentTypeError(f"{told} is not from 0.01 to {FASTEST:g}")
    return number
