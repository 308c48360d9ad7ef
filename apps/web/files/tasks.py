"""What takes its time: transfers to the other pane, and deletions. Both become tasks, which have pages of their own."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.accounts.models import User
from apps.common.errors import NotAuthenticated, PortalError
from apps.common.parsing import id_in
from apps.storage import services as storage
from apps.storage.errors import NoSuchCollection
from apps.storage.types import FilePath
from apps.transfer import services as transfer
from apps.transfer.models import Task
from apps.transfer.types import Options, Submission, Wish
from apps.web.files import words
from apps.web.files.address import path_in
from apps.web.files.chosen import ChosenPage
from apps.web.files.forms import TransferForm


class TaskPage(ChosenPage):
    @property
    def user(self) -> User:
        """
        Raises:
            NotAuthenticated: a task is somebody's.
        """
        if not isinstance(self.actor, User):
            raise NotAuthenticated("Sign in first: a transfer or a deletion is followed by whoever asked for it.")
        return self.actor

    def submission_id(self, *parts: object) -> UUID:
        """The same for the same request from the same page: a second click makes no second task."""
        try:
            page = UUID(self.request.POST.get("submission", ""))
        except ValueError:
            page = uuid4()
        return uuid5(page, "\n".join(map(str, parts)))

    def follow(self, task: Task) -> HttpResponse:
        return redirect("web:tasks:task", task.pk)


class Delete(TaskPage):
    """Asks first."""

    template = "web/files/delete.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen, user = self.chosen(), self.user
        if not chosen:
            return self.ask_again()
        if "confirmed" not in request.POST:
            return self.page(chosen=self.names(chosen), submission=uuid4())
        keys = [path.key for path in chosen]
        try:
            asked = Submission(
                items=[Wish(destination=path) for path in chosen],
                label=_label("Delete", chosen),
                options=Options(is_recursive=True),
                submission_id=self.submission_id("delete", self.collection.pk, *keys),
            )
            task, _ = transfer.submit_delete(actor=user, collection=self.collection, asked=asked)
        except PortalError as error:
            self.tell_problem(error.message)
            return self.go_back()
        return self.follow(task)


class Transfer(TaskPage):
    """``to`` and ``to-path`` of the address are the folder of the other pane."""

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen, user = self.chosen(), self.user
        form = TransferForm(request.POST)
        if not chosen:
            return self.ask_again()
        if not form.is_valid():
            self.tell_problem("The label is too long, or an option is none of those that there are.")
            return self.go_back()
        try:
            task = self._submitted(user, chosen, form)
        except PortalError as error:
            self.tell_problem(error.message)
            return self.go_back()
        return self.follow(task)

    def _submitted(self, user: User, chosen: list[FilePath], form: TransferForm) -> Task:
        destination = storage.get_collection(id_in(self.request.GET.get("to"), NoSuchCollection), actor=user)
        folder = path_in(self.request.GET.get("to-path", ""))
        keys = [path.key for path in chosen]
        asked = Submission(
            items=[Wish(source=path, destination=folder / path.name) for path in chosen],
            label=form.cleaned_data["label"] or _label("Transfer", chosen),
            options=form.options,
            submission_id=self.submission_id(self.collection.pk, destination.pk, folder.key, form.options, *keys),
        )
        task, _ = transfer.submit_transfer(actor=user, source=self.collection, destination=destination, asked=asked)
        return task


def _label(verb: str, chosen: list[FilePath]) -> str:
    more = f" and {len(chosen) - 1} more" if len(chosen) > 1 else ""
    return f"{verb} {words.readable(chosen[0].name)[:60]}{more}"
