from django.apps import AppConfig


class KapsiteConfig(AppConfig):
    """The project's own app: staff accounts, health, house rules, set-up and housekeeping."""

    name = "kapsite"
    verbose_name = "Practice website"
