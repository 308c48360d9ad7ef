"""The links of the hosted service's options: they lead to the page on which the option is chosen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.flows import services as flows
from apps.web.flows.base import FlowsPage


class Option(FlowsPage):
    def get(self, _: HttpRequest, suffix: str) -> HttpResponse:
        option = flows.option_with_link(suffix, actor=self.user)
        return redirect(f"{reverse('web:inputs:input', args=[option.web_input_id])}?option={option.pk}")


class LandingPage(FlowsPage):
    def get(self, _: HttpRequest, suffix: str) -> HttpResponse:
        return redirect("web:inputs:input", flows.input_of_page(suffix, actor=self.user).pk)
