"""Where reply templates are written: they hold no word about anybody."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import ReplyTemplate


class ReplyTemplateViewSet(ModelViewSet):
    """The templates, in the settings menu of whoever answers inquiries."""

    model = ReplyTemplate
    icon = "mail"
    menu_label = _("Reply templates")
    add_to_settings_menu = True
    list_display = ["title", "contact_by"]
    panels = [FieldPanel(name) for name in ("title", "contact_by", "subject", "body")]
