"""The articles before and after one in its series, found in one statement.

The database answers it in a tenth of a millisecond. Written as querysets, Django took three to put
the same words together, for every reader.
"""

from wagtail.models import Page

# Places in the tree, to either side, where the next article of a series is looked for. Without an
# end, the search would take the longer the more articles there are.
NEIGHBOURHOOD = 500
MOST_SIBLINGS = len(Page.alphabet) ** Page.steplen - 1

# What is open to all is said in `pages.visibility`; this says the same.
_ON_ONE_SIDE = """
SELECT page.id, page.path, page.depth, page.title, page.url_path, page.locale_id
FROM wagtailcore_page page
WHERE {side} AND page.depth = %(depth)s AND page.live
AND EXISTS (
    SELECT 1 FROM pages_articlepage article
    WHERE article.page_ptr_id = page.id AND article.series_id = %(series)s
)
AND NOT EXISTS (
    SELECT 1 FROM wagtailcore_pageviewrestriction restriction
    JOIN wagtailcore_page private ON private.id = restriction.page_id
    WHERE SUBSTR(page.path, 1, LENGTH(private.path)) = private.path
)
ORDER BY page.path {order} LIMIT 1
"""
_BEFORE = _ON_ONE_SIDE.format(side="page.path >= %(first)s AND page.path < %(here)s", order="DESC")
_BEHIND = _ON_ONE_SIDE.format(side="page.path > %(here)s AND page.path <= %(last)s", order="ASC")
_BOTH = f"SELECT * FROM ({_BEFORE}) one UNION ALL SELECT * FROM ({_BEHIND}) other"  # noqa: S608


def neighbours_of(page: Page, series: int) -> dict[str, Page]:
    """The published articles of a series before and after `page`, those that there are, as
    "previous" and "next". One query."""
    first, last = _paths_around(page)
    places = {"here": page.path, "depth": page.depth, "first": first, "last": last}
    found = Page.objects.raw(_BOTH, {"series": series, **places})
    return {"previous" if one.path < page.path else "next": one for one in found}


def _paths_around(page: Page) -> tuple[str, str]:
    """The first and the last path of the neighbourhood."""
    step = page._str2int(page.path[-page.steplen :])
    ends = max(1, step - NEIGHBOURHOOD), min(step + NEIGHBOURHOOD, MOST_SIBLINGS)
    first, last = (page._get_path(page.path, page.depth, end) for end in ends)
    return first, last
