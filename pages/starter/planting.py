"""Puts the starter content into an empty site, in two steps.

First the tree grows (`plant_tree`), so that every page has an id. Other apps add their pages. Then
the bodies are written (`write_bodies`), with links that know where they lead.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path as FilePath
from typing import Any

from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.utils.text import slugify
from wagtail.models import Page, Site

from ..markdown import to_rich_text
from ..models import (
    ArticlePage,
    BodyPage,
    HomePage,
    LibraryPage,
    PracticeImage,
    PracticeSettings,
    Series,
    SitePage,
    Source,
    StandardPage,
    Topic,
)
from .build import Content, Image, Markdown, Path
from .depression import ARTICLE as DEPRESSION
from .home import HOME
from .images import IMAGES
from .library import PAGE as LIBRARY
from .safety import ARTICLE as SAFETY
from .sources import SOURCES
from .standard import MENU, PAGES

ARTICLES = (SAFETY, DEPRESSION)
SERIES = "Understanding KAP"
IMAGE_DIR = FilePath(__file__).parent / "images"


def is_planted() -> bool:
    """Whether the site has a home page, so that nothing may be planted over it."""
    return HomePage.objects.exists()


def plant_tree() -> HomePage:
    """Create images, sources and all pages of this app, without bodies. Returns the home page."""
    PracticeSettings.load()  # Empty, but there: the first visitor changes nothing.
    for source in SOURCES:
        Source.objects.update_or_create(key=source.key, defaults=vars(source))
    images = {key: _image(key, *words) for key, words in IMAGES.items()}
    home = _plant_home(images)
    for content in PAGES:
        _add(home, StandardPage, content, images, show_in_menus=content.slug in MENU)
    library = _add(home, LibraryPage, LIBRARY, images, show_in_menus=True)
    series = Series.objects.get_or_create(slug=slugify(SERIES), defaults={"name": SERIES})[0]
    for content in ARTICLES:
        topic = Topic.objects.get_or_create(
            slug=content.topic, defaults={"name": content.topic.capitalize()}
        )[0]
        _add(library, ArticlePage, content, images, topic=topic, series=series)
    return home


def write_bodies(home: HomePage) -> None:
    """Fill the bodies of the planted pages and publish them all."""
    contents = {content.slug: content for content in (*PAGES, *ARTICLES)}
    images = {image.title: image.pk for image in PracticeImage.objects.all()}
    keys = {key: images[title] for key, (title, _alt) in IMAGES.items()}
    pages = {page.get_url() or "": page.pk for page in home.get_descendants(inclusive=True)}
    finish = partial(_finished, images=keys, pages=pages)
    for page in _unpublished(home):
        if isinstance(page, BodyPage):
            content = HOME if page.pk == home.pk else contents[page.slug]
            page.body = [finish(block) for block in content.body]
        if isinstance(page, HomePage):
            page.links = [finish(block) for block in HOME.links]
        page.full_clean()
        page.validate_content()
        page.save_revision(log_action="wagtail.create").publish()


def _unpublished(home: HomePage) -> Iterator[SitePage]:
    pages = home.get_descendants(inclusive=True).filter(first_published_at=None)
    yield from pages.order_by("path").specific()


def _image(key: str, title: str, alternative_text: str) -> PracticeImage:
    existing = PracticeImage.objects.filter(title=title).first()
    if existing:
        return existing
    image = PracticeImage(title=title, description=alternative_text)
    with (IMAGE_DIR / f"{key}.svg").open("rb") as file:
        image.file = ImageFile(file, name=f"{key}.svg")
        # A set-up that was killed may have left the file without its row.
        default_storage.delete(image.get_upload_to(f"{key}.svg"))
        image.full_clean(exclude=["uploaded_by_user"])
        image.save()
    return image


def _plant_home(images: dict[str, PracticeImage]) -> HomePage:
    """The home page in place of Wagtail's welcome page, at the root of the one site."""
    root = Page.get_first_root_node()
    Site.objects.all().delete()
    for page in root.get_children():
        page.delete()
    root = Page.objects.get(pk=root.pk)
    home = _add(root, HomePage, HOME, images)
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def _add(
    parent: Page,
    page_type: type[SitePage],
    content: Content,
    images: dict[str, PracticeImage],
    **extra: Any,
) -> Any:
    page = page_type(slug=content.slug, image=images.get(content.image), **content.fields, **extra)
    return parent.add_child(instance=page)


def _finished(value: Any, *, images: dict[str, int], pages: dict[str, int]) -> Any:
    """`value` as a StreamField stores it: Markdown as rich text, keys and paths as ids."""
    finish = partial(_finished, images=images, pages=pages)
    match value:
        case Markdown():
            return to_rich_text(value, pages.get)
        case Image():
            return images[value]
        case Path():
            return pages[value]
        case dict():
            return {name: finish(item) for name, item in value.items()}
        case list():
            return [finish(item) for item in value]
    return value
