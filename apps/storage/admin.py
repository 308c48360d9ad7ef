"""Collections and rules as administrators see them. Credentials are neither shown nor changed here."""

from __future__ import annotations

from django.contrib import admin

from apps.common.admin import ReadOnly
from apps.storage.models import AccessRule, Collection


class RuleInline(ReadOnly, admin.TabularInline):
    model = AccessRule
    fields = ["principal", "path", "permissions", "created_by", "created_at", "expires_at"]
    extra = 0


@admin.register(Collection)
class CollectionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "kind", "owner", "parent", "base_path", "id", "created_at"]
    list_filter = ["kind"]
    search_fields = ["name", "description", "id"]
    exclude = ["sealed"]
    inlines = [RuleInline]
