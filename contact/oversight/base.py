"""What the pages of this room have in common."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from wagtail.admin.ui.tables import TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy

from pages.models import PracticeSettings

from ..access import AuditedAccessMixin

ONE_LINE = "oversight-one-line"  # The class of a column that is too short to be broken.


class OversightMixin(AuditedAccessMixin):
    """A page about `model`, for whoever may view it, with every time in the practice's zone."""

    model: type[models.Model]
    permission_required = "view"
    http_method_names: Sequence[str] = ["get", "head", "options"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.permission_policy = ModelPermissionPolicy(self.model)
        super().setup(request, *args, **kwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, and render at once: later, Wagtail's zone of the reader would count."""
        self.practice = PracticeSettings.load()
        with timezone.override(self.practice.zone):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response


class ReferenceColumn(TitleColumn):
    """A reference with a link, where there is something to link to."""

    empty_value_display = ""
