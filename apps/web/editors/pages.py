"""The page of an editor. Each button sends all of it, so that it works without a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Generic, Protocol, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse

from apps.web.pages import Page

Asked = Mapping[str, str]
"""What stands in the boxes, by their names."""


class Checked(Protocol):
    @property
    def errors(self) -> int: ...


C = TypeVar("C", bound=Checked)


class Boxes(forms.Form):
    """``after`` is the number of the version that was changed."""

    after = forms.CharField(max_length=9, required=False)

    @property
    def problem(self) -> str:
        """The first of what is wrong, with its box."""
        box, messages = next(iter(self.errors.items()))
        return f"{box.capitalize()}: {messages[0]}"


class EditorPage(Page, Generic[C]):
    boxes: ClassVar[type[Boxes]]
    empty: ClassVar[Asked]

    def checked(self, asked: Asked) -> C:
        raise NotImplementedError

    def saved(self, asked: Asked, found: C) -> HttpResponse:
        """The way on: what is written has no errors."""
        raise NotImplementedError

    def pressed(self, asked: Asked, _button: str) -> HttpResponse:
        """What another button than those that save does: look at it as it is now."""
        return self.shown(asked)

    def post(self, request: HttpRequest) -> HttpResponse:
        form, button = self.boxes(request.POST), request.POST.get("do", "")
        if not form.is_valid():
            return self.shown({**self.empty, **request.POST.dict()}, problem=form.problem, status=400)
        asked = form.cleaned_data
        if button not in {"save", "confirm"}:
            return self.pressed(asked, button)
        found = self.checked(asked)
        if found.errors:
            return self.shown(asked, found, problem="It cannot be saved yet.", status=400)
        return self.saved(asked, found)

    def shown(self, asked: Asked, found: C | None = None, *, problem: str = "", status: int = 200) -> HttpResponse:
        return self.page(asked=asked, checked=found or self.checked(asked), problem=problem, status=status)
