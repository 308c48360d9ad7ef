"""What others may ask about flows and runs. ``from apps.flows import services as flows``."""

from apps.flows.actions import action_at
from apps.flows.actions.flows import flow_at
from apps.flows.services.access import (
    may_flow,
    may_run,
    require_flow,
    require_run,
)
from apps.flows.services.actions import (
    ActionRequest,
    begin_action,
    cancel_action,
    find_actions,
    get_action,
    release_action,
    resume_action,
)
from apps.flows.services.batches import BatchChanges, Listed, change_runs
from apps.flows.services.finding import (
    FlowsWanted,
    InputsWanted,
    RunsWanted,
    find_flows,
    find_inputs,
    find_runs,
    flows_seen_by,
    runs_seen_by,
)
from apps.flows.services.flows import (
    FlowChanges,
    change_flow,
    check_flow,
    create_flow,
    delete_flow,
    get_flow,
    versions_of,
)
from apps.flows.services.identifiers import Minter, Named, Wish, minter_of, require_minter, url_of_identifier
from apps.flows.services.inputs import (
    get_input,
    input_of_page,
    option_with_link,
    respond,
    roles_on_input,
    visible_inputs,
)
from apps.flows.services.notices import write_to_owner
from apps.flows.services.outcomes import Outcome, outcome_of
from apps.flows.services.private import shown_definition
from apps.flows.services.ready_functions import install_functions
from apps.flows.services.ready_made import install_flows, ready_made_id
from apps.flows.services.run_details import details_of
from apps.flows.services.runs import (
    RunChanges,
    change_run,
    delete_run,
    get_run,
    log_of,
)
from apps.flows.services.scopes import scope_of, scope_of_provider, scopes_needed
from apps.flows.services.simulating import (
    Simulation,
    begin_simulation,
    simulation_as_json,
    simulation_from_json,
    step_simulation,
)
from apps.flows.services.starting import check_run, start_run, start_run_once
from apps.flows.services.steering import cancel_run, pause_run, redrive_run, resume_run
from apps.flows.services.telling import (
    FlowTold,
    RunTold,
    shown_data,
    shown_run_definition,
    tell_of_flow,
    tell_of_flows,
    tell_of_run,
    tell_of_runs,
)
from apps.flows.services.telling_inputs import InputTold, tell_of_input, tell_of_inputs

__all__ = [
    "ActionRequest",
    "BatchChanges",
    "FlowChanges",
    "FlowTold",
    "FlowsWanted",
    "InputTold",
    "InputsWanted",
    "Listed",
    "Minter",
    "Named",
    "Outcome",
    "RunChanges",
    "RunTold",
    "RunsWanted",
    "Simulation",
    "Wish",
    "action_at",
    "begin_action",
    "begin_simulation",
    "cancel_action",
    "cancel_run",
    "change_flow",
    "change_run",
    "change_runs",
    "check_flow",
    "check_run",
    "create_flow",
    "delete_flow",
    "delete_run",
    "details_of",
    "find_actions",
    "find_flows",
    "find_inputs",
    "find_runs",
    "flow_at",
    "flows_seen_by",
    "get_action",
    "get_flow",
    "get_input",
    "get_run",
    "input_of_page",
    "install_flows",
    "install_functions",
    "log_of",
    "may_flow",
    "may_run",
    "minter_of",
    "option_with_link",
    "outcome_of",
    "pause_run",
    "ready_made_id",
    "redrive_run",
    "release_action",
    "require_flow",
    "require_minter",
    "require_run",
    "respond",
    "resume_action",
    "resume_run",
    "roles_on_input",
    "runs_seen_by",
    "scope_of",
    "scope_of_provider",
    "scopes_needed",
    "shown_data",
    "shown_definition",
    "shown_run_definition",
    "simulation_as_json",
    "simulation_from_json",
    "start_run",
    "start_run_once",
    "step_simulation",
    "tell_of_flow",
    "tell_of_flows",
    "tell_of_input",
    "tell_of_inputs",
    "tell_of_run",
    "tell_of_runs",
    "url_of_identifier",
    "versions_of",
    "visible_inputs",
    "write_to_owner",
]
