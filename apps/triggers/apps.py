from django.apps import AppConfig


class TriggersConfig(AppConfig):
    name = "apps.triggers"
    verbose_name = "Triggers"

    def ready(self) -> None:
        from apps.triggers import receivers  # noqa: F401 (registers them)
