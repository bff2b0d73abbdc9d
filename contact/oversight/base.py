"""What the pages of this room have in common."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.ui.tables import TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy

from pages.models import PracticeSettings

from ..access import AuditedAccessMixin
from ..clock import PracticeTime

ONE_LINE = "oversight-one-line"  # The class of a column that is too short to be broken.


class OversightMixin(PracticeTime, AuditedAccessMixin):
    """A page about `model`, for whoever may view it, with every time in the practice's zone."""

    model: type[models.Model]
    permission_required = "view"
    http_method_names: Sequence[str] = ["get", "head", "options"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.permission_policy = ModelPermissionPolicy(self.model)
        self.practice = PracticeSettings.load()
        super().setup(request, *args, **kwargs)


class ReferenceColumn(TitleColumn):
    """A reference with a link, where there is something to link to."""

    empty_value_display = ""
