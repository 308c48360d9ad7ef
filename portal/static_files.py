"""Static files as they are served: hashed by what they hold, compressed, and kept by browsers for a year."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Works out the address of a file once: a page names forty, and they change only with a new start."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._urls: dict[tuple[str, bool], str] = {}

    def url(self, name: str, force: bool = False) -> str:
        asked = (name, force)
        if asked not in self._urls:
            self._urls[asked] = super().url(name, force)
        return self._urls[asked]
