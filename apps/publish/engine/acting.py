"""What is done in the name of the form's publisher, for what an author was let publish."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.publish.models import Version


@contextmanager
def as_publisher(version: Version) -> Iterator[User]:
    """Gives the publisher. Whoever reads why it failed is its author, who may not mend it: whose right it is, is said.

    Raises:
        NotAllowed: the publisher may not do it any more.
    """
    publisher = version.submission.form.publisher
    try:
        yield publisher
    except NotAllowed as error:
        name = publisher.get_full_name() or publisher.get_username()
        raise NotAllowed(
            f"It is published in the name of {name}, who may not do so any more. {error.message}"
        ) from error
