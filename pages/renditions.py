"""The sizes and formats in which pages show an image, made ahead of the first visitor."""

import logging

from wagtail.images.models import Filter, SourceImageIOError

from .models import PracticeImage

logger = logging.getLogger(__name__)

# The template `components/picture.html` asks for exactly these.
PICTURE = "format-{avif,webp}|width-{480,960,1440}"
OF_A_PHOTOGRAPH = Filter.expand_spec(PICTURE)
OF_A_DRAWING = ["original"]


def wanted(image: PracticeImage) -> list[str]:
    """The filter specifications of the renditions that pages show of this image."""
    return OF_A_DRAWING if image.is_svg() else OF_A_PHOTOGRAPH


def make_missing() -> int:
    """Make every rendition that a page could ask for and that is not there yet.

    An AVIF takes up to a second to encode: too long for somebody who waits for a page. Returns how
    many images had one missing.
    """
    incomplete = [
        image
        for image in PracticeImage.objects.prefetch_related("renditions")
        if not set(wanted(image)) <= {rendition.filter_spec for rendition in image.renditions.all()}
    ]
    for image in incomplete:
        try:
            image.get_renditions(*wanted(image))
        except (OSError, SourceImageIOError):
            logger.warning("Image %s cannot be read, so its sizes were not made.", image.pk)
    return len(incomplete)
