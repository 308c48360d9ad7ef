"""What stands beneath ``/flows/inputs/``."""

from django.urls import path

from apps.web.failures import as_page
from apps.web.inputs import listing, page

app_name = "inputs"
urlpatterns = [
    path("", as_page(listing.Inputs), name="inputs"),
    path("<uuid:input_id>/", as_page(page.OneInput), name="input"),
]
