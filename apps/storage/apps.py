from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "apps.storage"
    verbose_name = "Storage"

    def ready(self) -> None:
        from apps.accounts.services.scopes import offer_scopes
        from apps.storage.services.scopes import words_of_scope

        offer_scopes(words_of_scope)
