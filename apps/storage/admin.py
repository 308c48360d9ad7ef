"""Collections and rules as administrators see them. Credentials are neither shown nor changed here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.storage.models import AccessRule, Collection


class Seen:
    """Shown, not changed: changes go by the services, which tell the audit log."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RuleInline(Seen, admin.TabularInline):
    model = AccessRule
    fields = ["principal", "path", "permissions", "created_by", "created_at", "expires_at"]
    extra = 0


@admin.register(Collection)
class CollectionAdmin(Seen, admin.ModelAdmin):
    list_display = ["name", "kind", "owner", "parent", "base_path", "id", "created_at"]
    list_filter = ["kind"]
    search_fields = ["name", "description", "id"]
    exclude = ["sealed"]
    inlines = [RuleInline]
