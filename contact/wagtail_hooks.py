"""How triage, oversight and records join Wagtail's admin."""

from copy import copy
from functools import partial

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .access import staff_of
from .menu import REPORTS
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


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    return [
        path("reports/", include("contact.oversight.urls")),
        path("inquiries/", include("contact.records.urls")),
    ]


for menu_item in REPORTS:
    hooks.register("register_reports_menu_item", partial(copy, menu_item))
