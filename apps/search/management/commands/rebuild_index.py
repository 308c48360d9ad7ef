"""`manage.py rebuild_index SLUG`: build the index anew beside the one that is searched, compare, swap."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.common.errors import PortalError
from apps.search.models import Index
from apps.search.rebuild import Progress, rebuild


class Command(BaseCommand):
    help = "Rebuild an index from the database while people search and ingest. Killed, it goes on where it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("index", nargs="?", help="slug of the index")
        parser.add_argument("--all", action="store_true", help="rebuild every index")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["index"]) == options["all"]:
            raise CommandError("Name one index by its slug, or say --all.")
        wanted = Index.objects.all() if options["all"] else Index.objects.filter(slug=options["index"])
        if not wanted:
            raise CommandError(f"There is no index {options['index']!r}. They are: {self._slugs()}.")
        for index in wanted:
            self._rebuild(index)

    def _slugs(self) -> str:
        return ", ".join(Index.objects.order_by("slug").values_list("slug", flat=True)) or "none"

    def _rebuild(self, index: Index) -> None:
        began, told = time.monotonic(), 0.0
        progress = Progress(0, index.num_entries)
        try:
            for progress in rebuild(index.pk, clock=timezone.now):
                if time.monotonic() - told > 1:
                    told = time.monotonic()
                    self.stdout.write(f"{index.slug}: {progress.done:,} of {progress.total:,} entries")
        except PortalError as error:
            raise CommandError(f"{index.slug}: {error}") from error
        took = time.monotonic() - began
        self.stdout.write(f"{index.slug}: done, {progress.done:,} entries in {took:.1f} s, counts equal, swapped.")
