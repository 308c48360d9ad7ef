"""What others may ask about flows and runs. ``from apps.flows import services as flows``."""

from apps.flows.services.access import (
    give_roles,
    may_flow,
    may_run,
    principals_with,
    require_flow,
    require_run,
)
from apps.flows.services.flows import (
    FlowChanges,
    change_flow,
    check_flow,
    create_flow,
    delete_flow,
    get_flow,
    versions_of,
    visible_flows,
)
from apps.flows.services.identifiers import url_of_identifier
from apps.flows.services.inputs import (
    get_input,
    input_of_page,
    option_with_link,
    respond,
    roles_on_input,
    visible_inputs,
)
from apps.flows.services.runs import (
    RunChanges,
    change_run,
    check_run,
    delete_run,
    flows_with_visible_runs,
    get_run,
    log_of,
    start_run,
    visible_runs,
)
from apps.flows.services.scopes import scope_of
from apps.flows.services.steering import cancel_run, pause_run, redrive_run, resume_run

__all__ = [
    "FlowChanges",
    "RunChanges",
    "cancel_run",
    "change_flow",
    "change_run",
    "check_flow",
    "check_run",
    "create_flow",
    "delete_flow",
    "delete_run",
    "flows_with_visible_runs",
    "get_flow",
    "get_input",
    "get_run",
    "give_roles",
    "input_of_page",
    "log_of",
    "may_flow",
    "may_run",
    "option_with_link",
    "pause_run",
    "principals_with",
    "redrive_run",
    "require_flow",
    "require_run",
    "respond",
    "resume_run",
    "roles_on_input",
    "scope_of",
    "start_run",
    "url_of_identifier",
    "versions_of",
    "visible_flows",
    "visible_inputs",
    "visible_runs",
]
