"""What is done in a folder at once: making a folder, renaming."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.common.errors import Conflict, Invalid
from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.web.files import words
from apps.web.files.base import FilesPage
from apps.web.files.chosen import ChosenPage
from apps.web.files.forms import NameForm


class NewFolder(FilesPage):
    """``path`` is the folder in which one is made."""

    template = "web/files/new_folder.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        storage.require(self.actor, "rw", self.collection, self.path)
        return self.page(form=NameForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NameForm(request.POST)
        if form.is_valid():
            made = self.path / form.cleaned_data["name"]
            try:
                with storage.opened(self.collection, actor=self.actor) as files:
                    files.make_folder(made)
            except (Conflict, Invalid) as error:
                form.add_error("name", error.message)
            else:
                self.tell(f"The folder {words.readable(made.name)} is made.")
                return self.go_back()
        return self.page(form=form, status=400)


class Rename(ChosenPage):
    """``path`` is what gets another name; from the file manager it is the folder, and one thing in it is chosen."""

    template = "web/files/rename.html"

    @property
    def home(self) -> FilePath:
        return self.path.parent

    def get(self, request: HttpRequest) -> HttpResponse:
        storage.require(self.actor, "rw", self.collection, self.path)
        return self.page(form=NameForm(initial={"name": self.path.name}), name=words.readable(self.path.name))

    def post(self, request: HttpRequest) -> HttpResponse:
        if "name" not in request.POST:
            return self._of_chosen()
        form, old = NameForm(request.POST), words.readable(self.path.name)
        if form.is_valid():
            new = self.path.parent / form.cleaned_data["name"]
            try:
                with storage.opened(self.collection, actor=self.actor) as files:
                    files.rename(self.path, new)
            except (Conflict, Invalid) as error:
                form.add_error("name", error.message)
            else:
                self.tell(f"{old} is called {words.readable(new.name)} now.")
                return self.go_back()
        return self.page(form=form, name=old, status=400)

    def _of_chosen(self) -> HttpResponse:
        chosen = self.chosen()
        if len(chosen) != 1:
            self.tell_problem("Choose one file or folder to rename.")
            return self.go_back()
        return redirect(f"{self.request.path}?{urlencode({'path': chosen[0].key, 'back': self.back})}")
