"""What stands beneath ``/triggers/``."""

from django.urls import path

from apps.web.failures import as_page
from apps.web.triggers import editing, feed, listing, log, page, steering

app_name = "triggers"
_TRIGGER = "<uuid:trigger_id>/"
urlpatterns = [
    path("", as_page(listing.Triggers), name="triggers"),
    path("new/", as_page(editing.Kinds), name="new"),
    path("new/<str:kind>/", as_page(editing.New), name="new_kind"),
    path(_TRIGGER, as_page(page.OneTrigger), name="trigger"),
    path(f"{_TRIGGER}feed/", feed.feed, name="feed"),
    path(f"{_TRIGGER}files/", as_page(log.SeenFiles), name="files"),
    path(f"{_TRIGGER}change/", as_page(editing.Change), name="change"),
    path(f"{_TRIGGER}secret/", as_page(steering.NewSecret), name="secret"),
    path(f"{_TRIGGER}begin/", as_page(steering.Begin), name="begin"),
    path(f"{_TRIGGER}pause/", as_page(steering.Pause), name="pause"),
    path(f"{_TRIGGER}delete/", as_page(steering.Delete), name="delete"),
]
