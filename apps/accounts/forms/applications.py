"""A new application, its addresses and its secrets."""

from __future__ import annotations

from django import forms

from apps.accounts.models import Application, Credential


class RedirectsForm(forms.Form):
    redirect_uris = forms.CharField(
        label="Addresses",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Where people are sent back to, one address a line. A program on their own machine needs none.",
    )

    def clean_redirect_uris(self) -> list[str]:
        return str(self.cleaned_data["redirect_uris"]).split()


class ApplicationForm(RedirectsForm):
    field_order = ("name", "kind", "redirect_uris")

    name = forms.CharField(
        max_length=Application._meta.get_field("name").max_length, help_text="People see it when they are asked."
    )
    kind = forms.ChoiceField(choices=Application.Kind.choices)


class CredentialForm(forms.Form):
    name = forms.CharField(max_length=Credential._meta.get_field("name").max_length, help_text="Where it will be used.")
