from django.apps import AppConfig


class TimersConfig(AppConfig):
    name = "apps.timers"
    verbose_name = "Timers"

    def ready(self) -> None:
        from apps.timers import receivers  # noqa: F401 (registers them)
