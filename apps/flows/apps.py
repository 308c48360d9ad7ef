from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "apps.flows"
    verbose_name = "Flows"

    def ready(self) -> None:
        from apps.access.services import offer_roles
        from apps.accounts.services.scopes import offer_scopes
        from apps.flows import receivers  # noqa: F401 (registers them)
        from apps.flows.actions import offer_flows
        from apps.flows.services.as_action import FlowAction
        from apps.flows.services.scopes import words_of_scope
        from apps.flows.types import ACTION_ROLES, FLOW_ROLES, INPUT_ROLES, RUN_ROLES

        offer_roles("action", ACTION_ROLES)
        offer_roles("flow", FLOW_ROLES)
        offer_roles("run", RUN_ROLES)
        offer_roles("web_input", INPUT_ROLES)
        offer_scopes(words_of_scope)
        offer_flows(FlowAction())
