"""Lists of questions to people, and answers to them (F19)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from apps.common.markers import Order
from apps.flows.forms.document import Document
from apps.flows.forms.lists import Listing
from apps.flows.forms.parameters import Parameters
from apps.flows.models import WebInput
from apps.flows.services import InputsWanted
from apps.flows.services.finding import NEWEST_INPUTS

INPUT_ORDERS = {
    "created_timestamp": Order("created_at"),
    "edited_timestamp": Order("edited_at"),
    "closed_timestamp": Order("closed_at", may_lack=True),
}
LONGEST_COMMENT = 4096
_ROLES = {role: role for role in ("viewer", "respondent")}
_STATES = {state.value: state.value for state in WebInput.Status}
_FILTERS = [f"filter_{name}" for name in ("roles", "states", "flow_ids", "run_ids")]


def inputs_listing(told: QueryDict) -> Listing[InputsWanted]:
    """Of open questions, unless something else is said.

    Raises:
        Invalid: a parameter cannot be read.
    """
    asked = Parameters(told)
    asked.require_known(_FILTERS)
    wanted = InputsWanted(
        roles=asked.choices("filter_roles", _ROLES),
        statuses=asked.choices("filter_states", _STATES) or (WebInput.Status.OPEN.value,),
        flows=asked.ids("filter_flow_ids"),
        runs=asked.ids("filter_run_ids"),
        place=asked.place(INPUT_ORDERS, NEWEST_INPUTS),
        most=asked.most,
    )
    return Listing(wanted, asked.asked)


@dataclass(frozen=True, slots=True)
class Answer:
    value: Any  # JSON
    comment: str


def answer_of(told: Any) -> Answer:  # Any: JSON
    """
    Raises:
        Unprocessable: it is no answer.
    """
    document = Document(told)
    document.known({"response"})
    response = document.part("response")
    response.known({"value", "comment"})
    comment = response.text("comment", most=LONGEST_COMMENT)
    document.require_right()
    return Answer(response.value("value"), comment or "")
