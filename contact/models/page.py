"""The page with the contact form. What visitors send is not part of it and outlives it."""

from http import HTTPMethod

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField

from pages.models import SitePage

DEFAULT_TOPICS = (
    _("Learning about KAP"),
    _("Starting KAP"),
    _("Cost and insurance"),
    _("Referring somebody"),
    _("Something else"),
)
DEFAULT_CONSENT = _(
    "When you send this form, we store what you wrote, encrypted, so that we can answer you. "
    "Only our intake team reads it. Writing to us does not make you our patient."
)


def default_topics() -> list[tuple[str, str]]:
    """The topics of a new contact page, as StreamField wants them."""
    return [("topic", str(topic)) for topic in DEFAULT_TOPICS]


def default_consent() -> str:
    """The consent wording of a new contact page."""
    return str(DEFAULT_CONSENT)


class ContactPage(RoutablePageMixin, SitePage):
    """The form, and the page that thanks whoever has sent it."""

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    allowed_http_methods = [*SitePage.allowed_http_methods, HTTPMethod.POST]
    template = "contact/contact_page.html"
    preview_modes = [("", _("Form")), ("thanks", _("Thanks page"))]

    intro = RichTextField(
        _("introduction"), blank=True, help_text=_("Under the title. Visitors see this.")
    )
    before_form = RichTextField(
        _("before the form"),
        blank=True,
        help_text=_("What people should know before they write. Visitors see this."),
    )
    consent = models.TextField(
        _("consent wording"),
        default=default_consent,
        max_length=1000,
        help_text=_("Above the button. Each inquiry keeps a fingerprint of the wording shown."),
    )
    thanks_title = models.CharField(
        _("title of the thanks page"), max_length=120, default=_("We have your message")
    )
    thanks = RichTextField(
        _("text of the thanks page"), blank=True, help_text=_("What happens next.")
    )
    topics = StreamField(
        [("topic", blocks.CharBlock(label=_("Topic"), max_length=100))],
        default=default_topics,
        blank=True,
        verbose_name=_("topics"),
        help_text=_("What a message can be about. Visitors choose one, or none."),
    )

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("image"),
        MultiFieldPanel(
            [FieldPanel("before_form"), FieldPanel("topics"), FieldPanel("consent")],
            heading=_("Form"),
        ),
        MultiFieldPanel(
            [FieldPanel("thanks_title"), FieldPanel("thanks")], heading=_("Thanks page")
        ),
    ]

    class Meta:
        verbose_name = _("contact page")

    @property
    def topic_labels(self) -> list[str]:
        """The topics that a visitor can choose from, each once."""
        return list(dict.fromkeys(str(block.value) for block in self.topics))

    def topic_from_slug(self, slug: str) -> str:
        """The topic that a link such as `/contact/?topic=cost-and-insurance` means, or nothing."""
        return next((label for label in self.topic_labels if slugify(label) == slug), "")

    # The views know this model, so it can only know them once everything is loaded.

    @path("")
    def form_route(self, request: HttpRequest) -> HttpResponseBase:
        """The form: shown and received."""
        from .. import views

        return views.contact(request, self)

    @path("thanks/")
    def thanks_route(self, request: HttpRequest) -> HttpResponseBase:
        """Where the browser goes once the message is stored."""
        from .. import views

        return views.thanks(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        return self.thanks_route(request) if mode_name == "thanks" else self.form_route(request)
