"""The house's rules and Django's own, as `manage.py check` knows them; see `kapsite.checks`."""

from collections.abc import Iterator

from django.conf import settings
from django.core import checks

from .findings import Finding


def broken() -> Iterator[Finding]:
    """A finding for each rule that is broken, under the rule's own id; one if none is.

    What only a public site needs is asked of a public site.
    """
    messages = checks.run_checks(include_deployment_checks=settings.IS_PUBLIC)
    found = [message for message in messages if not message.is_silenced()]
    for message in found:
        yield Finding(message.id or "", message.msg, message.hint or "Run `manage.py check`.")
    if not found:
        yield Finding("kapsite.D030", "Rules of the house")
