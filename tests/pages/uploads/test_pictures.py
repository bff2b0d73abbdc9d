"""An uploaded image is checked before it is decoded, and written anew."""

import struct
import tracemalloc
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from PIL import Image, ImageCms
from wagtail.models import UploadedFile

from pages.models import PracticeImage
from pages.uploads.pictures import write_anew

GPS = 0x8825
ORIENTATION = 0x0112
SECRET = b"Taken by Ada at the clinic"


def encoded(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    """A picture, red on the left and blue on the right."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    content = BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def with_a_past() -> bytes:
    """A photograph that says where it was taken, by whom, and that it lies on its side."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (45.0, 31.0, 12.0)
    return encoded(exif=exif, comment=SECRET)


def moving(kind: str, frames: int, size: tuple[int, int] = (8, 8)) -> bytes:
    """A picture of several frames, each unlike the one before."""
    pictures = [
        Image.new("RGB", size, (number * 37 % 256, number * 91 % 256, 90))
        for number in range(frames)
    ]
    content = BytesIO()
    options = {"save_all": True, "append_images": pictures[1:], "duration": 70, "loop": 0}
    pictures[0].save(content, kind, **options)
    return content.getvalue()


def png_bomb(width: int, height: int) -> bytes:
    """A small PNG that decodes to a huge one: rows of zeros, well packed."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = bytes(1 + width * 3)
    rows = b"".join(packer.compress(row) for _ in range(min(height, 200))) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def kept() -> list[bytes]:
    """The content of every image that was uploaded in a test, and of what waits to become one."""
    images = PracticeImage.objects.filter(title="New")
    files = [*(image.file for image in images), *(one.file for one in UploadedFile.objects.all())]
    return [Path(file.path).read_bytes() for file in files]


def test_photograph_is_kept_upright_and_without_its_past(send_image):
    send_image("ada.jpg", with_a_past())
    [content] = kept()
    with Image.open(BytesIO(content)) as picture:
        assert picture.size == (40, 60)
        assert len(picture.getexif()) == 0
        assert "comment" not in picture.info
        top, bottom = picture.getpixel((20, 5)), picture.getpixel((20, 55))
    assert SECRET not in content
    assert (top[0] > 200, bottom[2] > 200) == (True, True)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_what_hangs_on_a_picture_does_not_come_along(send_image, kind):
    tail = b"<html><script>alert(1)</script></html>PK\x03\x04 and an archive"
    send_image(f"picture.{kind.lower()}", encoded(kind) + tail)
    [content] = kept()
    assert b"<script>" not in content
    assert b"PK\x03\x04" not in content
    with Image.open(BytesIO(content)) as picture:
        picture.load()
        assert (picture.format, picture.size) == (kind, (60, 40))


def test_no_byte_of_what_came_is_left_anywhere_in_media(send_image):
    send_image("ada.jpg", with_a_past())
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if SECRET in path.read_bytes()] == []


def test_ending_of_the_name_comes_from_the_content(send_image):
    send_image("picture.jpg", encoded("PNG"))
    assert PracticeImage.objects.get(title="New").file.name.endswith(".png")


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><title>A page</title><script>alert(1)</script>",
        b"GIF89a/*<svg/onload=alert(1)>*/=0;",
        b"",
        encoded("TIFF"),
        encoded("PNG")[:90],
        encoded("JPEG")[:400],
    ],
    ids=["svg", "html", "script as gif", "empty", "tiff", "cut png", "cut jpeg"],
)
@pytest.mark.parametrize("name", ["picture.png", "picture.svg"])
def test_what_is_no_picture_is_refused_in_words(send_image, name, content):
    answer = send_image(name, content)
    assert kept() == []
    assert answer.status_code == 200
    assert any(words in answer.content.decode() for words in ("cannot read this", "empty"))


BOMBS = {
    "wide png": png_bomb(30_000, 30_000),
    "wider than pillow opens": png_bomb(60_000, 60_000),
    "gif with many frames": moving("GIF", 700, (300, 300)),
    "webp with many frames": moving("WEBP", 700, (300, 300)),
    "gif with a huge canvas": b"GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00"
    b"\x00\x02\x02L\x01\x00;",
}


def test_no_decoder_waits_for_a_kind_that_nobody_may_upload():
    Image.init()
    assert "AVIF" in Image.OPEN
    assert "HEIF" not in Image.OPEN


@pytest.mark.parametrize("bomb", BOMBS)
def test_small_file_that_would_become_huge_is_refused_before_it_is_opened(send_image, bomb):
    content = BOMBS[bomb]
    assert len(content) < settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE / 4
    tracemalloc.start()
    answer = send_image("bomb.png", content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert kept() == []
    assert "too many pixels" in answer.content.decode()
    assert most < 60_000_000


def test_file_of_too_many_bytes_is_refused_unread(send_image, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1000
    answer = send_image("picture.png", b"nothing to be read" * 100)
    assert "too large" in answer.content.decode()
    assert kept() == []


@pytest.mark.parametrize("kind", ["AVIF", "PNG"])
def test_kind_that_cannot_be_shown_in_motion_stands_still(send_image, kind):
    send_image(f"moving.{kind.lower()}", moving(kind, 3))
    [content] = kept()
    with Image.open(BytesIO(content)) as picture:
        assert getattr(picture, "n_frames", 1) == 1


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_moving_picture_goes_on_moving(send_image, kind):
    send_image(f"moving.{kind.lower()}", moving(kind, 3))
    [content] = kept()
    with Image.open(BytesIO(content)) as picture:
        assert picture.n_frames == 3
        picture.seek(1)
        picture.load()
        assert 60 <= picture.info["duration"] <= 80


def test_file_on_disk_is_written_anew_as_well():
    file = TemporaryUploadedFile("ada.jpg", "image/jpeg", 0, None)
    file.write(with_a_past())
    file.size = file.tell()
    write_anew(file)
    on_disk = Path(file.temporary_file_path()).read_bytes()
    assert SECRET not in on_disk
    assert len(on_disk) == file.size
    file.close()


def test_see_through_stays_see_through(send_image):
    content = BytesIO()
    Image.new("RGBA", (8, 8), (10, 20, 30, 0)).save(content, "PNG")
    send_image("glass.png", content.getvalue())
    with Image.open(BytesIO(kept()[0])) as picture:
        assert picture.convert("RGBA").getpixel((4, 4))[3] == 0


def test_colours_are_kept_when_their_profile_goes(send_image):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    send_image("photo.jpg", encoded(icc_profile=profile, quality=95))
    with Image.open(BytesIO(kept()[0])) as picture:
        assert "icc_profile" not in picture.info
        red, blue = picture.getpixel((5, 20)), picture.getpixel((55, 20))
    assert red[0] > 240
    assert blue[2] > 240


def test_print_colours_become_those_of_the_web(send_image):
    content = BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(content, "JPEG")
    send_image("print.jpg", content.getvalue())
    with Image.open(BytesIO(kept()[0])) as picture:
        assert picture.mode == "RGB"
