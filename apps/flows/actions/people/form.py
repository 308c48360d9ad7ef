"""A person fills a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from jsonschema.exceptions import SchemaError

from apps.common.errors import Invalid
from apps.common.json_schema import require_schema
from apps.flows.actions.people.asking import PEOPLE, Question
from apps.flows.models import WebInput
from apps.flows.types import Order, Progress


class UserForm(Question):
    """Ends with what was filled in, in ``details.response``, and who did it."""

    name: ClassVar[str] = "user/form"
    title: ClassVar[str] = "Person: fill a form"
    subtitle: ClassVar[str] = "Waits until somebody who may has filled a form made of a JSON Schema."

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": {
                "title": {"type": "string", "minLength": 1, "maxLength": 200, "title": "What is asked for"},
                "text": {"type": "string", "title": "More about it"},
                "schema": {"type": "object", "title": "The form", "description": "A JSON Schema of an object."},
                **PEOPLE,
            },
            "required": ["title", "schema"],
            "additionalProperties": False,
        }

    def begin(self, order: Order) -> Progress:
        """
        Raises:
            Invalid: the form is no JSON Schema.
        """
        body = order.body
        try:
            require_schema(body["schema"])
        except SchemaError as error:
            raise Invalid(f"The form is no JSON Schema: {error.message[:300]}.", place="schema") from error
        question = WebInput(
            input_type=WebInput.Type.FORM, title=body["title"], text=body.get("text", ""), schema=body["schema"]
        )
        return self.asked(order, question, body.get("respondents") or [order.creator], body.get("viewers", ()))

    def answer(self, question: WebInput) -> dict[str, Any]:
        return {"response": question.response, "responded_by": question.responded_by}
