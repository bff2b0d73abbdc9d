"""Every way in which staff can put a file onto the site."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection

from pages.models import PracticeImage

Send = Callable[[str, bytes], Any]


def add(editor: Client, kind: str) -> Send:
    """The form for one file."""

    def send(name: str, content: bytes) -> Any:
        fields = {
            "title": "New",
            "description": "A room.",
            "file": SimpleUploadedFile(name, content),
        }
        return editor.post(reverse(f"{kind}:add"), fields)

    return send


def add_several(editor: Client, kind: str) -> Send:
    """The page onto which files are dropped, which asks for the rest afterwards."""
    one = "image" if kind == "wagtailimages" else "document"
    model = PracticeImage if one == "image" else Document

    def send(name: str, content: bytes) -> Any:
        files = {"files[]": SimpleUploadedFile(name, content), "title": "New"}
        collection = Collection.get_first_root_node().pk
        answer = editor.post(reverse(f"{kind}:add_multiple"), files | {"collection": collection})
        said = answer.json()
        if said.get("uploaded_file_id"):
            number = said["uploaded_file_id"]
            fields = {"title": "New", "description": "A room.", "collection": collection}
            address = reverse(f"{kind}:create_multiple_from_uploaded_{one}", args=[number])
            prefix = f"uploaded-{one}-{number}"
            editor.post(address, {f"{prefix}-{name}": value for name, value in fields.items()})
        elif said["success"]:
            assert model.objects.filter(pk=said[f"{'doc' if one == 'document' else one}_id"])
        return answer

    return send


def choose(editor: Client, kind: str) -> Send:
    """The window in which a file is chosen for a page."""
    prefix = "image-chooser-upload" if kind == "wagtailimages" else "document-chooser-upload"

    def send(name: str, content: bytes) -> Any:
        fields = {"title": "New", "description": "A room.", "collection": 1}
        fields = {f"{prefix}-{field}": value for field, value in fields.items()}
        file = {f"{prefix}-file": SimpleUploadedFile(name, content)}
        return editor.post(reverse(f"{kind}_chooser:create"), fields | file)

    return send


def put_in_place(editor: Client, kind: str) -> Send:
    """A new file for what is there already."""
    model = PracticeImage if kind == "wagtailimages" else Document

    def send(name: str, content: bytes) -> Any:
        there = model.objects.filter(title="New").first()
        if there is None:
            size = {"width": 1, "height": 1} if model is PracticeImage else {}
            there = model(title="Old", file="old.pdf", **size)
            there.save()
        fields = {"title": "New", "description": "A room.", "collection": there.collection_id}
        file = {"file": SimpleUploadedFile(name, content)}
        return editor.post(reverse(f"{kind}:edit", args=[there.pk]), fields | file)

    return send


WAYS = {"add": add, "several": add_several, "choose": choose, "edit": put_in_place}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Callable[[Client, str], Send]:
    """Each way in turn."""
    return WAYS[request.param]


@pytest.fixture
def send_image(way, editor: Client, planted) -> Send:
    """A function: send a file as an image, in each of Wagtail's ways."""
    return way(editor, "wagtailimages")


@pytest.fixture
def send_document(way, editor: Client, planted) -> Send:
    """A function: send a file as a document, in each of Wagtail's ways."""
    return way(editor, "wagtaildocs")
