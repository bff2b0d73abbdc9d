"""Who gets at inquiries: everybody else is turned away, and that is written down."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from . import audit
from .models import Action


def staff_of(request: HttpRequest) -> AbstractBaseUser:
    """Who is signed in. The admin has let nobody else through to the view that asks."""
    return cast(AbstractBaseUser, request.user)


def _record_refusal(request: HttpRequest) -> None:
    audit.record(Action.DENIED, actor=request.user, path=request.path, method=request.method)


class AuditedAccessMixin(PermissionCheckedMixin):
    """A view that checks permissions and keeps a record of each refusal."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            _record_refusal(request)
            raise


class RecordStrangers:
    """Keeps a record of signed-in people without admin access who try an address of this app.

    Wagtail sends them away before any view runs, so no view can write it down.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        arguments: tuple[Any, ...],
        named: dict[str, Any],
    ) -> None:
        """Look at the session for our own addresses only: pages for visitors stay cacheable."""
        if not (_is_ours(view) or _is_about_us(named)):
            return
        user = request.user
        if user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
            _record_refusal(request)


def _is_ours(view: Callable[..., HttpResponseBase]) -> bool:
    view_class = getattr(view, "view_class", object)
    return issubclass(view_class, AuditedAccessMixin)


def _is_about_us(named: dict[str, Any]) -> bool:
    """Whether it is a view of Wagtail's for any app (bulk actions, settings), asked for ours."""
    return "contact" in (named.get("app_label"), named.get("app_name"))
