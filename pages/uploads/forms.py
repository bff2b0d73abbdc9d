"""The forms behind every upload in the admin."""

from typing import Any

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .documents import check_document
from .pictures import write_anew


class PictureField(WagtailImageField):
    """An image, which is written anew before anybody else looks at it."""

    def to_python(self, data: Any) -> Any:
        """The picture as we wrote it. Raises ValidationError in words for the editor.

        The file itself is changed, not a copy: Wagtail keeps the one that came when something
        else in the form is still missing.
        """
        if data is not None and data not in self.empty_values:
            write_anew(data)
        return super().to_python(data)


class PictureForm(BaseImageForm):
    """Any form of Wagtail's with an image in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = self.fields.get("file")
        if theirs is not None:
            self.fields["file"] = PictureField(
                label=theirs.label, required=theirs.required, widget=theirs.widget
            )


class DocumentForm(BaseDocumentForm):
    """Any form of Wagtail's with a document in it."""

    def clean_file(self) -> Any:
        """The file, if its content is what its name says. Raises ValidationError."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            check_document(file)
        return file

    def add_error(self, field: str | None, error: Any) -> None:
        """Say one thing beside the file: without it, the model misses the ending of its name."""
        if field is None and hasattr(error, "error_dict") and self.has_error("file"):
            error.error_dict.pop("file", None)
        super().add_error(field, error)
