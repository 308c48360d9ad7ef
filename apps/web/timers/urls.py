"""What stands beneath ``/timers/``."""

from django.urls import path

from apps.web.failures import as_page
from apps.web.timers import another, calendar, listing, page, repeating, steering

app_name = "timers"
_TIMER = "<uuid:timer_id>/"
urlpatterns = [
    path("", as_page(listing.Timers), name="timers"),
    path("calendar/", as_page(calendar.Calendar), name="calendar"),
    path("new/transfer/<uuid:task_id>/", as_page(repeating.RepeatTransfer), name="repeat_transfer"),
    path("new/flow/<uuid:flow_id>/", as_page(repeating.RepeatFlow), name="repeat_flow"),
    path("new/timer/<uuid:timer_id>/", as_page(another.AnotherTimer), name="repeat_timer"),
    path(_TIMER, as_page(page.OneTimer), name="timer"),
    path(f"{_TIMER}pause/", as_page(steering.Pause), name="pause"),
    path(f"{_TIMER}resume/", as_page(steering.Resume), name="resume"),
    path(f"{_TIMER}rename/", as_page(steering.Rename), name="rename"),
    path(f"{_TIMER}change/", as_page(steering.Change), name="change"),
    path(f"{_TIMER}delete/", as_page(steering.Delete), name="delete"),
]
