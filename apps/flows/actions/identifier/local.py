"""Names of the portal's own: ``/id/<name>/`` leads to where they are said to lead."""

from __future__ import annotations

from django.conf import settings

from apps.common.errors import Conflict
from apps.flows.actions.identifier.minters import Named, Wish, suffix_for
from apps.flows.errors import NoSuchIdentifier
from apps.flows.models import Identifier

State = Identifier.State


class LocalMinter:
    def name_for(self, request_id: str) -> str:
        return suffix_for(request_id)

    def reserve(self, wish: Wish) -> Named:
        told = {"created_by": wish.by, "created_at": wish.now, "changed_at": wish.now, "url": wish.url}
        kept, _ = Identifier.objects.get_or_create(name=wish.name, defaults={**told, "metadata": dict(wish.metadata)})
        return named(kept)

    def publish(self, wish: Wish) -> Named:
        self.reserve(wish)
        return self._changed(wish, State.FINDABLE)

    def update(self, wish: Wish) -> Named:
        return self._changed(wish, None)

    def hide(self, wish: Wish) -> Named:
        if _known(wish.name).state == State.DRAFT:
            raise Conflict("It was never published: delete it instead.")
        return self._changed(wish, State.REGISTERED)

    def delete(self, wish: Wish) -> None:
        published = Identifier.objects.filter(name=wish.name).exclude(state=State.DRAFT)
        if published.exists():
            raise Conflict("It was published, and stays for ever. Hide it instead.")
        Identifier.objects.filter(name=wish.name).delete()

    def _changed(self, wish: Wish, state: str | None) -> Named:
        kept = _known(wish.name)
        kept.state = state or kept.state
        kept.url = wish.url or kept.url
        kept.metadata = dict(wish.metadata) or kept.metadata
        kept.changed_at = wish.now
        if kept.state == State.FINDABLE and not kept.url:
            raise Conflict("An identifier that is found has to lead somewhere. Say where with `url`.")
        kept.save()
        return named(kept)


def named(kept: Identifier) -> Named:
    return Named(name=kept.name, link=f"{settings.PUBLIC_URL}/id/{kept.name}/", state=kept.state, url=kept.url)


def _known(name: str) -> Identifier:
    kept = Identifier.objects.filter(name=name).first()
    if kept is None:
        raise NoSuchIdentifier
    return kept
