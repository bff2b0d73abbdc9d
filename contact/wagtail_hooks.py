"""How triage joins Wagtail's admin."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .access import staff_of
from .triage.menu import VIEW, InquiriesPanel
from .triage.reply_templates import ReplyTemplateViewSet
from .triage.viewset import InquiryViewSet


@hooks.register("register_admin_viewset")
def register_inquiries() -> InquiryViewSet:
    return InquiryViewSet("inquiry", url_prefix="inquiries")


@hooks.register("register_admin_viewset")
def register_reply_templates() -> ReplyTemplateViewSet:
    return ReplyTemplateViewSet("reply_template", url_prefix="reply-templates")


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(VIEW):
        panels.append(InquiriesPanel(staff_of(request)))
