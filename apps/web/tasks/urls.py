"""What stands beneath ``/tasks/``."""

from django.urls import path

from apps.web.failures import as_page
from apps.web.tasks import events, ledger, listing, page, steering

app_name = "tasks"
urlpatterns = [
    path("", as_page(listing.Tasks), name="tasks"),
    path("<uuid:task_id>/", as_page(page.OneTask), name="task"),
    path("<uuid:task_id>/live/", as_page(page.Live), name="live"),
    path("<uuid:task_id>/events/", as_page(events.Events), name="events"),
    path("<uuid:task_id>/files/<str:outcome>/", as_page(ledger.Files), name="files"),
    path("<uuid:task_id>/files/<str:outcome>.csv", as_page(ledger.FileList), {"ending": "csv"}, name="files_csv"),
    path(
        "<uuid:task_id>/files/<str:outcome>.ndjson", as_page(ledger.FileList), {"ending": "ndjson"}, name="files_ndjson"
    ),
    path("<uuid:task_id>/pause/", as_page(steering.Pause), name="pause"),
    path("<uuid:task_id>/resume/", as_page(steering.Resume), name="resume"),
    path("<uuid:task_id>/cancel/", as_page(steering.Cancel), name="cancel"),
    path("<uuid:task_id>/change/", as_page(steering.Change), name="change"),
    path("<uuid:task_id>/repeat/", as_page(steering.Repeat), name="repeat"),
]
