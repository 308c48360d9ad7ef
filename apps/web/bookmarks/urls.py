"""What stands beneath ``/collections/bookmarks/``."""

from django.urls import path
from django.views.decorators.cache import never_cache

from apps.web.bookmarks import view
from apps.web.failures import View, as_pages


def _page(page: type[view.BookmarksPage]) -> View:
    return as_pages(never_cache(page.as_view()))


app_name = "bookmarks"
urlpatterns = [
    path("", _page(view.Bookmarks), name="bookmarks"),
    path("new/", _page(view.NewBookmark), name="new"),
    path("<uuid:bookmark_id>/rename/", _page(view.Rename), name="rename"),
    path("<uuid:bookmark_id>/remove/", _page(view.Remove), name="remove"),
]
