"""Who gets at inquiries: everybody else is turned away, and that is written down."""

from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from . import audit
from .models import Action


def staff_of(request: HttpRequest) -> AbstractBaseUser:
    """Who is signed in. The admin has let nobody else through to the view that asks."""
    return cast(AbstractBaseUser, request.user)


class AuditedAccessMixin(PermissionCheckedMixin):
    """A view that checks permissions and keeps a record of each refusal."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            audit.record(
                Action.DENIED, actor=request.user, path=request.path, method=request.method
            )
            raise
