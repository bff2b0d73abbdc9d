"""What staff upload: checked before it is opened, and kept as we wrote it, not as it came.

`WAGTAILIMAGES_IMAGE_FORM_BASE` and `WAGTAILDOCS_DOCUMENT_FORM_BASE` name the forms of this package.
Wagtail builds every form that takes a file from them: adding one or several, editing, choosing.
"""
