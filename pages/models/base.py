"""What every page type shares."""

from collections.abc import Iterator
from http import HTTPMethod
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from ..anchors import Heading, contents_of, repeated_heading
from ..cache import publish
from ..citations import cited_keys
from ..texts import PageTexts
from ..tree import SiteTree
from .sources import Source

# What named routes and the server take before a page of the same name is looked for.
RESERVED_SLUGS = {"_util", "admin", "documents", "media", "search", "social", "static"}
RESERVED_SLUGS |= {"styleguide"}  # Only there in debug mode.
WRONG_PASSWORD = _("This password does not open the page. Check it and try again.")


class ContentForm(WagtailAdminPageForm):
    """The page editor's form, which asks the page whether its content holds together."""

    def _post_clean(self) -> None:
        super()._post_clean()
        try:
            self.instance.validate_content()
        except ValidationError as error:
            self._update_errors(error)


class SitePage(Page):
    """A page with an address on this site, a picture and a place in the tree."""

    standfirst = models.TextField(
        _("standfirst"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title that say what the page gives."),
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("image"),
        help_text=_("Shown at the top of the page."),
    )

    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    nothing_is_private = False  # Whether this is known of the whole site, this page included.
    query_keys: tuple[str, ...] = ()  # The keys of the query that the page depends on.
    # What the template needs of other tables, fetched together with the page.
    served_with: tuple[str, ...] = ("image", "locale")

    search_fields = [*Page.search_fields, index.SearchField("standfirst")]
    content_panels = [*Page.content_panels, FieldPanel("standfirst"), FieldPanel("image")]

    class Meta:
        abstract = True

    base_form_class = ContentForm

    def validate_content(self) -> None:
        """Raise ValidationError for what an editor has to put right before the page is saved.

        The editor's form and the importer ask. `clean` does not: it runs at every save, and a page
        must be published on its hour, locked or moved also when a source has gone meanwhile.
        """
        if self.slug in RESERVED_SLUGS:
            message = _("The site itself uses this address. Choose another slug.")
            raise ValidationError({"slug": message})

    @property
    def card_title(self) -> str:
        """The large words of the page's social card."""
        return self.title

    @property
    def card_topic(self) -> str:
        """What stands above them, if anything does."""
        return ""

    def canonical_url(self, request: HttpRequest | None = None) -> str:
        """The one full address of this page: under `SITE_URL`, whatever host was asked."""
        return settings.SITE_URL + (self.get_url(request) or "/")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page as everybody gets it. One that somebody must be let into does not come here."""
        publish(request, *self.query_keys)
        return super().serve(request, *args, **kwargs)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Wagtail's rule (this page, those above, and what they are aliases of) in one query.

        In none where `pages.routing` knows that nothing on this site is kept private.
        """
        if self.nothing_is_private:
            return PageViewRestriction.objects.none()
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        paths = [self.path[:end] for end in steps]
        of_these = Q(page__path__in=paths) | Q(page__aliases__path__in=paths)
        return PageViewRestriction.objects.filter(of_these).select_related("page").distinct()

    def serve_password_required_response(
        self, request: HttpRequest, form: PasswordViewRestrictionForm, action_url: str
    ) -> HttpResponse:
        """The form for the page's password, which says as the others do what is wrong."""
        form.use_required_attribute = False
        form.fields["password"].widget.attrs["autocomplete"] = "current-password"
        if "password" in form.errors:
            del form.errors["password"]
            typed = form.data.get("password")
            form.add_error("password", WRONG_PASSWORD if typed else _("Enter the password"))
        return super().serve_password_required_response(request, form, action_url)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        tree = SiteTree(request)
        return context | {"site_tree": tree, "trail": tree.trail(self)}


class BodyPage(SitePage):
    """A page with a standfirst and a body of blocks. A subclass defines the field `body`."""

    search_fields = [*SitePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True

    @cached_property
    def cited_keys(self) -> list[str]:
        """The keys of the sources that the body cites, in order."""
        return cited_keys(self.body.raw_data)

    @cached_property
    def contents(self) -> list[Heading]:
        """The sections of the body, for the contents list."""
        return contents_of(self.body)

    def pages_at_hand(self) -> list[Page]:
        """Published pages that are fetched for this page anyway, so that links need not ask."""
        return []

    def validate_content(self) -> None:
        """Besides, refuse a citation without a source and two headings with the same words."""
        super().validate_content()
        for problem in self._problems_of_body():
            raise ValidationError({"body": problem})

    def _problems_of_body(self) -> Iterator[str]:
        known = set(Source.objects.filter(key__in=self.cited_keys).values_list("key", flat=True))
        unknown = [key for key in self.cited_keys if key not in known]
        if unknown:
            yield _("No source has this citation key: %(keys)s.") % {"keys": ", ".join(unknown)}
        heading = repeated_heading(self.body)
        if heading:
            yield _("Two headings read “%(text)s”. Give one of them other words.") % {
                "text": heading
            }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        images = [block.value["image"] for block in self.body.blocks_by_name("figure")]
        prefetch_related_objects([i for i in (self.image, *images) if i], "renditions")
        known = [*context["site_tree"].pages, *self.pages_at_hand()]
        texts = PageTexts(self.body.raw_data, known)
        return context | {"texts": texts}
