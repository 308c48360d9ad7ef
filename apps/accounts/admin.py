"""People, groups and tokens as administrators see them. Tokens can be revoked here, never made or read."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.socialaccount.models import SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group as PermissionGroup
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts import services
from apps.accounts.models import Application, AuditEvent, Consent, Group, Identity, Membership, Token, User
from apps.accounts.services.applications import delete_application
from apps.accounts.services.audit import record_of_person
from apps.common.admin import ReadOnly

# One door for passwords: allauth's, which limits how often it may be tried.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # what allauth documents
admin.site.unregister([SocialApp, SocialToken])  # Providers come from the settings alone.
admin.site.unregister(PermissionGroup)  # Rights are roles and groups of ours; two kinds of groups would confuse.


class Told(admin.ModelAdmin):
    """Tells the audit log what is done here; Django's own history of the admin can be cleared."""

    kind = ""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._told("made", obj, message, super().log_addition(request, obj, message))

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._told("changed", obj, message, super().log_change(request, obj, message))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for each in queryset:
            self._told("deleted", each, [], None)
        return super().log_deletions(request, queryset)

    def _told(self, done: str, obj: Any, message: Any, entry: Any) -> Any:
        """``message`` names the fields that were changed, and never what they hold."""
        services.record(f"{self.kind}.{done}", kind=self.kind, id=obj.pk, name=str(obj), in_admin=message or [])
        return entry


class DeletedWhole(admin.ModelAdmin):
    """What belongs to a row, and what nobody deletes alone, goes with it."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, _, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, set(), protected


class IdentityInline(ReadOnly, admin.TabularInline):
    model = Identity
    fields = ["id", "username", "provider", "created_at"]
    readonly_fields = ["id", "created_at"]
    extra = 0


@admin.register(User)
class PersonAdmin(DeletedWhole, UserAdmin):
    """That a person is made, deleted or given rights the audit log hears whichever way it is done."""

    list_display = ("username", "name", "email", "is_active", "is_superuser", "last_login")
    search_fields = ("username", "name", "email")
    list_filter = ("is_active", "is_staff", "is_superuser")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("name", "email")}),
        ("Rights", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("username", "name", "email", "password1", "password2")}),)
    inlines = (IdentityInline,)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        action = "password.changed" if "password" in str(message) else "person.changed"
        record_of_person(action, obj, in_admin=message)
        return super().log_change(request, obj, message)


class MembershipInline(admin.TabularInline):
    model = Membership
    autocomplete_fields = ["identity", "invited_by"]
    extra = 0


@admin.register(Group)
class GroupAdmin(Told):
    kind = "group"
    list_display = ["name", "id", "parent", "created_at"]
    search_fields = ["name", "id"]
    autocomplete_fields = ["parent"]
    inlines = [MembershipInline]


@admin.register(Identity)
class IdentityAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["username", "name", "provider", "id", "user"]
    list_filter = ["provider"]
    search_fields = ["username", "name", "id", "subject"]


@admin.register(Token)
class TokenAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "prefix", "user", "created_at", "expires_at", "last_used_at", "revoked_at"]
    search_fields = ["name", "prefix", "user__username"]
    list_filter = ["revoked_at"]
    exclude = ["hash"]
    actions = ["revoke"]

    @admin.action(description="Revoke the chosen tokens", permissions=["view"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[Token]) -> None:
        actor: Any = request.user  # a User: the settings name no other
        ended = [services.end_token(token, actor=actor, now=timezone.now()) for token in tokens.select_related("user")]
        self.message_user(request, f"{sum(ended)} revoked.")


@admin.register(Application)
class ApplicationAdmin(ReadOnly, DeletedWhole):
    """Made and changed on their owners' pages or by command, and taken away here with their secrets and tokens."""

    list_display = ["name", "kind", "owner", "template", "id", "created_at"]
    search_fields = ["name", "id", "owner__username"]
    list_filter = ["kind"]

    def has_delete_permission(self, request: HttpRequest, obj: Application | None = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def delete_model(self, request: HttpRequest, obj: Application) -> None:
        delete_application(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> None:
        for application in queryset.select_related("account"):
            delete_application(application)


@admin.register(Consent)
class ConsentAdmin(ReadOnly, admin.ModelAdmin):
    """What people let applications do. They take it back themselves; an application is ended as a whole."""

    list_display = ["user", "application", "scope", "allows_refresh", "created_at", "last_used_at"]
    search_fields = ["user__username", "application__name", "scope"]
    list_select_related = ["user", "application"]


@admin.register(AuditEvent)
class AuditAdmin(ReadOnly, admin.ModelAdmin):
    """Its own page searches and exports it; here it stands among the other tables."""

    list_display = ["at", "actor_name", "action", "target_kind", "target_name", "via", "address"]
    list_filter = ["target_kind", "via"]
    search_fields = ["actor_name", "action", "target_name", "target_id"]
    date_hierarchy = "at"
    show_full_result_count = False
