"""An image says what it shows, or says that it shows nothing that matters."""

from io import BytesIO

import brotli
import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from pages import renditions
from pages.models import PracticeImage, Rendition


def a_file(name: str = "drawing.png") -> BytesIO:
    content = BytesIO()
    Image.new("RGB", (40, 30), "#1E5B57").save(content, "PNG")
    content.seek(0)
    content.name = name
    return content


def an_image(**fields) -> PracticeImage:
    return PracticeImage(title="a-file-name", file=ImageFile(a_file()), **fields)


@pytest.mark.parametrize("description", ["", "   "])
def test_image_that_says_neither_is_refused(planted, description):
    with pytest.raises(
        ValidationError, match="what the image shows, or mark it as decorative"
    ) as no:
        an_image(description=description).clean()
    assert set(no.value.message_dict) == {"description"}


@pytest.mark.parametrize("fields", [{"description": "A cup."}, {"is_decorative": True}])
def test_image_that_says_either_is_accepted(planted, fields):
    an_image(**fields).clean()


@pytest.mark.parametrize(
    ("fields", "alt"),
    [
        ({"description": "A cup."}, "A cup."),
        ({"is_decorative": True}, ""),
        ({"description": "A cup.", "is_decorative": True}, ""),
    ],
)
def test_page_shows_the_alternative_text_and_never_the_files_name(write, look, fields, alt):
    image = an_image(**fields)
    image.save()
    write("Illustrated", ("figure", {"image": image, "caption": ""}))
    shown = look("/library/illustrated/").select_one("figure img")
    assert shown["alt"] == alt


def test_editor_who_uploads_an_image_is_asked_what_it_shows(editor):
    upload = SimpleUploadedFile("drawing.png", a_file().getvalue(), "image/png")
    address = reverse("wagtailimages:add")
    answer = editor.post(address, {"title": "Drawing", "file": upload, "description": ""})
    assert b"Say in one sentence what the image shows" in answer.content
    assert not PracticeImage.objects.filter(title="Drawing").exists()


def test_figure_offers_small_formats_and_the_size_of_the_picture(look, planted, write):
    image = an_image(description="A cup.")
    image.save()
    write("Illustrated", ("figure", {"image": image, "caption": ""}))
    figure = look("/library/illustrated/").select_one("figure")
    kinds = [source["type"] for source in figure.select("source")]
    assert kinds == ["image/avif"]
    offered = [part.split()[0] for part in figure.img["srcset"].split(",")]
    assert [address.rsplit(".", 1)[1] for address in offered] == ["webp"] * 3
    assert int(figure.img["width"]) > 0
    assert int(figure.img["height"]) > 0


def test_no_page_of_the_starter_content_makes_a_rendition(planted, visitor):
    addresses = [page.get_url() for page in planted.get_descendants(inclusive=True).live()]
    assert renditions.make_missing() == 0
    before = Rendition.objects.count()
    for address in addresses:
        assert visitor.get(address).status_code == 200
    assert Rendition.objects.count() == before > 0


def test_every_size_is_made_ahead_for_a_new_image(planted, write, visitor):
    image = an_image(description="A cup.")
    image.save()
    assert renditions.make_missing() == 1
    assert {r.filter_spec for r in image.renditions.all()} == set(renditions.OF_A_PHOTOGRAPH)
    before = Rendition.objects.count()
    write("Illustrated", ("figure", {"image": image, "caption": ""}), image=image)
    visitor.get("/library/illustrated/")
    visitor.get("/library/")
    assert Rendition.objects.count() == before


def test_sizes_that_are_there_are_not_made_again(planted):
    image = an_image(description="A cup.")
    image.save()
    renditions.make_missing()
    assert renditions.make_missing() == 0
    assert image.renditions.count() == len(renditions.OF_A_PHOTOGRAPH)


def test_drawing_is_one_small_file_for_light_and_dark_screens(look, planted, visitor):
    drawing = look("/library/how-safe-is-kap/").select_one("figure img")
    assert drawing["src"].endswith(".svg")
    assert "srcset" not in drawing.attrs
    answer = visitor.get(drawing["src"], headers={"Accept-Encoding": "br"})
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Encoding"] == "br"
    assert b"prefers-color-scheme:dark" in brotli.decompress(answer.content)


def test_drawing_that_is_opened_by_itself_runs_nothing(look, planted, visitor):
    drawing = look("/library/how-safe-is-kap/").select_one("figure img")
    policy = visitor.get(drawing["src"])["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def test_editor_cannot_upload_a_drawing_that_may_hold_a_script(editor):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    upload = SimpleUploadedFile("drawing.svg", svg, "image/svg+xml")
    fields = {"title": "Drawing", "file": upload, "description": "A drawing."}
    editor.post(reverse("wagtailimages:add"), fields)
    assert not PracticeImage.objects.filter(title="Drawing").exists()
