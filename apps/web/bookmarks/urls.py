"""What stands beneath ``/collections/bookmarks/``."""

from django.urls import path

from apps.web.bookmarks import view
from apps.web.failures import as_page

app_name = "bookmarks"
urlpatterns = [
    path("", as_page(view.Bookmarks), name="bookmarks"),
    path("new/", as_page(view.NewBookmark), name="new"),
    path("<uuid:bookmark_id>/rename/", as_page(view.Rename), name="rename"),
    path("<uuid:bookmark_id>/remove/", as_page(view.Remove), name="remove"),
]
