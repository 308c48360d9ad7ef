from django.apps import AppConfig


class TriggersConfig(AppConfig):
    name = "apps.triggers"
    verbose_name = "Triggers"

    def ready(self) -> None:
        from apps.accounts.services.scopes import offer_scopes
        from apps.triggers import receivers  # noqa: F401 (registers them)
        from apps.triggers.services.scopes import words_of_scope

        offer_scopes(words_of_scope)
