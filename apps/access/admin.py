"""Roles as administrators see them."""

from __future__ import annotations

from django.contrib import admin

from apps.access.models import Role


@admin.register(Role)
class RoleAdmin(admin.ModelAdmin):
    list_display = ["principal", "role_name", "resource_kind", "resource_id", "created_at"]
    list_filter = ["resource_kind", "role_name"]
    search_fields = ["principal", "resource_id"]
