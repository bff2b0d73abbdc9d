"""Images that say what they show, or say that they show nothing that matters."""

from secrets import token_hex

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.utils.file import hash_filelike


class PracticeImage(AbstractImage):
    """An image with alternative text, or with the mark that it is decoration only."""

    # Wagtail sets `decorative` on every image for its own image block, so ours has another name.
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_(
            "Tick this when the page says the same without the image. "
            "Screen readers then pass it by."
        ),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def get_upload_to(self, filename: str) -> str:
        """A name that no other content has had, since browsers keep what they got for a year."""
        stem, dot, ending = filename.rpartition(".")
        # Of several that are uploaded together, Wagtail names each before it has the file.
        fingerprint = hash_filelike(self.file.file)[:8] if self.file else token_hex(4)
        return super().get_upload_to(f"{stem}-{fingerprint}{dot}{ending}")

    @property
    def default_alt_text(self) -> str:
        """The `alt` of the image on a page: empty for decoration, never the file's title."""
        return "" if self.is_decorative else self.description

    def clean(self) -> None:
        super().clean()
        if not self.is_decorative and not self.description.strip():
            message = _("Say in one sentence what the image shows, or mark it as decorative.")
            raise ValidationError({"description": message})


class Rendition(AbstractRendition):
    """One size and format of an image, as a page shows it."""

    image = models.ForeignKey(PracticeImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]
