"""Pages about what was chosen in a pane."""

from __future__ import annotations

from django.http import HttpResponse

from apps.storage.errors import IllegalPath
from apps.storage.types import FilePath
from apps.web.files import words
from apps.web.files.base import FilesPage
from apps.web.files.listing import key_of

NOTHING = "Choose files or folders first: tick the boxes before their names."


class ChosenPage(FilesPage):
    """``path`` is the folder. What was ticked comes with the form of the file manager, or was asked about before."""

    def chosen(self) -> list[FilePath]:
        """
        Raises:
            IllegalPath: one is no name.
        """
        given = self.request.POST
        pane = self.request.GET.get("pane", "a")
        keys = given.getlist("chosen") or given.getlist(f"{pane}-chosen")
        return [self.path / name_of(key) for key in dict.fromkeys(keys)]

    def names(self, chosen: list[FilePath]) -> list[tuple[str, str]]:
        """Of each the key, for the next form, and the name as it is read."""
        return [(key_of(path.name), words.readable(path.name)) for path in chosen]

    def ask_again(self) -> HttpResponse:
        """Nothing was chosen."""
        self.tell_problem(NOTHING)
        return self.go_back()


def name_of(key: str) -> str:
    """
    Raises:
        IllegalPath: it is more or less than one name.
    """
    path = FilePath.from_key(f"/{key}")
    if len(path.names) != 1:
        raise IllegalPath("Choose from one folder.")
    return path.name
