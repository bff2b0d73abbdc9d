"""The addresses of this room, below `/admin/reports/`."""

from django.urls import path

from .notices import NoticesView, SendAgain
from .report import InquiryReport
from .trail import CheckTrail, TrailView

app_name = "oversight"
urlpatterns = [
    path("inquiries/", InquiryReport.as_view(), name="inquiries"),
    path("audit/", TrailView.as_view(), name="audit"),
    path("audit/results/", TrailView.as_view(results_only=True), name="audit_results"),
    path("audit/check/", CheckTrail.as_view(), name="audit_check"),
    path("notices/", NoticesView.as_view(), name="notices"),
    path("notices/send-again/", SendAgain.as_view(), name="send_all_again"),
    path("notices/<int:pk>/send-again/", SendAgain.as_view(), name="send_again"),
]
