"""A collection itself: what is said of it, what it signs in with, and its end."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.common.errors import Conflict, PortalError
from apps.storage import services as storage
from apps.storage.errors import AccessDenied
from apps.storage.models import AccessRule, Incoming
from apps.transfer import services as transfer
from apps.web.files.base import FilesPage
from apps.web.files.settings_forms import CollectionForm, CredentialsForm
from apps.web.values import plural


class SettingsPage(FilesPage):
    """For those who administer the collection. What they send is asked for their right again by the services."""

    template = "web/files/settings.html"

    def url(self, name: str) -> str:
        return reverse(f"web:files:{name}", args=[self.collection.pk])

    def require(self) -> None:
        if not storage.administers(self.user, self.collection):
            raise AccessDenied(f"Only owners and admins of “{self.collection.name}” may do this.")

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        self.require()
        return super().page(template=template, status=status, **values)

    def show(
        self, *, form: CollectionForm | None = None, credentials: CredentialsForm | None = None, status: int = 200
    ) -> HttpResponse:
        return self.page(
            form=form or CollectionForm.of(self.collection, reader=self.user),
            credentials=credentials or self.credentials_form(),
            has_credentials=bool(self.collection.sealed),
            status=status,
        )

    def credentials_form(self) -> CredentialsForm:
        taken = storage.credentials_taken(self.collection, actor=self.user)
        sent = self.request.POST if self.request.method == "POST" else None
        return CredentialsForm(sent, credentials=taken, auto_id="new_%s")


class Settings(SettingsPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CollectionForm(request.POST, reader=self.user)
        if not form.is_valid():
            return self.show(form=form, status=400)
        storage.change_collection(collection=self.collection, actor=self.user, **form.told)
        self.tell("The settings are saved.")
        return redirect(self.url("settings"))


class Credentials(SettingsPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.credentials_form()
        self.require()
        if form.is_valid():
            try:
                storage.change_credentials(collection=self.collection, actor=self.user, told=form.told)
            except PortalError as error:
                form.add_error(None, error.message)
        if not form.is_valid():
            return self.show(credentials=form, status=400)
        self.tell("The new credentials work, and are used from now on.")
        return redirect(self.url("settings"))


class DeleteCollection(SettingsPage):
    """Asks first, and says what goes with it."""

    template = "web/files/delete_collection.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        guests = storage.guests_of(self.collection)
        gone = [self.collection, *guests]
        return self.page(
            guests=guests,
            rules=plural(AccessRule.objects.filter(collection__in=gone).count(), "access rule", "access rules"),
            uploads=Incoming.objects.filter(collection__in=gone, done_at=None).count(),
            tasks=transfer.tasks_using(gone),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            transfer.delete_collection(collection=self.collection, actor=self.user, with_guests=True)
        except Conflict as error:
            self.tell_problem(error.message)
            return redirect(self.url("delete_collection"))
        self.tell(f"“{self.collection.name}” is no collection any more. Its files are where they were.")
        return redirect("web:files:collections")
