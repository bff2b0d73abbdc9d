"""The addresses of releasing and erasing, below those of the inbox."""

from django.urls import path

from . import views

app_name = "inquiry_records"
urlpatterns = [
    path("export/", views.ExportView.as_view(), name="export"),
    path("person/", views.PersonView.as_view(), name="person"),
    path("person/export/", views.PersonExportView.as_view(), name="person_export"),
    path("person/erase/", views.PersonEraseView.as_view(), name="person_erase"),
    path("receipts/<int:sequence>/", views.ReceiptView.as_view(), name="receipt"),
]
