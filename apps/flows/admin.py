"""Functions and their jobs as administrators see them. They are registered by ``manage.py register_function``."""

from __future__ import annotations

from django.contrib import admin

from apps.common.admin import ReadOnly
from apps.flows.models import Function, Job


@admin.register(Function)
class FunctionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "version", "kind", "target", "queue", "is_enabled", "registered_by", "registered_at", "id"]
    list_filter = ["kind", "queue", "is_enabled"]
    search_fields = ["name", "description", "id"]


@admin.register(Job)
class JobAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["id", "function", "status", "attempts", "worker", "asked_at", "begun_at", "ended_at", "error"]
    list_filter = ["status", "queue", "function"]
    search_fields = ["id", "action__id"]
    list_select_related = ["function"]
