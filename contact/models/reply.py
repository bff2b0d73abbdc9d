"""Words that staff answer with, so that nobody has to find them anew each time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .inquiry import ContactBy


class ReplyTemplate(models.Model):
    """A letter or a few words for a call. `{name}` and the like are filled in for each inquiry."""

    title = models.CharField(
        _("title"), max_length=80, help_text=_("What colleagues choose it by. Nobody else sees it.")
    )
    contact_by = models.CharField(
        _("used"), max_length=10, choices=ContactBy.choices, default=ContactBy.EMAIL
    )
    subject = models.CharField(
        _("subject"),
        max_length=120,
        blank=True,
        help_text=_("Of the e-mail. Leave out what the practice does: others may see a screen."),
    )
    body = models.TextField(
        _("text"),
        max_length=3000,
        help_text=_(
            "{name}, {reference}, {practice}, {phone} and {me} are filled in. The e-mail opens in "
            "your own mail program, and you send it from there."
        ),
    )

    class Meta:
        ordering = ["title"]
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")

    def __str__(self) -> str:
        return self.title
