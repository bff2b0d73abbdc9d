"""What Wagtail's admin shows of this app: reusable snippets in one menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Clinician, Series, Source, Topic


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
