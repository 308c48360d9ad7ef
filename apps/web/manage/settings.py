"""What an index is called, who may know of it, building it anew, and deleting it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from apps.common.errors import Conflict
from apps.search import services as search
from apps.search.models import Index
from apps.search.services.indexes import MOURNING
from apps.web.manage.base import ManagePage
from apps.web.manage.forms import SettingsForm
from apps.web.values import plural

SECONDS = 2


class Settings(ManagePage):
    role = "admin"
    section = "settings"
    template = "web/manage/settings.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(SettingsForm.of(self.index, reader=self.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SettingsForm(request.POST, reader=self.user)
        if not form.is_valid():
            return self.show(form, status=400)
        try:
            search.update_index(
                index=self.index,
                actor=self.user,
                display_name=form.cleaned_data["display_name"],
                description=form.cleaned_data["description"],
                visible_to=form.principals,
                is_strict=form.cleaned_data["is_strict"],
            )
        except Conflict as error:
            form.add_error(None, error.message)
            return self.show(form, status=409)
        self.tell("The settings are saved.")
        return self.go("settings")

    def show(self, form: SettingsForm, *, status: int = 200) -> HttpResponse:
        state = search.rebuild_state(index=self.index, actor=self.user)
        return self.page(
            form=form,
            rebuild=state,
            refresh=SECONDS if state.is_running or state.is_waiting else 0,
            is_open=self.index.status == Index.Status.OPEN,
            is_owner="owner" in search.role_names(index=self.index, actor=self.user),
            status=status,
        )


class Rebuild(ManagePage):
    role = "admin"

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            search.start_rebuild(index=self.index, actor=self.user)
        except Conflict as error:
            self.tell_problem(error.message)
        return self.go("settings")


class Delete(ManagePage):
    """Asks first."""

    role = "owner"
    section = "settings"
    template = "web/manage/delete.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        state = search.describe(index=self.index, actor=self.user)
        held = plural(state.num_subjects, "subject", "subjects"), plural(state.num_entries, "entry", "entries")
        return self.page(held=" in ".join(held), days=MOURNING.days)

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            search.delete_index(index=self.index, actor=self.user)
        except Conflict as error:
            self.tell_problem(error.message)
        else:
            self.tell(f"The index is closed. It goes for good after {MOURNING.days} days, unless you reopen it.")
        return self.go("settings")


class Reopen(ManagePage):
    role = "owner"

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            search.reopen_index(index=self.index, actor=self.user)
        except Conflict as error:
            self.tell_problem(error.message)
        else:
            self.tell("The index is open again, with all that it held.")
        return self.go("settings")
