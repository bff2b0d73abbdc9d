from django.apps import AppConfig


class PagesConfig(AppConfig):
    """What a visitor reads."""

    name = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import changes

        changes.connect()
