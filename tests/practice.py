"""The practice's settings, for tests."""

from typing import Any

from pages.models import PracticeSettings


def set_practice(**facts: Any) -> PracticeSettings:
    """Fill in the one row of the settings, which any page view may have made already."""
    practice = PracticeSettings.load()
    for name, value in facts.items():
        setattr(practice, name, value)
    practice.save()
    return practice
