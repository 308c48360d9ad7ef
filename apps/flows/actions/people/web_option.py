"""The hosted service's way to let a person choose: by links of their own, or on a page of theirs.

There, whoever opens the link of an option has chosen it. Here a browser shows the option first, and its button chooses:
mail programs open links by themselves. A program that shows a token chooses with the request.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings

from apps.common.errors import Conflict
from apps.flows.actions.base import hosted
from apps.flows.actions.people.selection import MOST_OPTIONS, OPTION, UserSelection
from apps.flows.models import WebInput, WebOption
from apps.flows.types import Order, Progress

SUFFIX = {"type": "string", "pattern": r"^[A-Za-z0-9._~-]{1,200}$"}
SELECTABLE = {"type": "array", "items": {"type": "string"}}


class WebOptions(UserSelection):
    """``selectable_by`` of the page, and of each option, say who may choose; without any it is who runs the flow."""

    name: ClassVar[str] = "weboption/wait_for_option"
    title: ClassVar[str] = "Wait for an option"
    subtitle: ClassVar[str] = "Waits until an option is chosen by its link, or on a page."
    aliases: ClassVar[tuple[str, ...]] = hosted("weboption/wait_for_option")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        option = {"url_suffix": SUFFIX, "selectable_by": SELECTABLE, **OPTION["properties"]}
        page = {"url_suffix": SUFFIX, "selectable_by": SELECTABLE, "preamble_text": {"type": "string"}}
        return {
            "type": "object",
            "properties": {
                "landing_page": {"type": "object", "properties": page, "required": ["url_suffix"]},
                "options": {
                    "type": "array",
                    "items": {**OPTION, "properties": option, "required": ["name", "url_suffix"]},
                    "minItems": 1,
                    "maxItems": MOST_OPTIONS,
                },
            },
            "required": ["options"],
        }

    def begin(self, order: Order) -> Progress:
        """
        Raises:
            Conflict: another open question has one of the links.
        """
        page = order.body.get("landing_page", {})
        options = order.body["options"]
        _require_free(order.id, page.get("url_suffix", ""), [one["url_suffix"] for one in options])
        question = WebInput(
            input_type=WebInput.Type.SELECTION,
            title=page.get("header_text") or page.get("page_title") or "Choose an option",
            text=page.get("preamble_text", ""),
            suffix=page.get("url_suffix", ""),
            takes_comment=bool(page.get("include_text_input_form")),
        )
        told = [*page.get("selectable_by", ()), *(who for one in options for who in one.get("selectable_by", ()))]
        return self.asked(order, question, list(dict.fromkeys(told)) or [order.creator])

    def links(self, question: WebInput) -> dict[str, Any]:
        place = f"{settings.PUBLIC_URL}/flows"
        links = [{"name": one.name, "url": f"{place}/options/{one.suffix}/"} for one in question.options.all()]
        page = {"landing_page": f"{place}/landing/{question.suffix}/"} if question.suffix else {}
        return {"options": links, **page}

    def answer(self, question: WebInput) -> dict[str, Any]:
        chosen = question.options.get(pk=question.response)
        return {**super().answer(question), "url_suffix": chosen.suffix, "input": question.comment}


def _require_free(action_id: str, page: str, suffixes: list[str]) -> None:
    others = WebInput.objects.filter(status=WebInput.Status.OPEN).exclude(action_id=action_id)
    taken = WebOption.objects.filter(web_input__in=others, suffix__in=suffixes).values_list("suffix", flat=True)
    clash = next(iter(taken), "") or (page if page and others.filter(suffix=page).exists() else "")
    if clash:
        raise Conflict(
            f"Another open question has the link {clash!r}. Choose another one, such as one with the run's id."
        )
