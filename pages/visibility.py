"""Which pages everybody may see."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet


def open_to_all(pages: PageQuerySet) -> PageQuerySet:
    """Those of `pages` that are published and that neither they nor a page above keeps private.

    Wagtail's `public()` says the same and asks the database first; this is part of the query.
    """
    restrictions = PageViewRestriction.objects.annotate(
        path_asked_for=ExpressionWrapper(OuterRef("path"), CharField())
    )
    return pages.live().filter(
        ~Exists(restrictions.filter(path_asked_for__startswith=F("page__path")))
    )
