"""The site's sign in tabs, among bookmarks and on home screens."""

import json
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

SIZES = {"favicon.ico": 32, "apple-touch-icon.png": 180}


def file_of(address: str) -> str:
    """The static file that an address on this site leads to."""
    assert address.startswith("/static/img/")
    path = finders.find(address.removeprefix("/static/"))
    assert path, address
    return path


@pytest.fixture
def manifest(visitor, planted):
    """A function: the manifest's facts."""

    def fetch() -> dict:
        answer = visitor.get("/site.webmanifest")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/manifest+json"
        return json.loads(answer.content)

    return fetch


@pytest.fixture
def links(look, planted):
    """The icon links of a page, by the name of their file."""
    found = look("/").select('link[rel="icon"], link[rel="apple-touch-icon"]')
    return {link["href"].rpartition("/")[2]: link for link in found}


def test_page_names_an_icon_for_each_kind_of_browser(links):
    assert set(links) == {"favicon.ico", "favicon.svg", "apple-touch-icon.png"}


@pytest.mark.parametrize(
    ("name", "kind"), [("favicon.ico", "ICO"), ("apple-touch-icon.png", "PNG")]
)
def test_icon_has_the_kind_and_size_that_its_link_says(links, name, kind):
    link, size = links[name], SIZES[name]
    with Image.open(file_of(link["href"])) as icon:
        assert icon.format == kind
        assert (size, size) in icon.info.get("sizes", {icon.size})
    assert link.get("sizes", f"{size}x{size}") == f"{size}x{size}"


def test_drawn_icon_is_a_square_svg(links):
    link = links["favicon.svg"]
    root = ElementTree.parse(file_of(link["href"])).getroot()
    _x, _y, width, height = root.attrib["viewBox"].split()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert width == height
    assert link["type"] == "image/svg+xml"


def test_touch_icon_is_opaque(links):
    with Image.open(file_of(links["apple-touch-icon.png"]["href"])) as icon:
        assert icon.convert("RGBA").getextrema()[3] == (255, 255)


@pytest.mark.parametrize("name", SIZES)
def test_address_that_browsers_ask_for_unasked_leads_to_the_icon(visitor, name):
    answer = visitor.get(f"/{name}")
    assert answer.status_code == 302
    assert file_of(answer["Location"]).endswith(name)


def test_page_links_to_the_manifest(look, planted, visitor):
    address = look("/").select_one('link[rel="manifest"]')["href"]
    assert visitor.get(address).status_code == 200


def test_icons_of_the_manifest_are_as_it_says(manifest):
    icons = manifest()["icons"]
    for icon in icons:
        with Image.open(file_of(icon["src"])) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
            assert f"image/{picture.format.lower()}" == icon["type"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }


def test_icon_that_may_be_cut_into_shape_fills_its_square(manifest):
    maskable = next(icon for icon in manifest()["icons"] if icon["purpose"] == "maskable")
    with Image.open(file_of(maskable["src"])) as picture:
        pixels = picture.convert("RGBA")
    corners = {pixels.getpixel((x, y)) for x in (0, 511) for y in (0, 511)}
    assert len(corners) == 1
    assert pixels.getextrema()[3] == (255, 255)


def test_manifest_bears_the_name_of_the_practice_once_there_is_one(manifest, practice, planted):
    assert manifest()["name"] == planted.seo_title
    practice(name='Sage & "Ink" Ψ')
    assert manifest()["name"] == 'Sage & "Ink" Ψ'


def test_manifest_starts_at_the_home_page_of_the_site(manifest):
    facts = manifest()
    assert facts["start_url"] == "/"
    assert facts["display"] == "browser"
