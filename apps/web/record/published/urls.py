"""What stands beneath ``/records/``."""

from django.urls import path

from apps.web.failures import as_page
from apps.web.record.published import acts, pages

app_name = "records"
urlpatterns = [
    path("<uuid:submission_id>/", as_page(pages.Newest), name="newest"),
    path("<uuid:submission_id>/v<int:number>/", as_page(pages.OneVersion), name="version"),
    path("<uuid:submission_id>/v<int:number>/request/", as_page(acts.RequestAccess), name="request"),
    path("<uuid:submission_id>/revise/", as_page(acts.Revise), name="revise"),
    path("<uuid:submission_id>/withdraw/", as_page(acts.Withdraw), name="withdraw"),
]
