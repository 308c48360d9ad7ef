from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "apps.transfer"
    verbose_name = "Transfer"

    def ready(self) -> None:
        from apps.transfer import receivers  # noqa: F401 (registers them)
