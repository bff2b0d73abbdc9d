"""The sizes and formats in which pages show an image, made ahead of the first visitor."""

import logging

from wagtail.images.models import Filter, SourceImageIOError

from .models import PracticeImage

logger = logging.getLogger(__name__)

# The templates `components/picture.html` and `pages/site_page.html` ask for exactly these.
PICTURE = "format-{avif,webp}|width-{480,960,1440}"
SOCIAL_CARD = "fill-1200x630|format-jpeg"
ALL = [*Filter.expand_spec(PICTURE), SOCIAL_CARD]


def make_missing() -> int:
    """Make every rendition that a page could ask for and that is not there yet.

    An AVIF takes up to a second to encode: too long for somebody who waits for a page. Returns how
    many images had one missing.
    """
    incomplete = [
        image
        for image in PracticeImage.objects.prefetch_related("renditions")
        if not set(ALL) <= {rendition.filter_spec for rendition in image.renditions.all()}
    ]
    for image in incomplete:
        try:
            image.get_renditions(*ALL)
        except (OSError, SourceImageIOError):
            logger.warning("Image %s cannot be read, so its sizes were not made.", image.pk)
    return len(incomplete)
