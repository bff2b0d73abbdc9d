"""A written article from a file, as a draft in the library.

`reading` gets the text, `lines`, `residue` and `plain` tidy it into Markdown, `parsing`, `losses`
and `rendering` make blocks of it, and `saving` writes the draft. `manage.py import_article` runs
them in this order.
"""
