"""What Wagtail's Reports menu offers of this app, each to whoever may see it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem


class PermittedMenuItem(MenuItem):
    """A menu item for people with a permission, `app.codename`."""

    def __init__(self, label: Any, url: Any, *, permission: str, **kwargs: Any) -> None:
        self.permission = permission
        super().__init__(label, url, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


REPORTS = [
    PermittedMenuItem(
        _("Inquiries in numbers"),
        reverse_lazy("oversight:inquiries"),
        permission="contact.view_inquiry",
        name="inquiries-in-numbers",
        icon_name="mail",
        order=100,
    ),
    PermittedMenuItem(
        _("Mail that waits"),
        reverse_lazy("oversight:notices"),
        permission="contact.view_notice",
        name="notices",
        icon_name="warning",
        order=110,
    ),
    PermittedMenuItem(
        _("Audit trail"),
        reverse_lazy("oversight:audit"),
        permission="contact.view_auditentry",
        name="audit-trail",
        icon_name="history",
        order=120,
    ),
    PermittedMenuItem(
        _("Export inquiries"),
        reverse_lazy("inquiry_records:export"),
        permission="contact.export_inquiry",
        name="export-inquiries",
        icon_name="download",
        order=500,
    ),
    PermittedMenuItem(
        _("One person's data"),
        reverse_lazy("inquiry_records:person"),
        permission="contact.delete_inquiry",
        name="one-persons-data",
        icon_name="user",
        order=510,
    ),
]
