"""Who can be given an inquiry to work on."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet


def colleagues() -> QuerySet:
    """Every active account that may answer inquiries, by name."""
    found = ModelBackend().with_perm("contact.change_inquiry")
    return found.order_by("last_name", "first_name", "email")
