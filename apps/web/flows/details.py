"""What a flow is called and about; and its end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.flows import services as flows
from apps.flows.models import Flow
from apps.flows.services import FlowChanges
from apps.web.flows.base import FlowPage
from apps.web.flows.fields import WordsField


class DetailsForm(forms.Form):
    title = forms.CharField(max_length=Flow.LONGEST_TITLE, error_messages={"required": "A flow has a title."})
    subtitle = forms.CharField(max_length=128, required=False)
    description = forms.CharField(max_length=4096, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    keywords = WordsField(longest=1000)

    @classmethod
    def of(cls, flow: Flow) -> DetailsForm:
        told: dict[str, Any] = {name: getattr(flow, name) for name in ("title", "subtitle", "description")}
        return cls(initial={**told, "keywords": flow.keywords})

    @property
    def changes(self) -> FlowChanges:
        return FlowChanges(**self.cleaned_data)


class Details(FlowPage):
    role = "administrator"
    template = "web/flows/details.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.page(form=DetailsForm.of(self.flow))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DetailsForm(request.POST)
        if not form.is_valid():
            return self.page(form=form, status=400)
        flows.change_flow(flow=self.flow, actor=self.user, told=form.changes)
        self.tell("Saved.")
        return self.go()


class DeleteFlow(FlowPage):
    """Asks first."""

    role = "owner"
    template = "web/flows/delete.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.page()

    def post(self, _request: HttpRequest) -> HttpResponse:
        flows.delete_flow(flow=self.flow, actor=self.user)
        self.tell(f"“{self.flow.title}” is deleted. Its runs go on, and stay to be looked at.")
        return redirect("web:flows:flows")
