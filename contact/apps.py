from django.apps import AppConfig


class ContactConfig(AppConfig):
    """What a visitor sends and what staff do with it."""

    name = "contact"
    verbose_name = "Contact and triage"

    def ready(self) -> None:
        from . import sign_ins
        from .models import ContactPage

        sign_ins.connect()
        # Made when it is first asked for. Two visitors may do so at once: one would get an error.
        ContactPage.get_resolver()
