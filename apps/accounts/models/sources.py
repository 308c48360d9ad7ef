"""What people count as is kept in memory by each process, for as long as their ``access_version`` stays the same.

So every change of a row of which somebody's principals are made gives those people a new version, in the transaction
of the change: whether the row is saved, updated or made in bulk, deleted, or goes with something else.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import F, Q

Row = TypeVar("Row", bound="PrincipalSource", covariant=True)


def new_version() -> int:
    """A version that was never there. Counting up would give one twice, when a transaction is rolled back."""
    return secrets.randbits(63)


class Version(models.PositiveBigIntegerField):  # type: ignore[type-arg]  # only its stub takes type arguments
    """Changed in the database alone: saving a user who was read some time ago does not bring back the old version."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return super().pre_save(model_instance, add) if add else F(self.attname)


def renew(people: Q) -> None:
    """Give these users a new version. They are locked in the order of their ids, so that no two renewals block."""
    users = get_user_model()._base_manager
    chosen = users.filter(pk__in=users.filter(people).values("pk")).order_by("pk")
    ids = list(chosen.select_for_update(no_key=True).values_list("pk", flat=True))
    if ids:
        users.filter(pk__in=ids).update(access_version=new_version())


@contextmanager
def _renewing(model: type[PrincipalSource], rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Around a change of rows, by their keys: renew whom they concerned, and whom they concern then.

    Keys that are known only then are added to the list.
    """
    keys = list(rows)
    with transaction.atomic():
        renew(model.people(keys))
        yield keys
        renew(model.people(keys))


def _field(model: type[models.Model] | models.Model, name: str) -> Any:  # Any: a Field of any kind
    """A field by its name, or by that of its column."""
    return model._meta.get_field(name)


class Sources(models.QuerySet[Row]):
    def update(self, **values: Any) -> int:
        if self.model.principal_fields.isdisjoint(_field(self.model, name).name for name in values):
            return super().update(**values)
        with _renewing(self.model, self.values_list("pk", flat=True)):
            return super().update(**values)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        with _renewing(self.model, []) as keys:
            made = super().bulk_create(objs, *args, **kwargs)
            keys += [one.pk for one in made]
        return made


class PrincipalSource(models.Model):
    """A row of which principals are made, by the ``principal_fields`` that it has."""

    principal_fields: ClassVar[frozenset[str]]

    objects = Sources.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            if not self._counts_anew():
                super().save(*args, **kwargs)
                return
            with _renewing(type(self), [self.pk]) as keys:
                super().save(*args, **kwargs)
                keys.append(self.pk)

    @classmethod
    def people(cls, keys: list[Any]) -> Q:
        """The users whose principals are made of these rows."""
        raise NotImplementedError

    def _counts_anew(self) -> bool:
        """Whether the database holds something else for it, or nothing yet."""
        names = [_field(self, name).attname for name in self.principal_fields]
        kept = type(self)._base_manager.filter(pk=self.pk).values(*names).first()
        return bool(kept != {name: getattr(self, name) for name in names})


def renew_before_deletion(sender: type[PrincipalSource], instance: models.Model, origin: Any, **_: Any) -> None:
    """Django sends this for each row, within the transaction of the deletion.

    What goes with a user, an identity or a group concerns the same people, who were renewed for that one already.
    """
    cause = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    is_done = cause is not sender and issubclass(cause, PrincipalSource | get_user_model())
    if not is_done:
        renew(sender.people([instance.pk]))
