"""How triage joins Wagtail's admin."""

from wagtail import hooks

from .triage.viewset import InquiryViewSet


@hooks.register("register_admin_viewset")
def register_inquiries() -> InquiryViewSet:
    return InquiryViewSet("inquiry", url_prefix="inquiries")
