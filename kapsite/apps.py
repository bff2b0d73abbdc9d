from django.apps import AppConfig


class KapsiteConfig(AppConfig):
    """The project's own app: staff accounts, health, house rules, set-up and housekeeping."""

    name = "kapsite"
    verbose_name = "Practice website"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - Registers the rules of the house.
        from .quiet_scripts import quieten_choosers
        from .sign_in import devices, freshness, listening

        quieten_choosers()
        for room in (freshness, devices, listening):
            room.connect()
