"""Mail that did not go out: what was given up, what still waits, and sending it again."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.generic import BaseListingView

from .. import audit
from ..counting import BoundedPaginator
from ..models import Action, Notice
from ..models.notice import NoticeQuerySet
from .base import ONE_LINE, OversightMixin, ReferenceColumn
from .words import error_in_words, recipient_in_words

MOST_AT_ONCE = 200  # What one request puts back into the queue. More waits for the next click.


class NextAttemptColumn(Column):
    """When the worker tries again; for what it has given up, a button for whoever may press it."""

    cell_template_name = "contact/oversight/next_attempt_cell.html"

    def __init__(self, *args: Any, may_send: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_send = may_send

    def get_cell_context_data(self, instance: Notice, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": get_token(context["request"])}


class NoticesView(OversightMixin, BaseListingView):
    """The notices that have not gone out. It opens no visitor's address."""

    model = Notice
    page_title = _("Mail that waits")
    header_icon = "warning"
    template_name = "contact/oversight/notices.html"
    results_template_name = "contact/oversight/notices_results.html"
    index_url_name = "oversight:notices"
    paginate_by = 50
    paginator_class = BoundedPaginator

    @cached_property
    def columns(self) -> list[Column]:
        return [
            StatusTagColumn(
                "dead",
                label=_("State"),
                accessor=state,
                primary=lambda notice: notice.dead,
                classname=ONE_LINE,
            ),
            Column("kind", label=_("Mail"), accessor="get_kind_display"),
            ReferenceColumn(
                "inquiry",
                label=_("Inquiry"),
                accessor=lambda notice: notice.inquiry or "",
                get_url=self.link_of,
            ),
            Column("recipient", label=_("To"), accessor=recipient_in_words),
            Column("attempts", label=_("Attempts")),
            Column("last_error", label=_("What went wrong"), accessor=error_in_words),
            NextAttemptColumn(
                "next_attempt_at",
                label=_("Next attempt"),
                may_send=self.user_has_permission("change"),
            ),
        ]

    def get_base_queryset(self) -> QuerySet[Notice]:
        rows = Notice.objects.unsent().select_related("inquiry")
        return rows.only(*(f.name for f in Notice._meta.concrete_fields), "inquiry__reference")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "practice": self.practice,
            "given_up": Notice.objects.given_up().count(),
            "may_send": self.user_has_permission("change"),
        }

    def link_of(self, notice: Notice) -> str | None:
        """The page of the inquiry that a mail is about, for whoever may see it."""
        if not (notice.inquiry_id and self.request.user.has_perm("contact.view_inquiry")):
            return None
        return reverse("inquiry:inspect", args=[notice.inquiry_id])


def state(notice: Notice) -> str:
    """Whether anybody still tries."""
    return str(_("Given up") if notice.dead else _("Waiting"))


@transaction.atomic
def send_again(notices: NoticeQuerySet, actor: Any) -> int:
    """Put notices that were given up back into the queue, write it down, and return how many."""
    chosen = notices.given_up().select_related("inquiry").only("kind", "inquiry__reference")
    count, now = 0, timezone.now()
    for notice in chosen.order_by("pk")[:MOST_AT_ONCE]:
        if notice.send_again(now):
            reference = notice.inquiry.reference if notice.inquiry else ""
            audit.record(Action.CHANGED, actor=actor, reference=reference, sent_again=notice.kind)
            count += 1
    return count


class SendAgain(OversightMixin, View):
    """Send again one notice that was given up, or all."""

    model = Notice
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
        notices = Notice.objects.all() if pk is None else Notice.objects.filter(pk=pk)
        count = send_again(notices, request.user)
        if count:
            text = ngettext("%d mail is sent again.", "%d mails are sent again.", count)
            messages.success(request, text % count)
        else:
            messages.warning(request, _("There was nothing to send again."))
        return HttpResponseRedirect(reverse("oversight:notices"))
