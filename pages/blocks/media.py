"""Images in the text."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock


class FigureBlock(blocks.StructBlock):
    """An image with a caption if it needs one."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/figure.html"
        description = _("A drawing or photograph, with a caption if it needs one.")

    def get_preview_value(self) -> Any:
        """Any image there is: an image cannot be named before somebody has uploaded it."""
        image = get_image_model().objects.first()
        return self.normalize({"image": image, "caption": "A caption under the image."})
