"""``manage.py make_measurements``: images and movies as detectors write them, to try the ready-made flows with."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from apps.flows.ready_made.functions import making


class Command(BaseCommand):
    help = "Writes made-up diffraction images (CBF) or cryo-EM movies (MRC) into a folder; always the same ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--stem", default="Bounce_7", help="what their names begin with: Bounce_7")
        parser.add_argument("--count", type=int, default=64, help="how many: 64")
        parser.add_argument("--first", type=int, default=0, help="the number of the first: 0")
        parser.add_argument("--hit-every", type=int, default=4, help="every so many images is a hit: 4")
        parser.add_argument("--movies", action="store_true", help="movies instead of images")

    def handle(self, *_: Any, folder: Path, stem: str, count: int, first: int, **options: Any) -> None:
        numbers = range(first, first + count)
        if options["movies"]:
            making.write_movies(folder, stem, numbers)
        else:
            making.write_images(folder, stem, numbers, hit_every=options["hit_every"])
        if options["verbosity"] > 1:
            self.stdout.write(f"{folder}: {count} files")
