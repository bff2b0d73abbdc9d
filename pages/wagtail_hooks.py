"""What Wagtail's admin shows of this app: reusable snippets in one menu."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Clinician, Series, Source, Topic
from .review_panel import ArticlesToReviewPanel


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "openquote"
    list_display = ["key", "title", "year"]
    list_per_page = 50


class ClinicianViewSet(SnippetViewSet):
    model = Clinician
    icon = "user"
    list_display = ["name", "credentials", "role"]


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"


class SeriesViewSet(SnippetViewSet):
    model = Series
    icon = "list-ol"


@register_snippet
class EvidenceViewSetGroup(SnippetViewSetGroup):
    """What articles rest on."""

    menu_label = _("Evidence")
    menu_icon = "openquote"
    menu_order = 300
    items = (SourceViewSet, ClinicianViewSet, TopicViewSet, SeriesViewSet)


@hooks.register("before_delete_snippet")
def keep_cited_sources(request: HttpRequest, instances: list) -> HttpResponseRedirect | None:
    """Refuse to delete a source that a text cites: its claim would stand there without it."""
    cited = [
        source.key
        for source in instances
        if isinstance(source, Source) and ReferenceIndex.get_references_to(source).exists()
    ]
    if not cited:
        return None
    message = _("Texts cite %(keys)s. Take the citations out of the texts first.")
    messages.error(request, message % {"keys": ", ".join(cited)})
    return redirect("wagtailsnippets_pages_source:list")


@hooks.register("construct_homepage_panels")
def show_what_wants_review(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(ArticlesToReviewPanel(request.user))
