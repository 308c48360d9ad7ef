"""Roles as administrators see them: granted and withdrawn, never changed, each told to the audit log."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.access import services
from apps.access.errors import InvalidPrincipal
from apps.access.models import Role
from apps.access.types import LADDER, parse_principal


class RoleForm(forms.ModelForm):
    role_name = forms.ChoiceField(choices=[(name, name) for name in LADDER])

    class Meta:
        model = Role
        fields = ["resource_kind", "resource_id", "role_name", "principal"]
        help_texts = {"principal": "urn:globus:auth:identity:… or urn:globus:groups:id:…"}

    def clean_principal(self) -> str:
        try:
            return str(parse_principal(self.cleaned_data["principal"]))
        except InvalidPrincipal as error:
            raise forms.ValidationError(error.message) from error


@admin.register(Role)
class RoleAdmin(admin.ModelAdmin):
    form = RoleForm
    list_display = ["principal", "role_name", "resource_kind", "resource_id", "created_at"]
    list_filter = ["resource_kind", "role_name"]
    search_fields = ["principal", "resource_id"]

    def has_change_permission(self, request: HttpRequest, obj: Role | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Role, form: RoleForm, change: bool) -> None:
        made = services.grant(obj.resource, obj.role_name, obj.principal)
        obj.pk, obj.created_at = made.pk, made.created_at

    def delete_model(self, request: HttpRequest, obj: Role) -> None:
        services.withdraw(obj.pk, resource=obj.resource)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Role]) -> None:
        for role in queryset:
            services.withdraw(role.pk, resource=role.resource)
