from django.apps import AppConfig


class PublishConfig(AppConfig):
    name = "apps.publish"
    verbose_name = "Publishing"

    def ready(self) -> None:
        from apps.access.services import offer_roles
        from apps.accounts.services.scopes import offer_scopes
        from apps.publish import receivers  # noqa: F401 (registers them)
        from apps.publish.services.scopes import words_of_scope
        from apps.publish.types import FORM_ROLES, SUBMISSION_ROLES

        offer_roles("form", FORM_ROLES)
        offer_roles("submission", SUBMISSION_ROLES)
        offer_scopes(words_of_scope)
