"""The applications that one runs, and those that one lets in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.accounts.errors import InvalidApplication
from apps.accounts.forms.applications import ApplicationForm, CredentialForm, RedirectsForm
from apps.accounts.models import Application
from apps.accounts.services import applications
from apps.accounts.services.consents import connections_of, disconnect
from apps.accounts.views.base import AccountPage


class Applications(AccountPage):
    """All of them, and a form for a new one. Its secret is in the answer to that form and nowhere else."""

    template = "accounts/applications.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.list(ApplicationForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ApplicationForm(request.POST)
        if not form.is_valid():
            return self.list(form)
        try:
            made, secret = applications.make_application(owner=self.user, **form.cleaned_data)
        except InvalidApplication as error:
            form.add_error(error.place, error.message)
            return self.list(form)
        return self.list(ApplicationForm(), made=made, secret=secret)

    def list(self, form: ApplicationForm, **values: object) -> HttpResponse:
        return self.page(form=form, applications=applications.applications_of(self.user), **values)


class OneApplication(AccountPage):
    """One application: where it may send people, and its secrets."""

    template = "accounts/application.html"

    def get(self, request: HttpRequest, application_id: UUID) -> HttpResponse:
        return self.show(applications.application_of(self.user, application_id))

    def post(self, request: HttpRequest, application_id: UUID) -> HttpResponse:
        application = applications.application_of(self.user, application_id)
        form = RedirectsForm(request.POST)
        try:
            if form.is_valid():
                applications.set_redirect_uris(application, form.cleaned_data["redirect_uris"])
                messages.success(request, "The addresses are kept.")
                return redirect("account_application", application_id=application.pk)
        except InvalidApplication as error:
            form.add_error(error.place, error.message)
        return self.show(application, redirects=form)

    def show(self, application: Application, **values: object) -> HttpResponse:
        told: dict[str, object] = {
            "application": application,
            "credentials": list(application.credentials.all()),
            "redirects": RedirectsForm(initial={"redirect_uris": "\n".join(application.redirect_uris)}),
            "form": CredentialForm(),
        }
        return self.page(**{**told, **values})


class AddCredential(OneApplication):
    def get(self, request: HttpRequest, application_id: UUID) -> HttpResponse:
        return redirect("account_application", application_id=application_id)

    def post(self, request: HttpRequest, application_id: UUID) -> HttpResponse:
        application = applications.application_of(self.user, application_id)
        form = CredentialForm(request.POST)
        if application.is_public or not form.is_valid():
            return self.show(application, form=form)
        made, secret = applications.add_credential(application, name=form.cleaned_data["name"])
        return self.show(application, made=made, secret=secret)


class RemoveCredential(AccountPage):
    def post(self, request: HttpRequest, application_id: UUID, credential_id: UUID) -> HttpResponse:
        application = applications.application_of(self.user, application_id)
        applications.remove_credential(application, credential_id)
        messages.success(request, "The secret is revoked. Programs that use it are refused from now on.")
        return redirect("account_application", application_id=application_id)


class DeleteApplication(AccountPage):
    def post(self, request: HttpRequest, application_id: UUID) -> HttpResponse:
        application = applications.application_of(self.user, application_id)
        applications.delete_application(application)
        messages.success(request, f"“{application.name}” is deleted, with all tokens that it had.")
        return redirect("account_applications")


class Connections(AccountPage):
    """The applications that one lets in, and what each may do."""

    template = "accounts/connections.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(connections=connections_of(self.user))


class Disconnect(AccountPage):
    def post(self, request: HttpRequest, application_id: UUID) -> HttpResponse:
        gone = disconnect(user=self.user, application_id=application_id, now=timezone.now())
        messages.success(request, f"“{gone.name}” is disconnected. Its tokens are refused from now on.")
        return redirect("account_connections")
