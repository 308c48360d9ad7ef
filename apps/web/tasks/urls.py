"""What stands beneath ``/tasks/``."""

from django.urls import path
from django.views.decorators.cache import never_cache

from apps.web.failures import View, as_pages
from apps.web.tasks import events, ledger, listing, page, steering
from apps.web.tasks.base import TasksPage


def _page(page: type[TasksPage]) -> View:
    """Its failures are pages; what is not shown is answered as an address where nothing is."""
    return as_pages(never_cache(page.as_view()))


app_name = "tasks"
urlpatterns = [
    path("", _page(listing.Tasks), name="tasks"),
    path("<uuid:task_id>/", _page(page.OneTask), name="task"),
    path("<uuid:task_id>/live/", _page(page.Live), name="live"),
    path("<uuid:task_id>/events/", _page(events.Events), name="events"),
    path("<uuid:task_id>/files/<str:outcome>/", _page(ledger.Files), name="files"),
    path("<uuid:task_id>/files/<str:outcome>.csv", _page(ledger.FileList), {"ending": "csv"}, name="files_csv"),
    path(
        "<uuid:task_id>/files/<str:outcome>.ndjson", _page(ledger.FileList), {"ending": "ndjson"}, name="files_ndjson"
    ),
    path("<uuid:task_id>/pause/", _page(steering.Pause), name="pause"),
    path("<uuid:task_id>/resume/", _page(steering.Resume), name="resume"),
    path("<uuid:task_id>/cancel/", _page(steering.Cancel), name="cancel"),
    path("<uuid:task_id>/change/", _page(steering.Change), name="change"),
    path("<uuid:task_id>/repeat/", _page(steering.Repeat), name="repeat"),
]
