from django.apps import AppConfig


class ContactConfig(AppConfig):
    """What a visitor sends and what staff do with it."""

    name = "contact"
    verbose_name = "Contact and triage"

    def ready(self) -> None:
        from . import sign_ins

        sign_ins.connect()
