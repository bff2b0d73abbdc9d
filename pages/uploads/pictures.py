"""An uploaded image is decoded within limits and written anew.

What a camera or an editor put beside the picture (place, time, device, comments) does not come
along, and neither does anything that was hung onto the file: a page, a script, an archive. The
picture is turned the right way up, its colours become those of the web, and its name ends in
what it is.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, ImageSequence

ENDINGS = {"AVIF": "avif", "GIF": "gif", "JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
# Sharp enough to make every smaller size from.
HOW_TO_WRITE: dict[str, dict[str, Any]] = {
    "AVIF": {"quality": 85},
    "GIF": {"optimize": True},
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90},
}
# The modes that each format can hold; everything else becomes RGB, or RGBA if it is see-through.
MODES = {
    "AVIF": {"RGB", "RGBA"},
    "GIF": {"RGB", "RGBA", "L", "P"},
    "JPEG": {"RGB", "L"},
    "PNG": {"RGB", "RGBA", "L", "LA", "P", "1"},
    "WEBP": {"RGB", "RGBA"},
}
MOVING = {"GIF", "WEBP"}  # Wagtail shows no other kind in motion: of those the first frame stays.
MOST_FRAMES = 300
WEB_COLOURS = ImageCms.createProfile("sRGB")


def write_anew(file: UploadedFile) -> None:
    """Put the picture that is in a file in place of its content, and nothing else of it.

    Raises ValidationError, in words for the editor, for what is too large, cannot be shown, or is
    no picture.
    """
    _check_bytes(file)
    with _opened(file) as picture:
        # A telephone hangs a second picture onto a photograph, and calls that "MPO".
        kind = "JPEG" if picture.format == "MPO" else str(picture.format)
        _check_pixels(picture, moves=kind in MOVING)
        content = _written(picture, kind)
    _replace(file, content)
    file.name = f"{PurePath(file.name or 'image').stem}.{ENDINGS[kind]}"


def _check_bytes(file: UploadedFile) -> None:
    most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if (file.size or 0) > most:
        message = _("This file is too large: %(size)s. It may have up to %(most)s.")
        sizes = {"size": filesizeformat(file.size or 0), "most": filesizeformat(most)}
        raise ValidationError(message % sizes, code="file_too_large")


@contextmanager
def _opened(file: UploadedFile) -> Iterator[Image.Image]:
    """The picture, of which only the head has been read. What fails to be one is refused."""
    try:
        with warnings.catch_warnings():
            # Our own limit is lower, and counts what Pillow does not: every frame.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            file.seek(0)
            with Image.open(file, formats=list(ENDINGS)) as picture:
                yield picture
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:  # Pillow's readers raise whatever a broken file makes them raise.
        message = _(
            "We cannot read this as a picture. Choose a file in one of these formats: %(formats)s. "
            "If it is one, save it again in the program that made it, and try once more."
        )
        formats = ", ".join(ending.upper() for ending in sorted(ENDINGS.values()))
        raise ValidationError(message % {"formats": formats}, code="invalid_image") from error


def _check_pixels(picture: Image.Image, moves: bool) -> None:
    """Count what the picture would take once it is opened: width, height and every frame."""
    width, height = picture.size
    most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if width * height > most:  # Before the frames are counted, which takes room for one.
        raise _too_many_pixels()
    frames = getattr(picture, "n_frames", 1) if moves else 1
    if frames > MOST_FRAMES or width * height * frames > most:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    message = _(
        "This picture has too many pixels. Make it smaller: up to %(most)s million, "
        "counting every frame if it moves."
    )
    millions = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    return ValidationError(message % {"most": millions}, code="file_too_many_pixels")


def _written(picture: Image.Image, kind: str) -> bytes:
    """The picture in its own format, with nothing beside it."""
    frames, durations = [], []
    loop = picture.info.get("loop", 1)
    for frame in ImageSequence.Iterator(picture) if kind in MOVING else [picture]:
        frame.load()
        durations.append(int(frame.info.get("duration", 0)))
        frames.append(_bare(frame, kind))
    first, rest = frames[0], frames[1:]
    options = dict(HOW_TO_WRITE[kind])
    if rest:
        options |= {"save_all": True, "append_images": rest, "duration": durations, "loop": loop}
    content = BytesIO()
    first.save(content, kind, **options)
    return content.getvalue()


def _bare(frame: Image.Image, kind: str) -> Image.Image:
    """One frame, upright and in the web's colours, without anything that came with it."""
    upright = ImageOps.exif_transpose(frame)
    coloured = _in_colours_of_the_web(upright)
    if coloured.mode not in MODES[kind]:
        see_through = coloured.has_transparency_data and kind != "JPEG"
        coloured = coloured.convert("RGBA" if see_through else "RGB")
    bare = coloured.copy()
    # A palette's transparent colour is part of the picture; the rest is what we do not keep.
    bare.info = {name: bare.info[name] for name in ("transparency",) if name in bare.info}
    return bare


def _in_colours_of_the_web(frame: Image.Image) -> Image.Image:
    """The frame as its colour profile means it; as it is, if the profile cannot be read."""
    profile = frame.info.get("icc_profile")
    if not profile or frame.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return frame
    mode = "RGB" if frame.mode in {"CMYK", "L"} else frame.mode
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(frame, source, WEB_COLOURS, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return frame
    return converted or frame


def _replace(file: UploadedFile, content: bytes) -> None:
    """Write other content into an uploaded file, in memory or on disk."""
    file.seek(0)
    file.truncate()
    file.write(content)
    file.flush()
    file.seek(0)
    file.size = len(content)
