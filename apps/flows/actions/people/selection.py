"""A person chooses one of several options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from apps.flows.actions.people.asking import PEOPLE, Question
from apps.flows.models import WebInput, WebOption
from apps.flows.types import Order, Progress

MOST_OPTIONS = 100
OPTION: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 200, "title": "What is chosen"},
        "description": {"type": "string", "title": "What it means"},
        "completed_message": {"type": "string", "title": "What is said to whoever chose it"},
    },
    "required": ["name"],
}


class UserSelection(Question):
    """Ends with the option that was chosen, in ``details.selected``, and who chose it."""

    name: ClassVar[str] = "user/selection"
    title: ClassVar[str] = "Person: choose an option"
    subtitle: ClassVar[str] = "Waits until somebody who may has chosen one of the options."

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": {
                "title": {"type": "string", "minLength": 1, "maxLength": 200, "title": "The question"},
                "text": {"type": "string", "title": "More about it"},
                "options": {"type": "array", "items": OPTION, "minItems": 1, "maxItems": MOST_OPTIONS},
                "takes_comment": {"type": "boolean", "default": False, "title": "Ask for a reason, too"},
                **PEOPLE,
            },
            "required": ["title", "options"],
            "additionalProperties": False,
        }

    def begin(self, order: Order) -> Progress:
        body = order.body
        question = WebInput(
            input_type=WebInput.Type.SELECTION,
            title=body["title"],
            text=body.get("text", ""),
            takes_comment=body.get("takes_comment", False),
        )
        respondents = body.get("respondents") or [order.creator]
        return self.asked(order, question, respondents, body.get("viewers", ()))

    def complete(self, question: WebInput, order: Order) -> None:
        """The options; an answer is the id of one of them."""
        options = [
            WebOption(
                web_input=question,
                number=number,
                name=told["name"],
                description=told.get("description", ""),
                suffix=told.get("url_suffix", ""),
                completed_message=told.get("completed_message", ""),
            )
            for number, told in enumerate(order.body["options"])
        ]
        WebOption.objects.bulk_create(options)
        question.schema = schema_of(question.title, options)
        question.save(update_fields=["schema"])

    def answer(self, question: WebInput) -> dict[str, Any]:
        chosen = question.options.get(pk=question.response)
        return {
            "selected": {"name": chosen.name, "description": chosen.description, "option_id": str(chosen.pk)},
            "name": chosen.name,
            "comment": question.comment,
            "responded_by": question.responded_by,
        }


def schema_of(title: str, options: list[WebOption]) -> dict[str, Any]:
    """The JSON Schema of an answer."""
    choices = [{"const": str(one.pk), "title": one.name, "description": one.description} for one in options]
    return {
        "$schema": "http://json-schema.org/draft-07/schema",
        "title": title,
        "type": "string",
        "oneOf": choices,
    }
