"""``manage.py load_sample``: people, indexes and files to try the portal with; a second call changes nothing."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.access import services as access
from apps.access.types import group_urn
from apps.accounts import services as accounts
from apps.accounts.models import Group, User
from apps.search import ingest
from apps.search import services as search
from apps.search.models import Index, Task
from apps.search.types import PUBLIC, EntryDraft
from apps.web.sample import forms, pdb, places, ssx
from apps.web.sample.beamline.place import raw
from apps.web.sample.files.shelf import Shelf
from portal import env

PEOPLE = {"admin": "Administrator", "alice": "Alice", "bob": "Bob", "charlie": "Charlie"}
GROUP = "SSX beamline"
PATIENCE_S = 300


class Command(BaseCommand):
    help = "Makes admin, alice, bob and charlie, a group, two indexes of records, two collections, and opens a form."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--runs", type=int, default=3000, help="how many serial-crystallography runs to make up")

    def handle(self, *_: Any, **options: Any) -> None:
        password = settings.DEMO_PASSWORD or env.kept(settings.HOME / "demo_password", make=lambda: token_urlsafe(9))
        people = {username: self._person(username, password) for username in PEOPLE}
        group = _group(owner=people["alice"], member=people["bob"])
        readers = ssx.Readers(group=group_urn(group.pk), investigator=_principal(people["alice"]))
        root = settings.HOME / "files"
        places.make_beamline(root / "beamline", admin=people["admin"], owner=people["alice"], readers=readers)
        places.make_archive(root / "archive", admin=people["admin"], readers=readers)
        _make_measurements(raw(settings.HOME))
        shelf = Shelf(root / "beamline", say=self.stdout.write)
        self._load(
            actor=people["admin"],
            slug="pdb",
            name="Protein Data Bank sample",
            description="2,828 entries of the Protein Data Bank (RCSB PDB, CC0 1.0).",
            visible_to=(PUBLIC,),
            presentation=pdb.PRESENTATION,
            entries=pdb.entries(),
        )
        self._load(
            actor=people["alice"],
            slug="ssx",
            name="Serial crystallography runs",
            description="Fixed-target runs S8 to S18 of a beamline, 2020 to 2025. Made up.",
            visible_to=(PUBLIC,),
            presentation=ssx.PRESENTATION,
            entries=shelf.filled(ssx.entries(options["runs"], readers=readers)),
        )
        forms.open_form(publisher=people["admin"], group=readers.group, reviewer=_principal(people["charlie"]))
        self.stdout.write(f"Sign in as admin, alice, bob or charlie; the password is {password}")

    def _person(self, username: str, password: str) -> User:
        user = User.objects.filter(username=username).first()
        if user is None:
            return accounts.make_user(
                username=username, password=password, name=PEOPLE[username], is_admin=username == "admin"
            )
        if settings.DEMO_PASSWORD and not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        return user

    def _load(self, *, actor: User, slug: str, name: str, entries: Iterable[EntryDraft], **about: Any) -> None:
        index = Index.objects.filter(slug=slug).first()
        if index is None:
            index = search.create_index(actor=actor, display_name=name, slug=slug, **about)
        task = Task.objects.filter(index=index).order_by("created_at").first()
        if task is None:
            self.stdout.write(f"{name}: storing ...")
            task = search.submit_entries(index=index, actor=actor, entries=entries)
        if task.completed_at is None:
            self._finish(task, name)

    def _finish(self, task: Task, name: str) -> None:
        """Apply the task here, or wait for the worker that does."""
        began = time.monotonic()
        self.stdout.write(f"{name}: making {task.documents:,} documents searchable ...")
        while True:
            ingest.drain(task.index_id, clock=timezone.now)
            task.refresh_from_db()
            if task.completed_at:
                break
            if time.monotonic() - began > PATIENCE_S:
                raise CommandError(f"{name}: {task.done:,} documents are in, then no more. Can the engine be reached?")
            time.sleep(0.5)
        self.stdout.write(f"{name}: {task.done:,} documents in {time.monotonic() - began:.1f} s")
        if task.failed:
            raise CommandError(f"{name}: {task.message}")


def _make_measurements(folder: Path) -> None:
    """What the ready-made flows can be started with: images of a chip, and movies of a session."""
    if not folder.exists():
        call_command("make_measurements", folder / "S19" / "PDL1" / "B" / "Bounce_1", stem="Bounce_1", verbosity=0)
        call_command("make_measurements", folder / "session1", stem="movie", count=4, movies=True, verbosity=0)


def _group(*, owner: User, member: User) -> Group:
    group = next((group for group in accounts.groups_of(owner) if group.name == GROUP), None)
    if group is None:
        group = accounts.make_group(owner=owner, name=GROUP, description="Those who measure at the beamline.")
        accounts.add_member(group=group, identity=accounts.known_by(member), actor=owner)
    return group


def _principal(user: User) -> str:
    return access.principal_of(user)
