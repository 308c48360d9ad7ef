"""What Django and django-allauth announce about people, for the audit log: each way to it ends here."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as allauth
from django.contrib.auth import signals as auth
from django.db.models import Q
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver

from apps.accounts.models import Identity, User
from apps.accounts.services.audit import record, record_of_person

RIGHTS = ("is_active", "is_staff", "is_superuser")


@receiver(auth.user_logged_in)
def signed_in(user: User, **_: Any) -> None:
    record_of_person("person.signed_in", user, actor=user)


@receiver(auth.user_logged_out)
def signed_out(user: User | None, **_: Any) -> None:
    if user:
        record_of_person("person.signed_out", user, actor=user)


@receiver(auth.user_login_failed)
def sign_in_failed(credentials: dict[str, Any], **_: Any) -> None:
    """Names the person if there is one. Else nothing of what was typed is kept: it may be somebody's password."""
    typed = [str(credentials[key]) for key in ("username", "email") if credentials.get(key)]
    asked = Q()
    for one in typed:
        asked |= Q(username__iexact=one) | Q(email__iexact=one)
    is_askable = typed and not any("\0" in one for one in typed)  # PostgreSQL refuses the question.
    user = User.objects.filter(asked).first() if is_askable else None
    if user:
        record_of_person("person.sign_in_failed", user)
    else:
        record("person.sign_in_failed", kind="person", id="", name="")


@receiver([allauth.password_changed, allauth.password_set, allauth.password_reset])
def password_changed(user: User, **_: Any) -> None:
    record_of_person("password.changed", user)


@receiver(post_save, sender=Identity)
def made(instance: Identity, created: bool, **_: Any) -> None:
    """A person is made when their first identity is, by which they are known."""
    if (
        created
        and instance.user
        and not Identity.objects.filter(user=instance.user_id).exclude(pk=instance.pk).exists()
    ):
        record_of_person("person.made", instance.user)


@receiver(pre_save, sender=User)
def rights_changed(instance: User, update_fields: Any = None, **_: Any) -> None:
    if instance.pk is None or (update_fields is not None and set(RIGHTS).isdisjoint(update_fields)):
        return
    held = User.objects.filter(pk=instance.pk).values(*RIGHTS).first() or {}
    changed = {name: getattr(instance, name) for name, was in held.items() if was != getattr(instance, name)}
    if "is_active" in changed:
        record_of_person("person.reactivated" if changed.pop("is_active") else "person.deactivated", instance)
    if changed:
        record_of_person("person.rights_changed", instance, **changed)


@receiver(pre_delete, sender=User)
def deleted(instance: User, **_: Any) -> None:
    record_of_person("person.deleted", instance)
